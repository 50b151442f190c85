package dev.kadao.suppliers;

/** A supplier's message is not in the protocol's form. Its text names what is wrong and quotes nothing. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }
}
