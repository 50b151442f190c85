package dev.kadao.order;

/** Two amounts in different currencies met in one sum. A bug of the caller; trying again does not help. */
public final class CurrencyMismatchException extends KadaoException {
    private static final long serialVersionUID = 1L;
    private final transient Currency left;
    private final transient Currency right;

    public CurrencyMismatchException(Currency left, Currency right) {
        super("cannot combine " + left.code() + " with " + right.code() + ": convert one of them first");
        this.left = left;
        this.right = right;
    }

    public Currency left() {
        return left;
    }

    public Currency right() {
        return right;
    }
}
