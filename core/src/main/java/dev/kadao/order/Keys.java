package dev.kadao.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an order stands to its keys. The keys themselves lie in the inventory alone.
 *
 * @param replacement which delivery the current keys are: 0 the first, n the n-th replacement
 * @param revealed whether the buyer has seen the current keys
 * @param waitingSince since when stock is missing; null if it is not
 * @param reveals how often keys of this order were shown; null if none were since this is counted
 * @param atPlacing what came of reserving them before they were paid; null if that was not asked for or not answered yet
 */
public record Keys(
        State state,
        int replacement,
        boolean revealed,
        @Nullable Instant waitingSince,
        @Nullable Reveals reveals,
        @Nullable AtPlacing atPlacing) {
    public static final Keys NONE = new Keys(State.NONE, 0, false, null, null, null);

    /** Whose the keys are. */
    public enum State {
        NONE,
        RESERVED,
        /** The buyer's. */
        HANDED_OVER,
        /** Given back to stock, or made void, because the money went back. */
        RETURNED
    }

    /** What came of reserving keys for an order that was not paid yet. */
    public enum AtPlacing {
        RESERVED,
        /** There were too few, or paid orders waited for them. */
        OUT_OF_STOCK,
        /** Too many were reserved for others at that time. */
        CAP_REACHED,
        /** They were reserved, and went back to stock as nobody paid in time. */
        LET_GO
    }

    public Keys with(State newState) {
        return new Keys(newState, replacement, revealed, null, reveals, atPlacing);
    }

    public Keys waiting(@Nullable Instant since) {
        return new Keys(state, replacement, revealed, since, reveals, atPlacing);
    }

    /** These keys after a reveal that was recorded. */
    public Keys shown(@Nullable Commitment origin, Instant at) {
        return new Keys(state, replacement, true, waitingSince, Reveals.with(reveals, origin, at), atPlacing);
    }

    public Keys replaced(int number) {
        return new Keys(State.HANDED_OVER, number, false, null, reveals, atPlacing);
    }

    /** These keys once it is known what came of reserving them before they were paid. */
    public Keys atPlacing(AtPlacing outcome) {
        State now = outcome == AtPlacing.RESERVED ? State.RESERVED : State.NONE;
        return new Keys(now, replacement, revealed, waitingSince, reveals, outcome);
    }

    /** Whether keys are, or may be, reserved for an order that is not paid, if it wanted them to be. */
    public boolean mayBeReserved() {
        return state == State.RESERVED || (state == State.NONE && atPlacing == null);
    }
}
