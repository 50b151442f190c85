package dev.kadao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a supplier that hangs holds up the orders of another one: the time from paid to delivered of B's orders while
 * A answers as B does, while A takes requests and never answers, and with no orders of A at all; of Kadao, and of one
 * pool of threads for all suppliers. Contenders and cases take turns within each repeat.
 */
final class IsolationBenchmark {
    static final Duration CALL_LIMIT = Duration.ofSeconds(3);
    static final int WARM_UP = 1_500;

    private static final int WARM_UP_RATE = 100;
    private static final int THREADS = 32;
    /** For what is on its way when the arrivals end and A still hangs. */
    private static final long GRACE_NANOS = 2_000_000_000L;

    private static final double MOST_TIMES = 2;

    private final Server server;
    private final Options options;
    private final PrintStream out;
    private final List<Case> cases = new ArrayList<>();

    /** What A does meanwhile. */
    private enum SupplierA {
        ANSWERS("answers"),
        HANGS("hangs"),
        /** Nobody orders anything of it: less work than undisturbed, which a hanging one must not be compared with alone. */
        UNUSED("has no orders");

        private final String title;

        SupplierA(String title) {
            this.title = title;
        }
    }

    /** One run: latencies of B's orders in milliseconds, in order. */
    private record Case(boolean isKadao, SupplierA a, int repeat, int hung, boolean inTime, List<Double> millis) {
        String title() {
            return isKadao ? "Kadao" : "one pool for all suppliers, by hand";
        }

        double at(double share) {
            return millis.get((int) Math.ceil(share * millis.size()) - 1);
        }

        double worst() {
            return millis.get(millis.size() - 1);
        }
    }

    IsolationBenchmark(Server server, Options options, PrintStream out) {
        this.server = server;
        this.options = options;
        this.out = out;
    }

    List<String> run() throws Exception {
        List<String> settings = settings();
        out.println("\n" + server.title() + ": " + String.join(", ", settings));
        for (boolean isKadao : List.of(true, false)) {
            measure(isKadao, SupplierA.ANSWERS, 0, WARM_UP, WARM_UP_RATE);
        }
        int orders = 2 * options.isolationRate * options.isolationSeconds;
        for (int repeat = 1; repeat <= options.repeats; repeat++) {
            for (SupplierA a : SupplierA.values()) {
                for (boolean isKadao : List.of(true, false)) {
                    if (isKadao || a != SupplierA.UNUSED) {
                        Case measured = measure(isKadao, a, repeat, orders, 2.0 * options.isolationRate);
                        cases.add(measured);
                        out.println(row(measured));
                    }
                }
            }
        }
        List<String> lines = markdown(settings);
        out.println("\n" + String.join("\n", lines));
        return lines;
    }

    private List<String> settings() throws Exception {
        String url = server.freshUrl();
        try (HikariDataSource pool = Pools.plain(url, 1);
                Connection connection = pool.getConnection()) {
            return Machine.answers(connection, server.settings());
        } finally {
            server.drop(url);
        }
    }

    private Case measure(boolean isKadao, SupplierA a, int repeat, int orders, double rate) throws Exception {
        String url = server.freshUrl();
        Deliveries deliveries = new Deliveries(orders);
        int[] ofB = IntStream.range(0, orders)
                .filter(order -> TopUps.supplierOf(order).equals("b"))
                .toArray();
        try (TwoSuppliers suppliers = new TwoSuppliers(a == SupplierA.HANGS);
                HikariDataSource pool = isKadao ? Pools.plain(url, options.pool) : Pools.byHand(url, options.pool);
                TopUps shop = isKadao
                        ? new KadaoTopUps(pool, suppliers, CALL_LIMIT, deliveries)
                        : new HandTopUps(pool, suppliers, CALL_LIMIT, deliveries)) {
            Crowd.seconds(THREADS, orders, 1, shop::place);
            OpenLoop.arrivals(THREADS, orders, rate, (order, intended) -> {
                if (a != SupplierA.UNUSED || TopUps.supplierOf(order).equals("b")) {
                    deliveries.intended(order, intended);
                    shop.pay(order);
                }
            });
            boolean inTime = deliveries.await(IntStream.of(ofB), GRACE_NANOS);
            int hung = suppliers.taken();
            suppliers.letGo();
            deliveries.awaitSurely(IntStream.of(ofB));
            return new Case(isKadao, a, repeat, hung, inTime, deliveries.millis(IntStream.of(ofB)));
        } finally {
            server.drop(url);
        }
    }

    private List<String> markdown(List<String> settings) {
        List<String> lines = new ArrayList<>();
        lines.add("## Isolation on " + server.title());
        lines.add("");
        lines.add(String.join("; ", settings) + ".");
        lines.add("");
        lines.add("| target | to reach | measured | |");
        lines.add("|---|---|---|---|");
        for (SupplierA other : List.of(SupplierA.ANSWERS, SupplierA.UNUSED)) {
            boolean isReached = p99(true, SupplierA.HANGS) / p99(true, other) <= MOST_TIMES;
            String when = other == SupplierA.ANSWERS ? "undisturbed" : "without any orders of A";
            String outcome = isReached ? "reached" : "**not reached**";
            lines.add("| p99 of B's orders while A hangs, of the one %s | at most %.0f times | %s | %s |"
                    .formatted(when, MOST_TIMES, shown(true, other), outcome));
        }
        lines.add("| the first, one pool for all suppliers, by hand | none set | %s | |"
                .formatted(shown(false, SupplierA.ANSWERS)));
        lines.add("");
        lines.add(
                "Orders of B from paid to delivered, in milliseconds, counted from the time the payment was to arrive;"
                        + " by hand, what was not delivered when the arrivals ended waited until A let go, 2 s later.");
        lines.add("");
        lines.add("| contender | supplier A | repeat | p50 | p99 | worst | calls that A held | all while A hung |");
        lines.add("|---|---|---|---|---|---|---|---|");
        cases.forEach(measured -> lines.add(row(measured)));
        lines.add("");
        return lines;
    }

    private static String row(Case measured) {
        return "| %s | %s | %d | %.2f | %.2f | %.2f | %d | %s |"
                .formatted(
                        measured.title(),
                        measured.a().title,
                        measured.repeat(),
                        measured.at(0.5),
                        measured.at(0.99),
                        measured.worst(),
                        measured.hung(),
                        measured.inTime() ? "yes" : "**no**");
    }

    private String shown(boolean isKadao, SupplierA other) {
        double hanging = p99(isKadao, SupplierA.HANGS);
        return "%.2f times (%.2f ms of %.2f ms)".formatted(hanging / p99(isKadao, other), hanging, p99(isKadao, other));
    }

    /** The median over the repeats. */
    private double p99(boolean isKadao, SupplierA a) {
        double[] sorted = cases.stream()
                .filter(measured -> measured.isKadao() == isKadao && measured.a() == a)
                .mapToDouble(measured -> measured.at(0.99))
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
