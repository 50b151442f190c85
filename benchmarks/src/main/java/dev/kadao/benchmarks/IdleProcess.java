package dev.kadao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.policy.EngineSettings;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process that {@link IdleBenchmark} starts: opens a shop on a database and counts what it does unasked. */
final class IdleProcess {
    private static final int CONNECTIONS = 8;
    private static final int SETTLING_SECONDS = 5;
    private static final double MOST_STATEMENTS = 5;
    private static final long MOST_MIB = 256;

    private IdleProcess() {}

    /**
     * Opens, waits and reports.
     *
     * @param arguments JDBC URL, seconds
     */
    public static void main(String[] arguments) throws InterruptedException {
        int seconds = Integer.parseInt(arguments[1]);
        long start = System.nanoTime();
        try (HikariDataSource pool = Pools.plain(arguments[0], CONNECTIONS)) {
            CountingDataSource counting = new CountingDataSource(pool);
            try (Kadao kadao = new Kadao(counting, true, new Orders(1, 1), null, EngineSettings.defaults())) {
                System.out.printf(
                        "opened in %.1f s with %d statements%n",
                        (System.nanoTime() - start) / 1e9, counting.counts().statements());
                pass(SETTLING_SECONDS);
                counting.reset();
                pass(seconds);
                report(kadao, counting.counts(), seconds);
            }
        }
        System.exit(0);
    }

    private static void report(Kadao kadao, CountingDataSource.Counts counts, int seconds) {
        double rate = counts.statements() / (double) seconds;
        System.out.printf(
                "%s: %.2f statements and %.2f commits a second over %d s (at most %.0f statements): %s%n",
                kadao.title(),
                rate,
                counts.commits() / (double) seconds,
                seconds,
                MOST_STATEMENTS,
                rate <= MOST_STATEMENTS ? "reached" : "NOT REACHED");
        counts.texts().entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, Long>::getValue).reversed())
                .forEach(entry ->
                        System.out.printf("  %.2f/s %s%n", entry.getValue() / (double) seconds, entry.getKey()));
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
        System.out.printf(
                "heap after a collection: %d MiB, with %s (under %d MiB): %s%n",
                used, IdleBenchmark.HEAP, MOST_MIB, used < MOST_MIB ? "reached" : "NOT REACHED");
    }

    /** Nothing is to happen: there is nothing else to wait for than the time. */
    private static void pass(int seconds) throws InterruptedException {
        if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody counts this down");
        }
    }
}
