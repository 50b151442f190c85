package dev.kadao.examples.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Several calls at the same moment. */
final class Together {
    private static final int LIMIT_SECONDS = 120;

    private Together() {}

    /** Makes {@code count} calls from as many threads that start at once; returns their results in order. */
    static <T> List<T> times(int count, IntFunction<Callable<T>> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CyclicBarrier start = new CyclicBarrier(count);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Callable<T> each = call.apply(i);
                running.add(threads.submit(() -> {
                    start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                    return each.call();
                }));
            }
            return results(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> results(List<Future<T>> running)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }
}
