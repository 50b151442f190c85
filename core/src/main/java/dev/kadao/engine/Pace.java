package dev.kadao.engine;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps what is asked of one supplier apart. A question that finds its turn within a second takes it; a later one is put
 * off, each to a moment of its own, so that a backlog does not come back all at once.
 */
final class Pace {
    private static final long HORIZON_NANOS = Duration.ofSeconds(1).toNanos();

    private final long gapNanos;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private long freeFrom;
    private long putOffUntil;

    Pace(int perSecond, LongSupplier nanos) {
        this.gapNanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.nanos = nanos;
        this.freeFrom = nanos.getAsLong();
        this.putOffUntil = freeFrom;
    }

    /**
     * A question's place.
     *
     * @param isTaken whether it may be asked after the delay; else it asks for a turn again then
     */
    record Turn(boolean isTaken, Duration delay) {}

    Turn next() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            long turn = Math.max(freeFrom, now);
            if (turn - now < HORIZON_NANOS) {
                freeFrom = turn + gapNanos;
                return new Turn(true, Duration.ofNanos(turn - now));
            }
            return new Turn(false, later(now));
        } finally {
            lock.unlock();
        }
    }

    /** When a question comes back that found no slot free at its turn. */
    Duration putOff() {
        lock.lock();
        try {
            return later(nanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    private Duration later(long now) {
        putOffUntil = Math.max(putOffUntil, now + HORIZON_NANOS) + gapNanos;
        return Duration.ofNanos(putOffUntil - now);
    }
}
