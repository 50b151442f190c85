package dev.kadao.order;

/** A value broke the rule of its type. Trying again with the same value does not help. */
public final class InvalidValueException extends KadaoException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new InvalidValueException(message);
        }
    }
}
