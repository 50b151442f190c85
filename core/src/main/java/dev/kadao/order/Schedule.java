package dev.kadao.order;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When each part wants attention next and how often it was tried: the side of a checkout that is not a fact, is written
 * without a journal row and is left out when the journal is folded.
 *
 * @param attempts by part: {@code p1} payment, {@code o1} an order's goods, {@code d1.2} dispatch, {@code r1} refund,
 *     {@code m1} message, {@code c1} case
 */
public record Schedule(Map<String, Attempt> attempts) {
    public static final Schedule EMPTY = new Schedule(Map.of());

    /**
     * Where the tries of one part stand.
     *
     * @param count answered tries since the part entered its state
     * @param next not before this moment of the store's clock
     * @param missingSince since when the other side steadily says "not found"; null if it does not
     * @param alive whether the last word was a sign of life (processing, waiting for stock within its limit)
     */
    public record Attempt(int count, Instant next, @Nullable Instant missingSince, boolean alive) {}

    public Schedule {
        SortedMap<String, Attempt> sorted = new TreeMap<>(attempts);
        attempts = Collections.unmodifiableSortedMap(sorted);
    }

    public @Nullable Attempt of(String part) {
        return attempts.get(part);
    }

    public Schedule with(String part, Attempt attempt) {
        Map<String, Attempt> changed = new TreeMap<>(attempts);
        changed.put(part, attempt);
        return new Schedule(changed);
    }

    public Schedule without(String part) {
        if (!attempts.containsKey(part)) {
            return this;
        }
        Map<String, Attempt> changed = new TreeMap<>(attempts);
        changed.remove(part);
        return new Schedule(changed);
    }
}
