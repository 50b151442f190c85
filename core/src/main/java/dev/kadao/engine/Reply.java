package dev.kadao.engine;

import java.time.Duration;

/** What came of a guarded call. */
sealed interface Reply<T> {

    /**
     * The adapter answered.
     *
     * @param late whether it was reported as overdue before
     */
    record Answered<T>(T value, boolean late) implements Reply<T> {}

    /** No answer within the limit. The call may still be under way, and an answer may still come. */
    record Overdue<T>(Duration limit) implements Reply<T> {}

    /** The adapter threw; it may or may not have done its work. */
    record Threw<T>(String what) implements Reply<T> {}

    /** The call never began: no slot was free in time. */
    record NotBegun<T>() implements Reply<T> {}

    /** The reason as the adapter itself could have given it. */
    default String reason() {
        if (this instanceof Overdue<T> overdue) {
            return "no answer within " + overdue.limit();
        }
        return this instanceof Threw<T> threw ? "the adapter threw " + threw.what() : "no slot was free in time";
    }
}
