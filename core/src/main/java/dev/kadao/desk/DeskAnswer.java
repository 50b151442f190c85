package dev.kadao.desk;

import dev.kadao.order.Snapshot;
import org.jspecify.annotations.Nullable;

/** What came of an act. */
public sealed interface DeskAnswer {

    /**
     * Done, and stored; also the answer to a repetition, which changes nothing.
     *
     * @param snapshot the checkout after it; null for an orphan notice
     */
    record Done(@Nullable Snapshot snapshot, boolean repeated) implements DeskAnswer {}

    /**
     * Proposed, and stored: it is done when another person approves. The order's {@code proposal()} says what waits.
     *
     * @param repeated whether the act was known and still waits
     */
    record Proposed(Snapshot snapshot, boolean repeated) implements DeskAnswer {}

    /** Not done, and nothing was changed. */
    record Refused(Why why, String sentence) implements DeskAnswer {}

    /** No such checkout, order, case or orphan notice. */
    record NotFound(String sentence) implements DeskAnswer {}

    /** Too much to do, or the store could not be reached in time: repeat with the same act id. */
    record Busy(String sentence) implements DeskAnswer {}

    /** Why an act was refused. */
    enum Why {
        /** The order is in a stage in which this cannot be done. */
        WRONG_STAGE,
        /** The order has changed since the version the person saw. */
        OTHER_VERSION,
        /** The act id was used for something else. */
        ACT_ID_TAKEN,
        /** No reason, actor or evidence, or too long. */
        BAD_INPUT,
        /** A bound is reached; none is set on acts so far. */
        LIMIT_REACHED
    }
}
