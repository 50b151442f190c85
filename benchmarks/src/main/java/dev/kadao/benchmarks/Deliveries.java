package dev.kadao.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** When each order of a run was to be paid and when it was found delivered. Thread-safe. */
final class Deliveries {
    private static final long LONGEST_NANOS = 90_000_000_000L;
    private static final long LOOK_NANOS = 5_000_000;

    private final AtomicLongArray intended;
    private final AtomicLongArray delivered;

    Deliveries(int orders) {
        intended = new AtomicLongArray(orders);
        delivered = new AtomicLongArray(orders);
    }

    /** The order was to be paid at this time, however late somebody was free for it. */
    void intended(int order, long nanos) {
        intended.set(order, nanos);
    }

    void delivered(int order) {
        delivered.compareAndSet(order, 0, System.nanoTime());
    }

    /** Whether all these orders are delivered before the time is over. */
    boolean await(IntStream orders, long limitNanos) {
        long until = System.nanoTime() + limitNanos;
        int[] left = orders.toArray();
        while (left.length > 0 && System.nanoTime() - until < 0) {
            left = Arrays.stream(left)
                    .filter(order -> delivered.get(order) == 0)
                    .toArray();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return left.length == 0;
    }

    /** As {@link #await}, and throws if they are not. */
    void awaitSurely(IntStream orders) {
        if (!await(orders, LONGEST_NANOS)) {
            throw new IllegalStateException("some orders are not delivered after " + LONGEST_NANOS / 1e9 + " s");
        }
    }

    /** From paid to delivered in milliseconds, in order. */
    List<Double> millis(IntStream orders) {
        return orders.mapToObj(order -> (delivered.get(order) - intended.get(order)) / 1e6)
                .sorted()
                .toList();
    }
}
