package dev.kadao.engine;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thing outside that is called, with slots, a queue and a breaker of its own: when it hangs, it hangs alone. */
final class Adapter {
    private static final Logger LOG = LoggerFactory.getLogger(Adapter.class);

    private final String name;
    private final Clockwork clockwork;
    private final int slots;
    private final int waiting;
    private final Clockwork.Crew crew;
    private final Breaker breaker;
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicLong thrown = new AtomicLong();
    private final TurnedAway turnedAway;

    Adapter(String name, Clockwork clockwork, int slots, int waiting) {
        this.name = name;
        this.clockwork = clockwork;
        this.slots = slots;
        this.waiting = waiting;
        this.crew = clockwork.crew(name.replace(' ', '-'), slots, waiting + slots);
        this.turnedAway = new TurnedAway(clockwork::nanos);
        this.breaker = new Breaker(name, clockwork.breakerClock(), clockwork::nanos);
    }

    String name() {
        return name;
    }

    /** Whether calls to it are stopped. */
    boolean isPaused() {
        return hanging.get() >= slots || breaker.isOpen();
    }

    /** Whether all calls to it hang. */
    boolean isStalled() {
        return hanging.get() >= slots;
    }

    /** Whether it only failed lately, and was not found working since. */
    boolean isFailing() {
        return breaker.isTroubled();
    }

    /** How often it threw. */
    long thrown() {
        return thrown.get();
    }

    /** The answer to asking for a call. */
    sealed interface Entry {}

    /**
     * No call now.
     *
     * @param isFull whether all places are taken, so that the next call that returns makes room
     */
    record Shut(String reason, boolean isFull) implements Entry {
        Shut(String reason) {
            this(reason, false);
        }
    }

    /** Asks for the right to one call, before anything is written about it. */
    Entry enter() {
        if (hanging.get() >= slots) {
            return new Shut(name + " is paused: all " + slots + " calls to it hang", true);
        }
        if (admitted.incrementAndGet() > slots + waiting) {
            admitted.decrementAndGet();
            return new Shut(name + " has " + waiting + " calls waiting already", true);
        }
        Breaker.Permit permit = breaker.tryAcquire();
        if (permit == null) {
            admitted.decrementAndGet();
            return new Shut("breaker open: " + name + " failed too often just now");
        }
        return new Ticket(permit);
    }

    /**
     * Has somebody who found no room told as soon as there is some, if that is soon enough.
     *
     * @param again must not block
     */
    void whenFree(Duration atMost, Runnable again) {
        turnedAway.add(atMost, again);
        if (hanging.get() < slots && admitted.get() < slots + waiting) {
            // The last call may have returned before it stood in line.
            turnedAway.tellNext();
        }
    }

    /**
     * Whether a question finds a slot at once and leaves one for a send. What hangs holds its slot for as long as it likes,
     * so it is no reason to wait: else nobody would be asked about while all slots but one hang.
     */
    boolean hasRoomToAsk() {
        int hang = hanging.get();
        return admitted.get() - hang < Math.max(1, slots - hang - 1);
    }

    /** The right to one call; used once, or given back. */
    final class Ticket implements Entry, GuardedCall.Watcher {
        private final Breaker.Permit permit;

        private Ticket(Breaker.Permit permit) {
            this.permit = permit;
        }

        void release() {
            admitted.decrementAndGet();
            permit.release();
            turnedAway.tellNext();
        }

        <T> void call(GuardedCall.Order<T> order) {
            GuardedCall<T> call = new GuardedCall<>(order, clockwork, permit, this);
            if (!crew.submit(call)) {
                call.withdraw();
            }
        }

        @Override
        public void overdue() {
            if (hanging.incrementAndGet() == slots) {
                LOG.warn(
                        "{} is paused: all {} calls to it hang beyond their limit. Nothing else is held up; it goes on"
                                + " when one of them returns.",
                        name,
                        slots);
            }
        }

        @Override
        public void returned(boolean wasOverdue) {
            admitted.decrementAndGet();
            if (wasOverdue && hanging.getAndDecrement() == slots) {
                LOG.info("{} goes on: a call that hung has returned", name);
            }
            turnedAway.tellNext();
        }

        @Override
        public void threw(String reference, Throwable what) {
            thrown.incrementAndGet();
            LOG.warn("{} threw in {}: its outcome counts as unknown. {}", name, reference, Thrown.named(what));
        }
    }

    /**
     * Calls it and waits for the answer; "not begun" where it is not called now. For threads that may wait.
     *
     * @param isFailure whether an answer counts against it
     */
    <T> Reply<T> answer(String reference, Duration limit, Callable<T> work, Predicate<T> isFailure) {
        if (!(enter() instanceof Ticket ticket)) {
            return new Reply.NotBegun<>();
        }
        CompletableFuture<Reply<T>> told = new CompletableFuture<>();
        ticket.call(new GuardedCall.Order<T>(reference, limit, limit, work, isFailure, told::complete));
        clockwork.await(told, limit.plus(limit));
        return told.getNow(new Reply.Overdue<>(limit));
    }

    /** A read tried twice, if the first try failed within half of the limit; never for anything that changes the world. */
    <T> Callable<T> twice(Callable<T> read, Duration limit, Predicate<T> isFailure) {
        return () -> {
            long until = clockwork.nanos() + limit.toNanos() / 2;
            RetryConfig config = RetryConfig.<T>custom()
                    .maxAttempts(2)
                    .waitDuration(Duration.ofMillis(20))
                    .retryOnResult(value -> isFailure.test(value) && clockwork.nanos() - until < 0)
                    .retryOnException(e -> !(e instanceof InterruptedException) && clockwork.nanos() - until < 0)
                    .build();
            return Retry.of(name, config).executeCallable(read);
        };
    }
}
