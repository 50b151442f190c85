package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the answers of ports into the store. None is lost while the process lives: each is tried until it is stored, on
 * whatever state it finds. Their number is bounded because no call begins while too many wait.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final int MOST_WAITING = 2_000;
    private static final long FIRST_GAP_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 8;

    private final Steps steps;
    private final Clockwork clockwork;
    private final Clockwork.Crew crew;
    private final Seldom seldom;
    private final AtomicInteger waiting = new AtomicInteger();

    Answers(Steps steps, Clockwork clockwork, Clockwork.Crew crew, Seldom seldom) {
        this.steps = steps;
        this.clockwork = clockwork;
        this.crew = crew;
        this.seldom = seldom;
    }

    /** How many are not stored yet. */
    int waiting() {
        return waiting.get();
    }

    boolean isFull() {
        return waiting.get() >= MOST_WAITING;
    }

    /** Stores an answer; {@code part} is the part whose effect is over with it, null for an answer that came late. */
    void store(CheckoutId id, @Nullable String part, Change.Intention answer) {
        waiting.incrementAndGet();
        submit(id, part, answer, 0);
    }

    private void submit(CheckoutId id, @Nullable String part, Change.Intention answer, int failures) {
        if (!crew.submit(() -> attempt(id, part, answer, failures))) {
            clockwork.after(Duration.ofMillis(FIRST_GAP_MILLIS), () -> submit(id, part, answer, failures));
        }
    }

    private void attempt(CheckoutId id, @Nullable String part, Change.Intention answer, int failures) {
        StepEnd end = steps.step(id, answer, Rule.ending(part));
        if (end instanceof StepEnd.Failed failed) {
            if (seldom.allows("answers", Duration.ofMinutes(1))) {
                LOG.warn(
                        "{} answers of gateways, suppliers or the stock cannot be stored, one of them of checkout {}: {}."
                                + " Each is tried again until it is",
                        waiting.get(),
                        id,
                        failed.reason());
            }
            clockwork.after(gap(failures), () -> submit(id, part, answer, failures + 1));
            return;
        }
        if (end instanceof StepEnd.Missing) {
            LOG.error("an answer came for checkout {}, which is not stored any more: it is dropped", id);
        }
        waiting.decrementAndGet();
    }

    private Duration gap(int failures) {
        long millis = FIRST_GAP_MILLIS << Math.min(failures, MOST_DOUBLINGS);
        // Up to a quarter more, so that many that failed together do not come back together.
        long jitter = millis / 4 * (clockwork.random(1)[0] & 0xff) / 256;
        return Duration.ofMillis(millis + jitter);
    }
}
