package dev.kadao.benchmarks;

import dev.kadao.benchmarks.Results.Counted;
import dev.kadao.benchmarks.Results.Load;
import dev.kadao.benchmarks.Results.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What was to be reached on a database, beside what was. */
final class Targets {
    private final Server server;
    private final Results results;
    private final Load most;
    private final List<Target> targets = new ArrayList<>();

    /** One of them. */
    record Target(String name, String wanted, String measured, boolean reached) {}

    private Targets(Server server, Results results, Load most) {
        this.server = server;
        this.results = results;
        this.most = most;
    }

    static List<Target> of(Server server, Results results, Load most) {
        Targets all = new Targets(server, results, most);
        all.addCounts();
        all.addRates();
        all.addLatency();
        return all.targets;
    }

    private void addCounts() {
        if (server.isPostgres()) {
            below("statements from notice to delivered, %d clients".formatted(most.clients()), 0.5, statements(most));
            below("commits from notice to delivered, %d clients".formatted(most.clients()), 0.1, commits(most));
        }
        Load one = new Load(1, most.skus());
        OptionalDouble commits = sum(one, Counted::commits);
        if (commits.isPresent()) {
            double found = commits.getAsDouble();
            add("commits from placing to delivered, 1 client", "2", "%.2f".formatted(found), found < 2.05);
        }
    }

    private OptionalDouble statements(Load load) {
        return only(load, Phase.DELIVER).stream()
                .mapToDouble(Counted::statements)
                .findFirst();
    }

    private OptionalDouble commits(Load load) {
        return only(load, Phase.DELIVER).stream().mapToDouble(Counted::commits).findFirst();
    }

    private OptionalDouble sum(Load load, ToDoubleFunction<Counted> value) {
        List<Counted> both = new ArrayList<>(only(load, Phase.PLACE));
        both.addAll(only(load, Phase.DELIVER));
        return both.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(both.stream().mapToDouble(value).sum());
    }

    private List<Counted> only(Load load, Phase phase) {
        return results.counted.stream()
                .filter(counted ->
                        counted.kind() == Kind.KADAO && counted.load().equals(load) && counted.phase() == phase)
                .toList();
    }

    private void addRates() {
        OptionalDouble kadao = rate(Kind.KADAO, most);
        share("paid to delivered, of the roofline", server.isPostgres() ? 60 : 0, kadao, rate(Kind.ROOFLINE, most));
        Load hot = new Load(most.clients(), 1);
        share("one hot SKU, of a hundred SKUs", server.isPostgres() ? 90 : 0, rate(Kind.KADAO, hot), kadao);
        Load one = new Load(1, most.skus());
        share("one client, of one transaction an order by hand", 100, rate(Kind.KADAO, one), rate(Kind.BY_HAND, one));
        if (server instanceof H2File && kadao.isPresent()) {
            double found = kadao.getAsDouble();
            add("paid to delivered", "1000/s", "%.0f/s".formatted(found), found >= 1_000);
        }
    }

    private OptionalDouble rate(Kind kind, Load load) {
        return results.rate(kind, Phase.DELIVER, load);
    }

    private void addLatency() {
        OptionalDouble kadao = results.p99(Kind.KADAO, false);
        OptionalDouble byHand = results.p99(Kind.BY_HAND, false);
        if (kadao.isPresent() && byHand.isPresent()) {
            add(
                    "p99 at half of the own peak",
                    "%.2f ms (by hand)".formatted(byHand.getAsDouble()),
                    "%.2f ms".formatted(kadao.getAsDouble()),
                    kadao.getAsDouble() <= byHand.getAsDouble());
        }
    }

    private void share(String name, int percent, OptionalDouble part, OptionalDouble whole) {
        if (part.isPresent() && whole.isPresent()) {
            double found = 100 * part.getAsDouble() / whole.getAsDouble();
            String measured = "%.0f %% (%.0f/s of %.0f/s)".formatted(found, part.getAsDouble(), whole.getAsDouble());
            add(name, percent == 0 ? "none set" : percent + " %", measured, found >= percent);
        }
    }

    private void below(String name, double limit, OptionalDouble found) {
        if (found.isPresent()) {
            double value = found.getAsDouble();
            add(name, "under " + limit, "%.3f".formatted(value), value < limit);
        }
    }

    private void add(String name, String wanted, String measured, boolean reached) {
        targets.add(new Target(name, wanted, measured, reached));
    }
}
