package dev.kadao.order;

import java.time.Instant;

/**
 * Money that a gateway says has arrived on a payment.
 *
 * @param tradeNumber the gateway's own number of this transaction
 * @param movedBack what the gateway gave back without us (console, charge-back)
 */
public record Receipt(String tradeNumber, Money amount, Instant at, Verdict verdict, Money movedBack) {
    /** How the money compares with what was asked for. */
    public enum Verdict {
        /** The full amount; it settles the checkout. */
        MATCHED,
        /** The full amount, after the orders had closed; it settles the checkout too. */
        LATE,
        /** Not owed: to be given back. */
        SURPLUS,
        SHORT,
        OVER,
        OTHER_CURRENCY,
        /** Not the exact amount, accepted by a person. */
        WAIVED
    }

    /** Whether this money pays for the orders. */
    public boolean settles() {
        return verdict == Verdict.MATCHED || verdict == Verdict.LATE || verdict == Verdict.WAIVED;
    }

    /** Whether this money is neither for the orders nor yet surplus: a person or the full amount decides. */
    public boolean isHeld() {
        return verdict == Verdict.SHORT || verdict == Verdict.OVER || verdict == Verdict.OTHER_CURRENCY;
    }
}
