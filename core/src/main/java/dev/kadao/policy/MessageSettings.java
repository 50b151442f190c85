package dev.kadao.policy;

import dev.kadao.order.Terms;

/**
 * How often buyers are told.
 *
 * @param resends how often a buyer who asks may have the news of one order's delivery told again: at least once, for what was
 *     lost on its way, and at most {@value #MOST_RESENDS} times, since the address may be a stranger's. What the library tells
 *     again by itself, because nobody has looked at the keys, counts too
 */
public record MessageSettings(int resends) {
    private static final int MOST_RESENDS = 10;

    public MessageSettings {
        Positive.check("message resends", resends, MOST_RESENDS);
    }

    /** Five times. */
    public static MessageSettings defaults() {
        return new MessageSettings(Terms.USUAL_RESENDS);
    }
}
