package dev.kadao.testkit.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs tasks on as many threads at the same moment. */
public final class Together {
    private static final long PATIENCE_SECONDS = 120;

    private Together() {}

    /** Starts {@code threads} tasks behind one barrier and gives their results by number, from 0. */
    public static <T> List<T> run(int threads, IntFunction<T> task) {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            tasks.add(() -> {
                start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return task.apply(number);
            });
        }
        return all(tasks);
    }

    /** Runs both at the same moment; the reader's result. */
    static <T> List<T> all(List<Callable<T>> tasks) {
        ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<T>> running = tasks.stream().map(pool::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while tasks ran together", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new AssertionError(
                    cause instanceof BrokenBarrierException
                            ? "another task failed before the start"
                            : "a task failed: " + cause,
                    cause);
        } catch (TimeoutException e) {
            throw new AssertionError("tasks did not end within " + PATIENCE_SECONDS + " s", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
