package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The effects under way in this process: at most one per part of a checkout. */
final class Flights {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CheckoutId, Map<String, CompletableFuture<Void>>> underWay = new HashMap<>();
    private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

    /** Answers false if one of this part is under way already. */
    boolean begin(CheckoutId id, String part) {
        lock.lock();
        try {
            if (underWay.isEmpty()) {
                idle = new CompletableFuture<>();
            }
            return underWay.computeIfAbsent(id, any -> new HashMap<>()).putIfAbsent(part, new CompletableFuture<>())
                    == null;
        } finally {
            lock.unlock();
        }
    }

    void end(CheckoutId id, String part) {
        CompletableFuture<Void> landed = null;
        CompletableFuture<Void> all = null;
        lock.lock();
        try {
            Map<String, CompletableFuture<Void>> parts = underWay.get(id);
            if (parts == null) {
                return;
            }
            landed = parts.remove(part);
            if (parts.isEmpty()) {
                underWay.remove(id);
            }
            if (underWay.isEmpty()) {
                all = idle;
            }
        } finally {
            lock.unlock();
        }
        if (landed != null) {
            landed.complete(null);
        }
        if (all != null) {
            all.complete(null);
        }
    }

    /** Whether any part of the checkout but this one is under way. */
    boolean anyBut(CheckoutId id, @Nullable String part) {
        lock.lock();
        try {
            Map<String, CompletableFuture<Void>> parts = underWay.get(id);
            return parts != null && parts.keySet().stream().anyMatch(other -> !other.equals(part));
        } finally {
            lock.unlock();
        }
    }

    /** Done when what is under way for this part is over; done at once if nothing is. */
    CompletableFuture<Void> landing(CheckoutId id, String part) {
        lock.lock();
        try {
            CompletableFuture<Void> found = underWay.getOrDefault(id, Map.of()).get(part);
            return found == null ? CompletableFuture.completedFuture(null) : found;
        } finally {
            lock.unlock();
        }
    }

    /** Done when nothing is under way. */
    CompletableFuture<Void> idle() {
        lock.lock();
        try {
            return underWay.isEmpty() ? CompletableFuture.completedFuture(null) : idle;
        } finally {
            lock.unlock();
        }
    }
}
