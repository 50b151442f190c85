package dev.kadao.engine;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Something that fails again and again: says when the log is to name it, at first and then at growing gaps, and when it works
 * again. One that fails every now and then counts as the same trouble, until it worked for an hour. Thread-safe.
 */
final class Outage {
    static final Duration FIRST_GAP = Duration.ofMinutes(5);
    static final Duration LONGEST_GAP = Duration.ofDays(1);
    static final Duration STEADY = Duration.ofHours(1);

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    /** Whether it ever failed; the times below say nothing before. */
    private boolean began;

    private boolean hasWorkedSince;
    private boolean isNamed;
    private long namedAt;
    private long failedAt;
    private long gap;

    Outage(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** It failed; answers whether the log is to say so. */
    boolean failed() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            boolean isNew = !began || (hasWorkedSince && now - failedAt >= STEADY.toNanos());
            failedAt = now;
            hasWorkedSince = false;
            if (!isNew && now - namedAt < gap) {
                return false;
            }
            gap = isNew ? FIRST_GAP.toNanos() : Math.min(2 * gap, LONGEST_GAP.toNanos());
            began = true;
            isNamed = true;
            namedAt = now;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** It worked; answers whether the log is to take back that it does not. */
    boolean worked() {
        lock.lock();
        try {
            boolean takenBack = isNamed;
            isNamed = false;
            hasWorkedSince = true;
            gap = Math.min(gap, STEADY.toNanos());
            return takenBack;
        } finally {
            lock.unlock();
        }
    }
}
