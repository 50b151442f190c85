package dev.kadao.examples.supplier;

/** A message is not in the supplier's form. Its text quotes nothing of it. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message);
    }
}
