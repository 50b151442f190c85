package dev.kadao.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Those that found all places of an adapter taken, in the order in which they came: as calls return they are told to try
 * again. A help and no duty: whoever is forgotten is found again by its due time.
 */
final class TurnedAway {
    private static final int MOST = 10_000;
    /** Some of those that are told will not come any more. */
    private static final int TOLD_AT_ONCE = 2;

    private record One(long until, Runnable again) {}

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<One> line = new ArrayDeque<>();

    TurnedAway(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Stands in line.
     *
     * @param atMost for how long it is of use
     * @param again must not block
     */
    void add(Duration atMost, Runnable again) {
        lock.lock();
        try {
            if (line.size() < MOST) {
                line.add(new One(nanos.getAsLong() + atMost.toNanos(), again));
            }
        } finally {
            lock.unlock();
        }
    }

    /** A place is free. */
    void tellNext() {
        List<Runnable> told = new ArrayList<>();
        lock.lock();
        try {
            long now = nanos.getAsLong();
            while (told.size() < TOLD_AT_ONCE && !line.isEmpty()) {
                One next = line.remove();
                if (next.until() - now > 0) {
                    told.add(next.again());
                }
            }
        } finally {
            lock.unlock();
        }
        told.forEach(Runnable::run);
    }
}
