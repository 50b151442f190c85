package dev.kadao.engine;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's own threads, clocks and randomness. Its threads are daemons: an embedding shop can always end. */
final class SystemClockwork implements Clockwork {
    private static final Logger LOG = LoggerFactory.getLogger(SystemClockwork.class);

    private final SecureRandom random = new SecureRandom();
    private final ScheduledThreadPoolExecutor timers;
    private final List<ExecutorService> crews = new CopyOnWriteArrayList<>();

    SystemClockwork() {
        timers = new ScheduledThreadPoolExecutor(1, named("kadao-timer"));
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public InstantSource wall() {
        return InstantSource.system();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Clock breakerClock() {
        return Clock.systemUTC();
    }

    @Override
    public Crew crew(String name, int slots, int waiting) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                slots, slots, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), named("kadao-" + name));
        threads.allowCoreThreadTimeOut(true);
        crews.add(threads);
        return work -> {
            try {
                threads.execute(() -> guarded(work));
                return true;
            } catch (RejectedExecutionException full) {
                return false;
            }
        };
    }

    @Override
    public Alarm after(Duration delay, Runnable work) {
        try {
            ScheduledFuture<?> timer =
                    timers.schedule(() -> guarded(work), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public boolean await(CompletableFuture<?> done, Duration limit) {
        try {
            done.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failed) {
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public byte[] random(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close(Duration limit) {
        timers.shutdownNow();
        crews.forEach(ExecutorService::shutdown);
        long until = nanos() + limit.toNanos();
        for (ExecutorService crew : crews) {
            try {
                if (!crew.awaitTermination(Math.max(0, until - nanos()), TimeUnit.NANOSECONDS)) {
                    crew.shutdownNow();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                crew.shutdownNow();
            }
        }
    }

    /** Nothing thrown may end a thread of ours without a trace. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error thrown) {
            LOG.error("Work of the engine ended with {}; the due loop finds what is left.", Thrown.named(thrown));
            if (thrown instanceof OutOfMemoryError noMemory) {
                throw noMemory;
            }
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
