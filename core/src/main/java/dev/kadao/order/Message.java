package dev.kadao.order;

import java.time.Instant;

/** Something to tell the buyer, with a link; it carries no key, a notifier may be told to fetch them. */
public record Message(int number, int line, Kind kind, State state, Instant since) {
    /** What is told. */
    public enum Kind {
        DELIVERED,
        REPLACED,
        REFUNDED,
        CLOSED,
        ON_HOLD,
        DISPUTE_REJECTED,
        PAID,
        /** The promised time is over and the goods are still owed. */
        LATE,
        /** Nothing goes on before the buyer has done something. */
        NEEDS_YOU,
        COMPENSATED
    }

    /** How far the telling is. */
    public enum State {
        DUE,
        SENT,
        /** Tried to the end without success, or never to be told. */
        GIVEN_UP
    }

    public Message with(State newState, Instant at) {
        return new Message(number, line, kind, newState, at);
    }
}
