package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import dev.kadao.policy.EngineSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes to places that were taken: given back, or kept for longer. Nobody waits for one, so one that finds the counters
 * full, paused or failing is tried again at growing gaps until the place would have lapsed anyway.
 */
final class RiskReturns {
    private static final Logger LOG = LoggerFactory.getLogger(RiskReturns.class);
    private static final int MOST_WAITING = 10_000;
    private static final Duration FIRST_GAP = Duration.ofSeconds(1);
    private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

    private final RiskRuleBook book;
    private final Adapter counters;
    private final Clockwork clockwork;
    private final Duration limit;
    private final Duration lasting;
    private final Seldom seldom;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param lasting how long a place lasts: later it is gone by itself */
    RiskReturns(
            RiskRuleBook book,
            Adapter counters,
            Clockwork clockwork,
            EngineSettings settings,
            Duration lasting,
            Seldom seldom) {
        this.book = book;
        this.counters = counters;
        this.clockwork = clockwork;
        this.limit = settings.callLimit();
        this.lasting = lasting;
        this.seldom = seldom;
    }

    /** @param change idempotent */
    void make(CheckoutId id, Consumer<RiskRuleBook> change) {
        tryNow(new One(id, change, clockwork.nanos() + lasting.toNanos(), FIRST_GAP));
    }

    private record One(CheckoutId id, Consumer<RiskRuleBook> change, long until, Duration gap) {
        One later() {
            Duration twice = gap.multipliedBy(2);
            return new One(id, change, until, twice.compareTo(LONGEST_GAP) < 0 ? twice : LONGEST_GAP);
        }
    }

    private void tryNow(One one) {
        if (!(counters.enter() instanceof Adapter.Ticket ticket)) {
            tryLater(one);
            return;
        }
        ticket.call(new GuardedCall.Order<Boolean>(
                "changing the places of checkout " + one.id(),
                limit,
                limit,
                () -> {
                    one.change().accept(book);
                    return true;
                },
                answer -> false,
                reply -> {
                    // What is overdue may still be done: then it is done twice, and nothing is wrong.
                    if (!(reply instanceof Reply.Answered<Boolean>)) {
                        tryLater(one);
                    }
                }));
    }

    private void tryLater(One one) {
        boolean ofUse = one.until() - clockwork.nanos() > one.gap().toNanos();
        if (ofUse && waiting.incrementAndGet() <= MOST_WAITING) {
            clockwork.after(one.gap(), () -> {
                waiting.decrementAndGet();
                tryNow(one.later());
            });
            return;
        }
        if (ofUse) {
            waiting.decrementAndGet();
        }
        if (seldom.allows("risk places", Duration.ofMinutes(1))) {
            LOG.warn(
                    "places of checkout {} and perhaps others in the risk counters could not be changed: they lapse by"
                            + " themselves within {}",
                    one.id(),
                    lasting);
        }
    }
}
