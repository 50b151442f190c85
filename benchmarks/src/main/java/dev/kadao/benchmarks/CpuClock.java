package dev.kadao.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The processor time that this process and the server's take. */
final class CpuClock {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Server server;
    private final long clientNanos;
    private final Map<Long, Duration> before;

    private CpuClock(Server server) {
        this.server = server;
        this.before = times(server);
        this.clientNanos = SYSTEM.getProcessCpuTime();
    }

    static CpuClock start(Server server) {
        return new CpuClock(server);
    }

    /** Since the start, in seconds; H2's time is the client's. */
    record Used(double client, double server) {}

    Used used() {
        double client = (SYSTEM.getProcessCpuTime() - clientNanos) / 1e9;
        Duration sum = Duration.ZERO;
        for (Map.Entry<Long, Duration> process : times(server).entrySet()) {
            sum = sum.plus(process.getValue().minus(before.getOrDefault(process.getKey(), Duration.ZERO)));
        }
        return new Used(client, sum.toMillis() / 1e3);
    }

    private static Map<Long, Duration> times(Server server) {
        Map<Long, Duration> times = new HashMap<>();
        server.processes()
                .forEach(process -> times.put(
                        process.pid(), process.info().totalCpuDuration().orElse(Duration.ZERO)));
        return times;
    }
}
