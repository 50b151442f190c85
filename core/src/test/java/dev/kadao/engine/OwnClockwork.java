package dev.kadao.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** One of several processes on the thread and the time of a {@link ManualClockwork}: it can end, or die, alone. */
final class OwnClockwork implements Clockwork {
    private final ManualClockwork world;
    private final SplittableRandom random;
    private boolean dead;

    OwnClockwork(ManualClockwork world, long seed) {
        this.world = world;
        this.random = new SplittableRandom(seed);
    }

    /** The process is killed: nothing of what it had planned happens, and nothing is given back. */
    void kill() {
        dead = true;
    }

    private Runnable whileAlive(Runnable work) {
        return () -> {
            if (!dead) {
                work.run();
            }
        };
    }

    @Override
    public InstantSource wall() {
        return world.wall();
    }

    @Override
    public long nanos() {
        return world.nanos();
    }

    @Override
    public Clock breakerClock() {
        return world.breakerClock();
    }

    @Override
    public Crew crew(String name, int slots, int waiting) {
        Crew crew = world.crew(name, slots, waiting);
        return work -> crew.submit(whileAlive(work));
    }

    @Override
    public Alarm after(Duration delay, Runnable work) {
        return world.after(delay, whileAlive(work));
    }

    @Override
    public boolean await(CompletableFuture<?> done, Duration limit) {
        return world.await(done, limit);
    }

    @Override
    public byte[] random(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close(Duration limit) {
        dead = true;
    }
}
