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
        /** The money is here, and the goods are not yet: not told where one step does both. */
        PAID,
        /** The promised time is over and the goods are still owed. */
        LATE,
        /** Nothing goes on by itself before the buyer has done something: too little was paid. */
        NEEDS_YOU,
        COMPENSATED;

        /** Whether it says that goods are there. */
        public boolean isOfDelivery() {
            return this == DELIVERED || this == REPLACED;
        }
    }

    /** How far the telling is. */
    public enum State {
        DUE,
        SENT,
        /** Tried to the end without success, never to be told, or overtaken by later news of the order. */
        GIVEN_UP
    }

    public Message with(State newState, Instant at) {
        return new Message(number, line, kind, newState, at);
    }
}
