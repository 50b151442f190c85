package dev.kadao.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a figure means nothing without. */
final class Machine {
    private Machine() {}

    static List<String> lines(String[] arguments, Options options) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Runtime runtime = Runtime.getRuntime();
        return List.of(
                "machine: %d cores, %d MiB memory, %s %s; load average at the start %.2f"
                        .formatted(
                                runtime.availableProcessors(),
                                system.getTotalMemorySize() >> 20,
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                system.getSystemLoadAverage()),
                "JVM: %s %s, heap up to %d MiB, options %s"
                        .formatted(
                                System.getProperty("java.vm.name"),
                                System.getProperty("java.runtime.version"),
                                runtime.maxMemory() >> 20,
                                ManagementFactory.getRuntimeMXBean().getInputArguments()),
                "settings: " + (options.isolation ? isolation(options) : storage(options)),
                "command: java -jar benchmarks/target/benchmarks.jar " + String.join(" ", arguments));
    }

    private static String storage(Options options) {
        return "%d orders a run (an eighth at one client), %d connections each, roofline %d writers of %d"
                        .formatted(options.orders, options.pool, Roofline.WRITERS, Roofline.BATCH)
                + " orders, one order and one key a checkout, each run on an empty database after a warm-up of "
                + options.warmUp + " orders of each contender";
    }

    private static String isolation(Options options) {
        return "%d orders a second of each supplier for %d s, arriving at random; B answers after %d ms; calls end after"
                        .formatted(options.isolationRate, options.isolationSeconds, TwoSuppliers.MILLIS)
                + " %d s; %d calls at a time (Kadao: %d to each supplier), %d connections each, each run on an empty"
                        .formatted(
                                IsolationBenchmark.CALL_LIMIT.toSeconds(), TopUps.SLOTS, TopUps.SLOTS / 2, options.pool)
                + " database after a warm-up of %d orders of each contender".formatted(IsolationBenchmark.WARM_UP);
    }

    static List<String> answers(Connection connection, List<String> questions) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (String question : questions) {
            answers.add(Server.ask(connection, question));
        }
        return answers;
    }
}
