package dev.kadao.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Lets the same thing through once per period, so that a log line stays something a person can act on. */
final class Seldom {
    private static final int MOST_KEYS = 1_000;

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_KEYS;
        }
    };

    Seldom(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean allows(String key, Duration period) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            Long before = last.get(key);
            if (before != null && now - before < period.toNanos()) {
                return false;
            }
            last.put(key, now);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
