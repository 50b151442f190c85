package dev.kadao.benchmarks;

import dev.kadao.benchmarks.CpuClock.Used;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** All that was measured on one database. */
final class Results {
    final List<Run> runs = new ArrayList<>();
    final List<Counted> counted = new ArrayList<>();
    final List<Latency> latencies = new ArrayList<>();

    /** What is measured. */
    enum Phase {
        PLACE("placed"),
        DELIVER("paid to delivered"),
        STEP("plain steps");

        final String title;

        Phase(String title) {
            this.title = title;
        }
    }

    /** A situation: how many clients at once, over how many SKUs. */
    record Load(int clients, int skus) {}

    /** One repeat of one contender. */
    record Run(Kind kind, Phase phase, Load load, int repeat, int orders, double seconds, Used cpu) {
        double rate() {
            return orders / seconds;
        }

        /** How much of the machine's processors was busy for the client and the server. */
        String busy() {
            double all = seconds * Runtime.getRuntime().availableProcessors() / 100;
            return "%.0f %% + %.0f %%".formatted(cpu.client() / all, cpu.server() / all);
        }

        String cpuPerOrder() {
            return "%.0f + %.0f".formatted(cpu.client() * 1e6 / orders, cpu.server() * 1e6 / orders);
        }
    }

    /** What went to the database for each order. */
    record Counted(
            Kind kind, Phase phase, Load load, double statements, double commits, String others, List<String> texts) {}

    /** Latencies in milliseconds at a rate of arrivals. */
    record Latency(
            Kind kind,
            int repeat,
            boolean atHandsRate,
            double rate,
            int orders,
            double p50,
            double p99,
            double worst) {}

    List<Run> of(Kind kind, Phase phase, Load load) {
        return runs.stream()
                .filter(run ->
                        run.kind() == kind && run.phase() == phase && run.load().equals(load))
                .toList();
    }

    /** The median rate of the repeats. */
    OptionalDouble rate(Kind kind, Phase phase, Load load) {
        return median(of(kind, phase, load).stream().map(Run::rate).toList());
    }

    OptionalDouble p99(Kind kind, boolean atHandsRate) {
        return median(latencies.stream()
                .filter(some -> some.kind() == kind && some.atHandsRate() == atHandsRate)
                .map(Latency::p99)
                .toList());
    }

    static OptionalDouble median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return OptionalDouble.empty();
        }
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
