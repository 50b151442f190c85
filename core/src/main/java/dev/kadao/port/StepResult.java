package dev.kadao.port;

import java.time.Instant;

/** What became of one step. */
public sealed interface StepResult {
    /**
     * Written.
     *
     * @param version the checkout's version now
     * @param now the store's time of the commit
     * @param claimed whether the checkout is claimed for the worker that the step named
     */
    record Done(long version, Instant now, boolean claimed) implements StepResult {}

    /** Not written: the checkout has another version, exists already, or the claim was not the worker's. */
    record Stale() implements StepResult {}

    /**
     * Not written, and no key is taken: the step is not to be without keys that could not be had, see
     * {@link Step.StockRequest.ReserveUnpaid#orNothing}.
     *
     * @param answer what the stock said to the first such request
     */
    record NotServed(Step.StockAnswer answer) implements StepResult {}

    /** The answer of COMMIT was lost, or the store failed: look for the step id before anything else. */
    record Unknown(String reason) implements StepResult {}
}
