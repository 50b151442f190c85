package dev.kadao.wire;

/** A message is not in its protocol's form. The text names what is wrong and quotes nothing of it. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableException(String message) {
        super(message);
    }
}
