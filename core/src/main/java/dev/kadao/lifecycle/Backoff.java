package dev.kadao.lifecycle;

import dev.kadao.order.Payment;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The gaps between tries, all from recorded terms, without jitter: who polls when is spread by the shell. */
final class Backoff {
    /** After this long a payment or refund that nobody can tell about goes to a person. */
    static final Duration PATIENCE_WITH_GATEWAYS = Duration.ofDays(31);

    /** Questions about one order that are asked at the supplier's gaps; later ones keep {@link #SLOW_QUESTIONS} apart. */
    static final int QUICK_QUESTIONS = 100;
    /** So that, whatever the gaps and however often a buyer complains, no 24 hours see more than 200 questions. */
    static final Duration SLOW_QUESTIONS = Duration.ofMinutes(15);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST_FOR_MESSAGES = Duration.ofSeconds(1);

    private Backoff() {}

    /** The gap before try {@code count + 1} of what was not sent, is unknown or lacks stock. */
    static Duration retry(Terms terms, int count) {
        return doubled(terms.retryFirst(), count, terms.retryMax());
    }

    /** The gap after a supplier's no that concerns it as a whole: the retry back-off, then growing to an hour, so that
     * the numbers of an order's dispatches last for days. */
    static Duration round(Terms terms, int count) {
        return count < 40 ? retry(terms, count) : doubled(terms.retryMax(), count - 39, Duration.ofHours(1));
    }

    /** The gap between questions; the last repeats. */
    static Duration listed(List<Duration> gaps, int count) {
        return gaps.get(Math.min(count, gaps.size() - 1));
    }

    /** The gap between questions about a payment: as listed, and growing to a day once its grace is over. */
    static Duration payment(Terms terms, Payment payment, int count, Instant now) {
        Duration last = listed(terms.paymentQueries(), count);
        boolean graceOver = !now.isBefore(payment.deadline().plus(terms.closeGrace()));
        return graceOver ? doubled(last, count, LONGEST) : last;
    }

    /** The gap between questions about a refund: the retry back-off for the first hundred, then growing to a day. */
    static Duration refund(Terms terms, int count) {
        return count < 100 ? retry(terms, count) : doubled(terms.retryMax(), count - 99, LONGEST);
    }

    /**
     * The gap between tries of a message: from the retry back-off, at least a second, doubled up to a day. So twenty tries
     * take three and a half days or more, whatever the shop's back-off: a buyer's endpoint may be dead for a weekend.
     */
    static Duration message(Terms terms, int count) {
        Duration first = terms.retryFirst();
        return doubled(first.compareTo(SHORTEST_FOR_MESSAGES) < 0 ? SHORTEST_FOR_MESSAGES : first, count, LONGEST);
    }

    private static Duration doubled(Duration first, int times, Duration most) {
        Duration grown = first.multipliedBy(1L << Math.min(times, 20));
        return grown.compareTo(most) > 0 ? most : grown;
    }
}
