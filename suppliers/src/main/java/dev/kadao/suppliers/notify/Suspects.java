package dev.kadao.suppliers.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Those that did not answer when they were last called. Until they do, they are called one at a time, so that what hangs
 * holds one slot of the notifier and not all of them. Knows the latest thousand.
 */
final class Suspects {
    private static final int MOST = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    /** Whether a call is under way, by name. */
    private final Map<String, Boolean> suspects = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /** Whether it may be called now; if so {@link #ended} must follow. */
    boolean mayBeCalled(String name) {
        lock.lock();
        try {
            Boolean underWay = suspects.get(name);
            if (underWay == null) {
                return true;
            }
            suspects.put(name, true);
            return !underWay;
        } finally {
            lock.unlock();
        }
    }

    void ended(String name, boolean answered) {
        lock.lock();
        try {
            if (answered) {
                suspects.remove(name);
            } else {
                suspects.put(name, false);
            }
        } finally {
            lock.unlock();
        }
    }
}
