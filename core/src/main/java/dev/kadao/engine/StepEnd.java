package dev.kadao.engine;

import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.Entry;
import dev.kadao.port.Step.StockAnswer;
import java.time.Instant;
import java.util.List;

/** How a step ended. */
sealed interface StepEnd {

    /**
     * Written, and found to be ours.
     *
     * @param at the store's time, from the commit or later
     */
    record Written(Held held, List<Entry> entries, Instant at) implements StepEnd {}

    /** The event was known already. */
    record Unchanged(Held held) implements StepEnd {}

    record Refused(Verdict.Refused verdict, Held held) implements StepEnd {}

    /** There is no such checkout. */
    record Missing() implements StepEnd {}

    /** The checkout is not one that the event is about. */
    record NotWanted(Held held) implements StepEnd {}

    /** Nothing is written, for want of keys that a placing is not to be without. */
    record NotServed(StockAnswer answer) implements StepEnd {}

    /** Nothing is known to be written: the store failed, the document cannot be read, or others always won. */
    record Failed(String reason) implements StepEnd {}
}
