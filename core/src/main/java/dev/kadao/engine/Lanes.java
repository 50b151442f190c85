package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Read, decide and commit of one checkout run one at a time in this process, on the caller's thread. Calls to ports
 * never hold a lane. In front of them a bounded intake: at saturation callers wait, then hear "busy".
 */
final class Lanes {
    private static final int STRIPES = 256;

    private final ReentrantLock[] lanes = new ReentrantLock[STRIPES];
    private final Semaphore intake;
    private final Duration busyAfter;

    Lanes(int intake, Duration busyAfter) {
        for (int i = 0; i < STRIPES; i++) {
            lanes[i] = new ReentrantLock();
        }
        this.intake = new Semaphore(intake, true);
        this.busyAfter = busyAfter;
    }

    /** Runs it alone for this checkout; null if the lane was not free in time. */
    <T> @Nullable T alone(CheckoutId id, Supplier<T> work) {
        ReentrantLock lane = lanes[Math.floorMod(id.value().hashCode(), STRIPES)];
        if (lane.isHeldByCurrentThread()) {
            throw new IllegalStateException("a step of " + id + " was begun inside another step");
        }
        try {
            if (!lane.tryLock(busyAfter.toNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        }
        try {
            return work.get();
        } finally {
            lane.unlock();
        }
    }

    /** Runs it as one of the callers served at a time; null if there was no room in time. */
    <T> @Nullable T admitted(Supplier<T> work) {
        try {
            if (!intake.tryAcquire(busyAfter.toNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        }
        try {
            return work.get();
        } finally {
            intake.release();
        }
    }
}
