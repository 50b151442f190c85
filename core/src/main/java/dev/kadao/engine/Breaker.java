package dev.kadao.engine;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Stops calling an adapter that only fails, and tries it again now and then. */
final class Breaker {
    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(30);

    private final CircuitBreaker breaker;
    private final LongSupplier nanos;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong changedAt = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();

    Breaker(String name, Clock clock, LongSupplier nanos) {
        this.nanos = nanos;
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(5))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .clock(clock)
                        .build());
        breaker.getEventPublisher().onStateTransition(transition -> {
            changes.incrementAndGet();
            changedAt.set(nanos.getAsLong());
        });
    }

    /** The right to make one call; null while calling is stopped. */
    @Nullable
    Permit tryAcquire() {
        endLostTrials();
        // The count is read after the permission: asking for it may itself be what moves open to half-open.
        return breaker.tryAcquirePermission() ? new Permit(changes.get(), nanos.getAsLong()) : null;
    }

    /**
     * Else two trial calls that never report would keep it half-open, and shut, for ever. Not by the breaker's own
     * {@code maxWaitDurationInHalfOpenState}, which runs on a thread and a clock of its own.
     */
    private void endLostTrials() {
        lock.lock();
        try {
            boolean lost = breaker.getState() == CircuitBreaker.State.HALF_OPEN
                    && nanos.getAsLong() - changedAt.get() >= LONGEST_TRIAL.toNanos();
            if (lost) {
                breaker.transitionToOpenState();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has opened and was not found working since. */
    boolean isTroubled() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }

    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** Ends in exactly one of success, failure or release. */
    final class Permit {
        private final long changesBefore;
        private final long began;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Permit(long changesBefore, long began) {
            this.changesBefore = changesBefore;
            this.began = began;
        }

        void success() {
            if (mayReport()) {
                breaker.onSuccess(nanos.getAsLong() - began, TimeUnit.NANOSECONDS);
            }
        }

        void failure() {
            if (mayReport()) {
                breaker.onError(nanos.getAsLong() - began, TimeUnit.NANOSECONDS, new NoTrace());
            }
        }

        void release() {
            if (mayReport()) {
                breaker.releasePermission();
            }
        }

        /**
         * A result of a call begun before the last state change is not reported: a late success would close a half-open
         * breaker. Its permission belonged to the state that is gone, so there is nothing to give back either.
         */
        private boolean mayReport() {
            return ended.compareAndSet(false, true) && changes.get() == changesBefore;
        }
    }

    private static final class NoTrace extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NoTrace() {
            super("the call failed");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
