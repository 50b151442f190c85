package dev.kadao.benchmarks;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Arrivals that do not wait for one another: each order has its time by a plan made beforehand (gaps of an exponential
 * distribution, a fixed seed), and its latency counts from that time, however late somebody was free for it. So a stall
 * is felt by all who came meanwhile, as in a real shop (no coordinated omission).
 */
final class OpenLoop {
    private static final long SEED = 20_261_122;
    private static final long LEAD_NANOS = 100_000_000;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private OpenLoop() {}

    /** What an order that arrives leads to. */
    interface Arrival {
        /**
         * Does it.
         *
         * @param intendedNanos when the order was to arrive, however late somebody was free for it
         */
        void of(int order, long intendedNanos) throws Exception;
    }

    /** Latencies in nanoseconds of so many orders that arrive at a mean rate a second. */
    static Histogram run(int threads, int orders, double rate, Crowd.Work work) throws Exception {
        ConcurrentHistogram latencies = new ConcurrentHistogram(LONGEST_NANOS, 3);
        double seconds = arrivals(threads, orders, rate, (order, intended) -> {
            work.on(order, order + 1);
            latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - intended));
        });
        if (latencies.getTotalCount() != orders) {
            throw new IllegalStateException(
                    latencies.getTotalCount() + " of " + orders + " latencies known after " + seconds + " s");
        }
        return latencies;
    }

    /** Lets so many orders arrive at a mean rate a second; answers how many seconds all took together. */
    static double arrivals(int threads, int orders, double rate, Arrival arrival) throws Exception {
        long[] due = plan(orders, rate);
        long start = System.nanoTime() + LEAD_NANOS;
        return Crowd.seconds(threads, orders, 1, (from, to) -> {
            long intended = start + due[from];
            for (long wait = intended - System.nanoTime(); wait > 0; wait = intended - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            arrival.of(from, intended);
        });
    }

    private static long[] plan(int orders, double rate) {
        Random random = new Random(SEED);
        long[] due = new long[orders];
        double at = 0;
        for (int i = 0; i < orders; i++) {
            at += -Math.log(1 - random.nextDouble()) / rate * 1e9;
            due[i] = (long) at;
        }
        return due;
    }
}
