package dev.kadao.benchmarks;

import dev.kadao.benchmarks.Results.Counted;
import dev.kadao.benchmarks.Results.Latency;
import dev.kadao.benchmarks.Results.Load;
import dev.kadao.benchmarks.Results.Phase;
import dev.kadao.benchmarks.Results.Run;
import java.io.PrintStream;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * All contenders on one server: rates in several situations, what goes to the database for each order, latencies at half
 * of the peak. Repeats go round by round, so that a disturbance strikes all contenders alike.
 */
final class StorageBenchmark {
    private static final int FEW = 8;
    private static final int MOST_CARRIED = 9_000;
    private static final int STATEMENTS_SHOWN = 30;

    private final Server server;
    private final Options options;
    private final PrintStream out;
    private final Results results = new Results();
    private final Load most;

    StorageBenchmark(Server server, Options options, PrintStream out) {
        this.server = server;
        this.options = options;
        this.out = out;
        this.most = new Load(last(options.clients), last(options.skus));
    }

    private static int last(List<Integer> sorted) {
        return sorted.get(sorted.size() - 1);
    }

    Report run() throws Exception {
        List<String> settings;
        Template template;
        String rows;
        try (Round round = Round.open(server, options, Kind.KADAO, new Orders(1, 1), null, false)) {
            try (Connection connection = round.pool().getConnection()) {
                settings = Machine.answers(connection, server.settings());
            }
            template = Template.from(round.pool(), (Kadao) round.contender(), 0);
            rows = "placing leaves "
                    + template.placing("order0000000", "sku-000").size() + "; delivery "
                    + template.delivering("order0000000", "sku-000").size() + " and a key";
        }
        out.println("\n" + server.title() + ": " + String.join(", ", settings) + "; " + rows);
        warmUp(template);
        for (int repeat = 1; repeat <= options.repeats; repeat++) {
            measureRates(template, repeat);
        }
        count(template);
        if (options.latencySeconds > 0) {
            for (int repeat = 1; repeat <= options.repeats; repeat++) {
                measureLatencies(template, repeat);
            }
        }
        return new Report(server, options, settings, rows, results, most);
    }

    /**
     * The JVM compiles what it runs, the longer the more there is of it; nothing of this is counted. In rounds of the
     * usual size, since what the tables hold is part of what is compiled for.
     */
    private void warmUp(Template template) throws Exception {
        for (int done = 0; done < options.warmUp; done += options.orders) {
            for (Kind kind : Kind.values()) {
                Orders orders = new Orders(Math.min(options.orders, options.warmUp - done), most.skus());
                try (Round round = Round.open(server, options, kind, orders, template, false)) {
                    round.place(most.clients());
                    round.prepareDelivery();
                    round.deliver(most.clients());
                    round.checkDelivered();
                }
            }
        }
    }

    private void measureRates(Template template, int repeat) throws Exception {
        for (int clients : options.clients) {
            // One client does the same whatever the SKUs.
            List<Integer> skus = clients == 1 ? List.of(most.skus()) : options.skus;
            for (int number : skus) {
                Load load = new Load(clients, number);
                for (Kind kind : clients == most.clients() ? List.of(Kind.values()) : Kind.WITH_CLIENTS) {
                    measure(template, kind, load, repeat);
                }
            }
        }
        for (Kind kind : Kind.values()) {
            Orders orders = new Orders(options.orders, most.skus());
            try (Round round = Round.open(server, options, kind, orders, template, false)) {
                round.placeForSteps();
                add(kind, Phase.STEP, most, repeat, orders, round.step(most.clients()));
            }
        }
    }

    private void measure(Template template, Kind kind, Load load, int repeat) throws Exception {
        Orders orders = orders(load);
        try (Round round = Round.open(server, options, kind, orders, template, false)) {
            add(kind, Phase.PLACE, load, repeat, orders, round.place(load.clients()));
            round.prepareDelivery();
            add(kind, Phase.DELIVER, load, repeat, orders, round.deliver(load.clients()));
            round.checkDelivered();
        }
    }

    private Orders orders(Load load) {
        int count = load.clients() < FEW ? Math.max(100, options.orders / 8) : options.orders;
        return new Orders(count, load.skus());
    }

    private void add(Kind kind, Phase phase, Load load, int repeat, Orders orders, Round.Timed timed) {
        Run run = new Run(kind, phase, load, repeat, orders.count(), timed.seconds(), timed.cpu());
        results.runs.add(run);
        out.printf(
                "%-10s %-34s %-17s %3d clients %4d SKUs  #%d %9.0f/s  CPU client + server %s, %s us each%n",
                server.title(),
                kind.title,
                phase.title,
                load.clients(),
                load.skus(),
                repeat,
                run.rate(),
                run.busy(),
                run.cpuPerOrder());
    }

    private void count(Template template) throws Exception {
        for (int clients : options.clients) {
            Load load = new Load(clients, most.skus());
            Orders orders = new Orders(orders(load).count() / 2, most.skus());
            for (Kind kind : clients == most.clients() ? List.of(Kind.values()) : Kind.WITH_CLIENTS) {
                try (Round round = Round.open(server, options, kind, orders, template, true)) {
                    round.counting().reset();
                    round.place(clients);
                    add(kind, Phase.PLACE, load, orders, round.counting().counts());
                    round.prepareDelivery();
                    round.counting().reset();
                    round.deliver(clients);
                    add(kind, Phase.DELIVER, load, orders, round.counting().counts());
                }
            }
        }
    }

    private void add(Kind kind, Phase phase, Load load, Orders orders, CountingDataSource.Counts counts) {
        double count = orders.count();
        String others = counts.others().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "%s %.2f".formatted(entry.getKey(), entry.getValue() / count))
                .collect(Collectors.joining(", "));
        List<String> texts = counts.texts().entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, Long>::getValue).reversed())
                .limit(STATEMENTS_SHOWN)
                .map(entry -> "%.3f  %s".formatted(entry.getValue() / count, shortened(entry.getKey())))
                .toList();
        Counted counted =
                new Counted(kind, phase, load, counts.statements() / count, counts.commits() / count, others, texts);
        results.counted.add(counted);
        out.printf(
                "%-10s %-34s %-17s %3d clients: %.3f statements, %.3f commits an order; other calls: %s%n",
                server.title(),
                kind.title,
                phase.title,
                load.clients(),
                counted.statements(),
                counted.commits(),
                others);
        if (kind == Kind.KADAO) {
            texts.forEach(text -> out.println("      " + text));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private void measureLatencies(Template template, int repeat) throws Exception {
        double kadao = results.rate(Kind.KADAO, Phase.DELIVER, most).orElseThrow() / 2;
        double byHand = results.rate(Kind.BY_HAND, Phase.DELIVER, most).orElseThrow() / 2;
        measureLatency(template, Kind.KADAO, kadao, false, repeat);
        measureLatency(template, Kind.BY_HAND, byHand, false, repeat);
        measureLatency(template, Kind.KADAO, byHand, true, repeat);
    }

    private void measureLatency(Template template, Kind kind, double rate, boolean atHandsRate, int repeat)
            throws Exception {
        // No more than the engine carries in memory: what it would have to read again is another question.
        Orders orders = new Orders((int) Math.min(MOST_CARRIED, rate * options.latencySeconds), most.skus());
        try (Round round = Round.open(server, options, kind, orders, template, false)) {
            round.place(most.clients());
            round.prepareDelivery();
            Histogram found = OpenLoop.run(most.clients(), orders.count(), rate, round.contender()::deliver);
            round.checkDelivered();
            Latency latency = new Latency(
                    kind,
                    repeat,
                    atHandsRate,
                    rate,
                    orders.count(),
                    found.getValueAtPercentile(50) / 1e6,
                    found.getValueAtPercentile(99) / 1e6,
                    found.getMaxValue() / 1e6);
            results.latencies.add(latency);
            out.printf(
                    "%-10s %-34s latency at %.0f/s #%d: p50 %.2f ms, p99 %.2f ms, worst %.2f ms (%d orders)%n",
                    server.title(),
                    kind.title,
                    rate,
                    repeat,
                    latency.p50(),
                    latency.p99(),
                    latency.worst(),
                    orders.count());
        }
    }
}
