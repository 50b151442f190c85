package dev.kadao.order;

/** What a person calls the state of a payment, from its state at the gateway and the money that came. */
public enum PaymentStatus {
    /** May still be paid, or the gateway never said how it ended. */
    OPEN("open"),
    /** It paid for the orders. */
    SETTLED("settled"),
    /** It paid for the orders after they had closed. */
    LATE("late"),
    /** Its money was not owed and goes back. */
    SURPLUS("surplus"),
    SHORT("short"),
    OVER("over"),
    OTHER_CURRENCY("other-currency"),
    CLOSED("closed"),
    /** A genuine notice of money for no payment we know. */
    ORPHAN("orphan");

    private final String word;

    PaymentStatus(String word) {
        this.word = word;
    }

    /** The word that is stored and shown, for ever. */
    public String word() {
        return word;
    }

    /**
     * The status of a payment. With several receipts the one that settles speaks, else the latest one that waits for a
     * decision, else surplus.
     */
    public static PaymentStatus of(Payment payment) {
        PaymentStatus found = null;
        for (Receipt receipt : payment.receipts()) {
            PaymentStatus status = of(receipt.verdict());
            if (receipt.settles()) {
                return status;
            }
            if (found == null || receipt.isHeld()) {
                found = status;
            }
        }
        if (found != null) {
            return found;
        }
        return payment.state() == Payment.State.CLOSED ? CLOSED : OPEN;
    }

    private static PaymentStatus of(Receipt.Verdict verdict) {
        return switch (verdict) {
            case MATCHED, WAIVED -> SETTLED;
            case LATE -> LATE;
            case SURPLUS -> SURPLUS;
            case SHORT -> SHORT;
            case OVER -> OVER;
            case OTHER_CURRENCY -> OTHER_CURRENCY;
        };
    }
}
