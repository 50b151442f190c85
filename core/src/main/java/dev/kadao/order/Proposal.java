package dev.kadao.order;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one person of the shop wants done and another one is to approve. It holds for the order as the two see it: whatever
 * changes the order's version lapses it.
 *
 * @param actId the act that proposed it
 * @param actor who did
 * @param evidence of an attested delivery; null otherwise
 * @param count how many were handed over, as the proposer said it; null if nothing was said
 * @param version the order's {@code changes} with this proposal
 */
public record Proposal(
        String actId,
        Act act,
        String actor,
        Commitment reason,
        @Nullable Commitment evidence,
        @Nullable Integer count,
        int version,
        Instant at) {

    /** What needs a second person. */
    public enum Act {
        REFUND,
        MARK_DELIVERED,
        /** Where goods need a second person, too. */
        RELEASE,
        /** Where goods need a second person, too. */
        REPLACE
    }

    /** Whether somebody is the proposer, however the name is spaced, cased or composed. */
    public boolean isBy(String other) {
        return folded(actor).equals(folded(other));
    }

    private static String folded(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFKC);
        return composed.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
