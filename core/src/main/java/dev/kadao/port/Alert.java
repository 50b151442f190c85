package dev.kadao.port;

import java.time.Instant;

/**
 * Something that wants a person of the shop.
 *
 * @param subject what it is about: a case such as {@code cart42_c1}, an order, a SKU, or the name of what is called
 * @param sentence in English, free of keys, tokens and personal data
 * @param at when it was found
 * @param level 0 at first, higher the longer nobody mends it
 */
public record Alert(Kind kind, String subject, String sentence, Instant at, int level) {

    /** What kind of thing. */
    public enum Kind {
        /** A case of an order without any sign of life. */
        STUCK,
        /** Any other case; its level is how often it was escalated. */
        CASE,
        /** Fewer free keys of a SKU than the shop wants. */
        LOW_STOCK,
        /** What only failed is not called for now. */
        BREAKER_OPEN,
        /** A supplier takes no orders at all, by its own word. */
        SUPPLIER_PAUSED,
        /** All calls to one adapter hang. */
        ADAPTER_STALLED,
        /** Many notices that were not believed, within one window, at one gateway. */
        FORGED_NOTICES,
        /** The order that is owed for longest, beyond the limit; the level rises each time its age doubles. */
        OLDEST_OPEN
    }

    /** A name of the kind for the outside, for ever: lower case with hyphens. */
    public String word() {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
