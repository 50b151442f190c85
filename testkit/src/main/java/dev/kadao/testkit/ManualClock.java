package dev.kadao.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told to move. Thread-safe. */
public final class ManualClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public ManualClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    /** A clock at eight in the morning of a fixed day, with microseconds. */
    public static ManualClock atFixedTime() {
        return new ManualClock(Instant.parse("2026-11-02T08:00:00.123456Z"));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves on; a negative time is a clock that was set back. */
    public Instant advance(Duration time) {
        return now.updateAndGet(before -> before.plus(time));
    }

    public void set(Instant time) {
        now.set(time);
    }

    @Override
    public String toString() {
        return "ManualClock(" + now.get() + ")";
    }
}
