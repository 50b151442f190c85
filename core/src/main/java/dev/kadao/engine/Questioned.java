package dev.kadao.engine;

import dev.kadao.order.Intent;

/**
 * What is to become of a buyer's question, as it was decided on the state that its step meets.
 *
 * @param nudges whether whatever is safe is done at once
 * @param person whether a person is to read it
 * @param fact what that person should know: free of personal data, at most {@link #MOST_FACT} characters
 */
public record Questioned(Intent intent, boolean nudges, Person person, String fact) {
    public static final int MOST_FACT = 400;

    /** Whether a person is to read it. */
    public enum Person {
        NOT_NEEDED,
        /** With the open case of the order, as long as that is open. */
        WITH_THE_ORDER,
        /** Whatever becomes of the order. */
        ANYWAY
    }

    public Questioned {
        fact = fact.length() > MOST_FACT ? fact.substring(0, MOST_FACT) : fact;
    }
}
