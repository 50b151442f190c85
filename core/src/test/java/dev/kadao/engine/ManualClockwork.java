package dev.kadao.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** A clockwork on one thread, with its own time and a seed: nothing happens but by {@link #settle} and {@link #advance}. */
final class ManualClockwork implements Clockwork {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Timer(long at, long number, Runnable work) {}

    private final SplittableRandom random;
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private long nanos;
    private long timersSet;

    ManualClockwork(long seed) {
        this(seed, Duration.ZERO);
    }

    /** One that begins this long after the start, as a process that is started later. */
    ManualClockwork(long seed, Duration since) {
        this.random = new SplittableRandom(seed);
        this.nanos = since.toNanos();
    }

    /** Runs what is ready, and what that makes ready, without letting time pass. */
    void settle() {
        for (Runnable work = ready.poll(); work != null; work = ready.poll()) {
            work.run();
        }
    }

    void advance(Duration span) {
        long until = nanos + span.toNanos();
        settle();
        while (!timers.isEmpty() && timers.peek().at() <= until) {
            Timer timer = timers.poll();
            nanos = Math.max(nanos, timer.at());
            timer.work().run();
            settle();
        }
        nanos = until;
    }

    /** Time passes and nothing runs, as while the process is paused. */
    void pause(Duration span) {
        nanos += span.toNanos();
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos);
    }

    @Override
    public InstantSource wall() {
        return () -> START.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Clock breakerClock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return wall().instant();
            }
        };
    }

    @Override
    public Crew crew(String name, int slots, int waiting) {
        return ready::add;
    }

    @Override
    public Alarm after(Duration delay, Runnable work) {
        Timer timer = new Timer(nanos + delay.toNanos(), timersSet++, work);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public boolean await(CompletableFuture<?> done, Duration limit) {
        long until = nanos + limit.toNanos();
        settle();
        while (!done.isDone() && !timers.isEmpty() && timers.peek().at() <= until) {
            advance(Duration.ofNanos(Math.max(0, timers.peek().at() - nanos)));
        }
        return done.isDone();
    }

    @Override
    public byte[] random(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close(Duration limit) {
        ready.clear();
        timers.clear();
    }
}
