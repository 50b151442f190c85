package dev.kadao.benchmarks;

import dev.kadao.benchmarks.Results.Load;
import dev.kadao.benchmarks.Results.Phase;
import dev.kadao.benchmarks.Results.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables of one database, as Markdown. */
final class Report {
    private final Server server;
    private final Options options;
    private final List<String> settings;
    private final String rows;
    private final Results results;
    private final Load most;

    Report(Server server, Options options, List<String> settings, String rows, Results results, Load most) {
        this.server = server;
        this.options = options;
        this.settings = settings;
        this.rows = rows;
        this.results = results;
        this.most = most;
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("## " + server.title());
        lines.add("");
        lines.add(String.join("; ", settings) + ". For each order " + rows + ".");
        lines.add("");
        addTargets(lines);
        addRates(lines);
        addCounts(lines);
        addLatencies(lines);
        return lines;
    }

    private void addTargets(List<String> lines) {
        lines.add("| target | to reach | measured | |");
        lines.add("|---|---|---|---|");
        for (Targets.Target target : Targets.of(server, results, most)) {
            String verdict = target.wanted().equals("none set") ? "" : target.reached() ? "reached" : "**not reached**";
            lines.add("| %s | %s | %s | %s |".formatted(target.name(), target.wanted(), target.measured(), verdict));
        }
        lines.add("");
    }

    private void addRates(List<String> lines) {
        lines.add(
                "Orders (steps) a second: every repeat, the median in bold; processors busy for client + server, of all,"
                        + " and processor time for each order in microseconds, in the median repeat.");
        lines.add("");
        lines.add("| what | clients | SKUs | contender | repeats | median | busy | µs each |");
        lines.add("|---|---|---|---|---|---|---|---|");
        Set<Load> loads = new LinkedHashSet<>();
        results.runs.forEach(run -> loads.add(run.load()));
        for (Phase phase : List.of(Phase.DELIVER, Phase.PLACE, Phase.STEP)) {
            for (Load load : loads) {
                for (Kind kind : Kind.values()) {
                    addRate(lines, phase, load, kind);
                }
            }
        }
        lines.add("");
    }

    private void addRate(List<String> lines, Phase phase, Load load, Kind kind) {
        List<Run> runs = results.of(kind, phase, load);
        if (runs.isEmpty()) {
            return;
        }
        double median = results.rate(kind, phase, load).orElseThrow();
        Run middle = runs.stream()
                .sorted((a, b) -> Double.compare(Math.abs(a.rate() - median), Math.abs(b.rate() - median)))
                .findFirst()
                .orElseThrow();
        lines.add("| %s | %d | %d | %s | %s | **%.0f** | %s | %s |"
                .formatted(
                        phase.title,
                        load.clients(),
                        load.skus(),
                        kind.title,
                        runs.stream().map(run -> "%.0f".formatted(run.rate())).collect(Collectors.joining(", ")),
                        median,
                        middle.busy(),
                        middle.cpuPerOrder()));
    }

    private void addCounts(List<String> lines) {
        lines.add(
                "What goes to the database for each order (a JDBC batch counts as one statement), counted in a pass of"
                        + " its own.");
        lines.add("");
        lines.add("| what | clients | contender | statements | commits | other calls on the connection |");
        lines.add("|---|---|---|---|---|---|");
        results.counted.forEach(counted -> lines.add("| %s | %d | %s | %.3f | %.3f | %s |"
                .formatted(
                        counted.phase().title,
                        counted.load().clients(),
                        counted.kind().title,
                        counted.statements(),
                        counted.commits(),
                        counted.others())));
        lines.add("");
    }

    private void addLatencies(List<String> lines) {
        if (results.latencies.isEmpty()) {
            return;
        }
        lines.add(
                "Latency from paid to delivered in milliseconds, %d clients, arrivals at random for about %d s that do"
                                .formatted(most.clients(), options.latencySeconds)
                        + " not wait for one another; counted from the time an order was to arrive.");
        lines.add("");
        lines.add("| contender | arrivals | repeat | p50 | p99 | worst |");
        lines.add("|---|---|---|---|---|---|");
        results.latencies.forEach(latency -> lines.add("| %s | %.0f/s, half of %s peak | %d | %.2f | %.2f | %.2f |"
                .formatted(
                        latency.kind().title,
                        latency.rate(),
                        latency.atHandsRate() ? "the hand-written one's" : "its own",
                        latency.repeat(),
                        latency.p50(),
                        latency.p99(),
                        latency.worst())));
        lines.add("");
    }
}
