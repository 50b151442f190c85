package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a supplier promises about a repeated or unanswered request, and so what may follow "sent, no clear answer". */
public sealed interface Guarantee {
    /**
     * The same request with the same reference is executed once, however often it is sent.
     *
     * @param keyLifetime how long the supplier remembers a reference; resends stop a margin before
     * @param asking how to ask afterwards; null if the supplier cannot be asked: then a person decides
     */
    record Idempotent(Duration keyLifetime, @Nullable Asking asking) implements Guarantee {
        public Idempotent {
            require(keyLifetime.compareTo(Duration.ZERO) > 0, "key lifetime " + keyLifetime + " must be positive");
        }
    }

    /** A request can be asked about by its reference; it is never resent while its outcome is unknown. */
    record Queryable(Asking asking) implements Guarantee {}

    /** Neither: an unclear outcome goes to a person at once. */
    record AtMostOnce() implements Guarantee {}

    /**
     * How a supplier is asked about a dispatch.
     *
     * @param settle from this long after sending on, the supplier's answer can be relied on
     * @param notFoundIsFinal whether "not found" after {@code settle} means that it will never be executed
     * @param gaps between questions, from {@code settle} on; the last repeats
     * @param patience how long "not found" may stay the answer, where it is not final, before a person decides
     * @param horizon how long the supplier can answer at all; then a person decides
     */
    record Asking(Duration settle, boolean notFoundIsFinal, List<Duration> gaps, Duration patience, Duration horizon) {
        public Asking {
            gaps = List.copyOf(gaps);
            require(!gaps.isEmpty() && gaps.size() <= 20, "asking needs 1 to 20 gaps, not " + gaps.size());
            require(
                    gaps.stream().allMatch(gap -> gap.compareTo(Duration.ZERO) > 0),
                    "gaps between questions must be positive: " + gaps);
        }
    }

    /** How this supplier is asked; null if it cannot be. */
    default @Nullable Asking howToAsk() {
        if (this instanceof Queryable queryable) {
            return queryable.asking();
        }
        return this instanceof Idempotent idempotent ? idempotent.asking() : null;
    }
}
