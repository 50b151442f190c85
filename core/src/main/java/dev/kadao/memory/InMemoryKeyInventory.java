package dev.kadao.memory;

import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.ReservingInventory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A stock of keys in memory. Thread-safe; everything happens under one fair lock, which a store made by
 * {@link InMemoryCheckoutStore#sharing} holds too, so that its steps take keys inside their commit.
 */
public final class InMemoryKeyInventory implements ReservingInventory {
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final KeyShelf shelf = new KeyShelf();

    /** An empty stock by the system's clock. */
    public InMemoryKeyInventory() {
        this(InstantSource.system());
    }

    /** An empty stock by this clock, which tells how old reservations are. */
    public InMemoryKeyInventory(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What an import did.
     *
     * @param imported how many keys are new and free now
     * @param duplicateLines which of the given keys, counted from 1, the SKU had before or came earlier in the list
     */
    public record Imported(int imported, List<Integer> duplicateLines) {
        public Imported {
            duplicateLines = List.copyOf(duplicateLines);
        }
    }

    /**
     * Adds keys to the stock of a SKU. A key that the SKU has had before, sold and void ones included, is left out:
     * importing the same list again adds nothing.
     */
    public Imported importKeys(String sku, List<Secret> keys) {
        return locked(() -> {
            List<Integer> duplicates = new ArrayList<>();
            for (int line = 1; line <= keys.size(); line++) {
                if (!shelf.add(sku, keys.get(line - 1))) {
                    duplicates.add(line);
                }
            }
            return new Imported(keys.size() - duplicates.size(), duplicates);
        });
    }

    @Override
    public ReserveAnswer reserve(OrderId order, String sku, int quantity) {
        return locked(() -> shelf.reserve(order, sku, quantity, now()));
    }

    @Override
    public UnpaidAnswer reserveUnpaid(OrderId order, String sku, int quantity, int cap) {
        return locked(() -> shelf.reserveUnpaid(order, sku, quantity, cap, now()));
    }

    @Override
    public void letGo(OrderId order) {
        locked(() -> {
            shelf.letGo(order);
            return true;
        });
    }

    @Override
    public HandOverAnswer handOver(OrderId order) {
        return locked(() -> shelf.handOver(order));
    }

    @Override
    public ReleaseAnswer release(OrderId order, String cause) {
        return locked(() -> shelf.release(order, cause, now()));
    }

    @Override
    public RevealAnswer reveal(OrderId order) {
        return locked(() -> shelf.reveal(order));
    }

    @Override
    public ReserveAnswer replace(OrderId order, int replacement) {
        return locked(() -> {
            Binding binding = shelf.binding(order);
            return binding == null
                    ? new ReserveAnswer.Released()
                    : shelf.replace(order, binding.sku(), binding.keys().size(), replacement, now());
        });
    }

    @Override
    public StockLevel stock(String sku) {
        return locked(() -> shelf.stock(sku));
    }

    @Override
    public List<OrderId> reservationsOlderThan(Duration age, int limit) {
        return locked(() -> shelf.reservedBefore(now().minus(age), limit));
    }

    InstantSource clock() {
        return clock;
    }

    /** Guards the shelf. */
    ReentrantLock lock() {
        return lock;
    }

    KeyShelf shelf() {
        return shelf;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            shelf.keep();
            lock.unlock();
        }
    }
}
