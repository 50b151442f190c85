package dev.kadao.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that share the orders of a run: each takes the next ones as soon as it is done. */
final class Crowd {
    private Crowd() {}

    /** What is done with the orders from one number up to another. */
    interface Work {
        void on(int from, int to) throws Exception;
    }

    /** Answers how many seconds all took together; the first failure is thrown. */
    static double seconds(int threads, int orders, int ordersPerCall, Work work) throws Exception {
        ExecutorService crew = Executors.newFixedThreadPool(threads);
        try {
            AtomicInteger next = new AtomicInteger();
            CountDownLatch ready = new CountDownLatch(threads);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                ends.add(crew.submit(() -> {
                    ready.countDown();
                    go.await();
                    int from = next.getAndAdd(ordersPerCall);
                    while (from < orders) {
                        work.on(from, Math.min(orders, from + ordersPerCall));
                        from = next.getAndAdd(ordersPerCall);
                    }
                    return null;
                }));
            }
            ready.await();
            long start = System.nanoTime();
            go.countDown();
            for (Future<?> end : ends) {
                waitFor(end);
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            crew.shutdownNow();
        }
    }

    private static void waitFor(Future<?> end) throws Exception {
        try {
            end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
