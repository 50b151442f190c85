package dev.kadao.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a step is made.
 *
 * @param claiming what it does to the claim
 * @param attempts how often it is decided anew when others won
 * @param endingPart the part whose effect is over once the step has ended; null if it ends none
 */
record Rule(Claiming claiming, int attempts, @Nullable String endingPart) {
    private static final int MOST_ATTEMPTS = 5;

    /** What a step does to the claim of its checkout. */
    enum Claiming {
        /** Takes it while something is pending, and gives it back when nothing is. */
        AS_NEEDED,
        /** The worker's own must be alive, as an intent demands. */
        HOLD,
        GIVE_BACK
    }

    static final Rule PLAIN = new Rule(Claiming.AS_NEEDED, MOST_ATTEMPTS, null);

    /** Two attempts only: a claim that is lost does not come back. */
    static final Rule INTENT = new Rule(Claiming.HOLD, 2, null);

    static final Rule GIVE_BACK = new Rule(Claiming.GIVE_BACK, 1, null);

    static Rule ending(@Nullable String part) {
        return new Rule(Claiming.AS_NEEDED, MOST_ATTEMPTS, part);
    }
}
