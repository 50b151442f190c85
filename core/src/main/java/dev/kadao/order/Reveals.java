package dev.kadao.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkout keeps of the times at which an order's keys were shown: their number and the latest few, so that it
 * does not grow with them. Each one that counts is an entry of the journal.
 *
 * @param recorded how many entries there are, over all replacements
 * @param latest the latest from different origins and not more than {@link #SAME} apart, oldest first; never empty
 */
public record Reveals(int recorded, List<Reveal> latest) {
    /** Shown again to the same origin within this time, it is the same reveal, unless four others came between. */
    public static final Duration SAME = Duration.ofMinutes(1);

    /** From so many entries an order on, only the first reveal within {@link #SELDOM} is recorded. */
    public static final int MOST = 50;

    public static final Duration SELDOM = Duration.ofHours(1);

    private static final int MOST_KEPT = 4;

    /**
     * One of them.
     *
     * @param origin commitment to where it was asked from; null if that is not known
     */
    public record Reveal(@Nullable Commitment origin, Instant at) {
        boolean isOf(@Nullable Commitment other) {
            return origin == null ? other == null : origin.equals(other);
        }
    }

    public Reveals {
        latest = List.copyOf(latest);
    }

    /** These and one more; {@code known} is null before the first. */
    static Reveals with(@Nullable Reveals known, @Nullable Commitment origin, Instant at) {
        List<Reveal> kept = new ArrayList<>();
        if (known != null) {
            known.latest.stream()
                    .filter(reveal ->
                            !reveal.isOf(origin) && at.isBefore(reveal.at().plus(SAME)))
                    .forEach(kept::add);
        }
        kept.add(new Reveal(origin, at));
        int from = Math.max(0, kept.size() - MOST_KEPT);
        return new Reveals(known == null ? 1 : known.recorded + 1, kept.subList(from, kept.size()));
    }

    /** Whether a reveal is one to record, or a repetition or one too many. */
    public boolean isNews(@Nullable Commitment origin, Instant now) {
        if (latest.stream()
                .anyMatch(reveal ->
                        reveal.isOf(origin) && now.isBefore(reveal.at().plus(SAME)))) {
            return false;
        }
        Instant last =
                latest.isEmpty() ? Instant.MIN : latest.get(latest.size() - 1).at();
        return recorded < MOST || !now.isBefore(last.plus(SELDOM));
    }
}
