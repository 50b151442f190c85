package dev.kadao.examples.acceptance;

/** How a fake supplier treats one order: what becomes of it, and what the caller gets to see of that. */
record Behaviour(Outcome outcome, Transport transport) {
    enum Outcome {
        SUCCEED,
        SUCCEED_WITHOUT_PROOF,
        SUCCEED_WITH_BLANK_PROOF,
        /** It sells as many keys as were ordered. */
        SELL_KEYS,
        SELL_TOO_FEW_KEYS,
        SELL_BLANK_KEYS,
        /** It sells the keys that it sold with its last order. */
        SELL_OLD_KEYS,
        PROCESS,
        PARTIAL,
        FAIL_ORDER,
        FAIL_UNSCOPED,
        FAIL_SUPPLIER,
        /** The order never came through: nothing is done and nothing is known of it later. */
        NEVER_ARRIVED
    }

    enum Transport {
        ANSWER,
        HOLD,
        DROP,
        ERROR,
        UNREADABLE
    }

    static Behaviour of(Outcome outcome) {
        return new Behaviour(outcome, Transport.ANSWER);
    }

    static Behaviour succeed() {
        return of(Outcome.SUCCEED);
    }

    static Behaviour process() {
        return of(Outcome.PROCESS);
    }

    /** Done, but the caller never learns it. */
    static Behaviour doneBut(Transport seen) {
        return new Behaviour(Outcome.SUCCEED, seen);
    }

    /** Not done, and the caller cannot tell. */
    static Behaviour lost(Transport seen) {
        return new Behaviour(Outcome.NEVER_ARRIVED, seen);
    }
}
