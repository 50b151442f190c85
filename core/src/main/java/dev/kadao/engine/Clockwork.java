package dev.kadao.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * The one seam through which the engine gets threads, timers, clocks and randomness. With a deterministic one, two runs
 * give the same bytes.
 */
interface Clockwork extends AutoCloseable {

    /** This machine's wall clock; the store's clock is the authority for everything that is recorded. */
    InstantSource wall();

    /** This machine's monotonic clock. */
    long nanos();

    /** The clock of the circuit breakers. */
    Clock breakerClock();

    /** A bounded executor of its own. */
    Crew crew(String name, int slots, int waiting);

    /** Runs something short later, once. It must not block. */
    Alarm after(Duration delay, Runnable work);

    /** Waits until it is done, at most so long; answers whether it is. */
    boolean await(CompletableFuture<?> done, Duration limit);

    /** Unpredictable bytes, for tokens, salts, ids and jitter. */
    byte[] random(int count);

    /** Ends all threads, waiting for them at most so long. */
    void close(Duration limit);

    @Override
    default void close() {
        close(Duration.ZERO);
    }

    /** A bounded executor. */
    interface Crew {
        /** Runs it as soon as a slot is free; answers false, and does nothing, if too many wait already. */
        boolean submit(Runnable work);
    }

    /** A timer that was set. */
    interface Alarm {
        void cancel();
    }
}
