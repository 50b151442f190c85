package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checkouts that this process worked on last, so that the next step of one need not read it: its version tells
 * whether others were at it since. Holds a bounded number, those used last. Thread-safe.
 */
final class Carried {
    /** Each takes some ten kilobytes. */
    static final int MOST = 4_000;

    private final Map<CheckoutId, Held> latest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CheckoutId, Held> eldest) {
            return size() > MOST;
        }
    };

    synchronized @Nullable Held get(CheckoutId id) {
        return latest.get(id);
    }

    synchronized void put(Held held) {
        latest.put(held.id(), held);
    }

    synchronized void remove(CheckoutId id) {
        latest.remove(id);
    }

    /** Unless a later state has come in its place. */
    synchronized void remove(Held held) {
        latest.remove(held.id(), held);
    }
}
