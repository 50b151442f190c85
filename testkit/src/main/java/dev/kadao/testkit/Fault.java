package dev.kadao.testkit;

/** How a call to a fake goes wrong. */
public enum Fault {
    /** The request never arrives; the caller hears "unknown". */
    LOSE_REQUEST,
    /** The request arrives and is carried out; the caller hears "unknown". */
    LOSE_ANSWER,
    /** The request never arrives; the adapter throws. */
    THROW_BEFORE,
    /** The request arrives and is carried out; the adapter throws. */
    THROW_AFTER;

    boolean arrives() {
        return this == LOSE_ANSWER || this == THROW_AFTER;
    }

    /** The reason of an "unknown" answer; throws where the adapter is to throw. */
    String happen() {
        if (this == THROW_BEFORE || this == THROW_AFTER) {
            throw new IllegalStateException("fault injected on purpose: " + this);
        }
        return "fault injected on purpose: " + this;
    }
}
