package dev.kadao.insight;

import dev.kadao.order.InvalidValueException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What buyers gave the orders that they reviewed, counted exactly; of all that is kept.
 *
 * @param bySku by what was sold; without those that nobody reviewed
 */
public record Ratings(Rating all, SortedMap<String, Rating> bySku) {
    private static final int MOST_STARS = 5;

    public Ratings {
        bySku = Collections.unmodifiableSortedMap(new TreeMap<>(bySku));
    }

    /** Adds up what each SKU was given. */
    public static Ratings of(Map<String, Rating> bySku) {
        Rating all = bySku.values().stream().reduce(Rating.NONE, Rating::plus);
        return new Ratings(all, new TreeMap<>(bySku));
    }

    /**
     * How many reviews gave how many stars.
     *
     * @param byStars five counts, that of one star first
     */
    public record Rating(List<Long> byStars) {
        /** Nobody has said anything. */
        public static final Rating NONE = new Rating(List.of(0L, 0L, 0L, 0L, 0L));

        public Rating {
            byStars = List.copyOf(byStars);
            if (byStars.size() != MOST_STARS) {
                throw new InvalidValueException("a rating has " + MOST_STARS + " counts, not " + byStars.size());
            }
        }

        /** So many reviews with that many stars, and nothing else. */
        public static Rating of(int stars, long count) {
            return new Rating(IntStream.rangeClosed(1, MOST_STARS)
                    .mapToObj(each -> each == stars ? count : 0L)
                    .toList());
        }

        public Rating plus(Rating other) {
            return new Rating(IntStream.range(0, MOST_STARS)
                    .mapToObj(i -> byStars.get(i) + other.byStars.get(i))
                    .toList());
        }

        public long count() {
            return byStars.stream().mapToLong(Long::longValue).sum();
        }

        /** From 1 to 5; empty if there is no review. */
        public Optional<Double> average() {
            long stars = IntStream.range(0, MOST_STARS)
                    .mapToLong(i -> (i + 1) * byStars.get(i))
                    .sum();
            return count() == 0 ? Optional.empty() : Optional.of((double) stars / count());
        }
    }
}
