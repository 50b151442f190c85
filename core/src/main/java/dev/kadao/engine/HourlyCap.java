package dev.kadao.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Admits a bounded number of things per name and hour. The names are configured ones, so their number is bounded. */
final class HourlyCap {
    static final int MOST = 1_000;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private record Hour(long began, int count) {}

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Hour> hours = new HashMap<>();

    HourlyCap(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean admits(String name) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            Hour hour = hours.get(name);
            Hour current = hour == null || now - hour.began() >= HOUR ? new Hour(now, 0) : hour;
            boolean admitted = current.count() < MOST;
            hours.put(name, admitted ? new Hour(current.began(), current.count() + 1) : current);
            return admitted;
        } finally {
            lock.unlock();
        }
    }
}
