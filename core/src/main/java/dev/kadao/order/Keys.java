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
 */
public record Keys(
        State state,
        int replacement,
        boolean revealed,
        @Nullable Instant waitingSince,
        @Nullable Reveals reveals) {
    public static final Keys NONE = new Keys(State.NONE, 0, false, null, null);

    /** Whose the keys are. */
    public enum State {
        NONE,
        RESERVED,
        /** The buyer's. */
        HANDED_OVER,
        /** Given back to stock, or made void, because the money went back. */
        RETURNED
    }

    public Keys with(State newState) {
        return new Keys(newState, replacement, revealed, null, reveals);
    }

    public Keys waiting(@Nullable Instant since) {
        return new Keys(state, replacement, revealed, since, reveals);
    }

    /** These keys after a reveal that was recorded. */
    public Keys shown(@Nullable Commitment origin, Instant at) {
        return new Keys(state, replacement, true, waitingSince, Reveals.with(reveals, origin, at));
    }

    public Keys replaced(int number) {
        return new Keys(State.HANDED_OVER, number, false, null, reveals);
    }
}
