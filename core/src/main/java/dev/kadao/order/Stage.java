package dev.kadao.order;

/** Where an order is, and whose turn it is to move it on. The names are stored and shown, for ever. */
public enum Stage {
    AWAITING_PAYMENT(Turn.BUYER, false),
    CLOSED(Turn.NOBODY, true),
    ON_HOLD(Turn.OPERATOR, false),
    PAID(Turn.SYSTEM, false),
    RESERVED(Turn.SYSTEM, false),
    DISPATCHING(Turn.SUPPLIER, false),
    UNCERTAIN(Turn.SYSTEM, false),
    DELIVERED(Turn.BUYER, false),
    DISPUTED(Turn.OPERATOR, false),
    REPLACING(Turn.SYSTEM, false),
    COMPLETED(Turn.NOBODY, true),
    REFUNDING(Turn.GATEWAY, false),
    REFUNDED(Turn.NOBODY, true),
    PARKED(Turn.OPERATOR, false);

    /** Who moves next. */
    public enum Turn {
        BUYER,
        SYSTEM,
        SUPPLIER,
        GATEWAY,
        OPERATOR,
        NOBODY
    }

    private final Turn turn;
    private final boolean settled;

    Stage(Turn turn, boolean settled) {
        this.turn = turn;
        this.settled = settled;
    }

    public Turn turn() {
        return turn;
    }

    /** Whether the goods are owed now and nobody's decision is waited for, so that the promise to the buyer speaks. */
    public boolean owesGoods() {
        return switch (this) {
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING -> true;
            case AWAITING_PAYMENT, CLOSED, ON_HOLD, DELIVERED, DISPUTED, COMPLETED, REFUNDING, REFUNDED, PARKED ->
                false;
        };
    }

    /** Whether nothing more is expected to happen by itself (late money or a late dispute may still come). */
    public boolean isFinal() {
        return settled;
    }
}
