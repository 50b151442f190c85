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
                "settings: %d orders a run (an eighth at one client), %d connections each, roofline %d writers of %d"
                                .formatted(options.orders, options.pool, Roofline.WRITERS, Roofline.BATCH)
                        + " orders, one order and one key a checkout, each run on an empty database after a warm-up of "
                        + options.warmUp + " orders of each contender",
                "command: java -jar benchmarks/target/benchmarks.jar " + String.join(" ", arguments));
    }

    static List<String> answers(Connection connection, List<String> questions) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (String question : questions) {
            answers.add(Server.ask(connection, question));
        }
        return answers;
    }
}
