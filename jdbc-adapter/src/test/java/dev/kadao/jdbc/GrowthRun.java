package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.Step;
import dev.kadao.testkit.rules.StepDraft;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Times what must not slow down with the number of finished orders, by hand: no test. Arguments: the JDBC URL of an
 * empty database (or {@code postgres} or {@code mariadb} for the tests' own server), then numbers of finished orders to
 * grow to. Prints the median and the 99th percentile of each repeat, in
 * microseconds on one connection.
 */
final class GrowthRun {
    private static final int REPEATS = 3;
    private static final int CALLS = 300;
    private static final Duration FACTS = Duration.ofDays(40);

    private final DataSource database;
    private final JdbcCheckoutStore store;
    private final String run = Long.toString(System.nanoTime(), 36);
    private int number;

    private GrowthRun(DataSource database) {
        this.database = database;
        this.store = JdbcCheckoutStore.over(database).open();
    }

    /** A call to be timed. */
    private interface Call {
        void run() throws SQLException;
    }

    public static void main(String[] arguments) throws SQLException {
        String url = switch (arguments[0]) {
            case "postgres" -> TestServers.postgres().freshUrl();
            case "mariadb" -> TestServers.mariadb().freshUrl();
            default -> arguments[0];
        };
        try (HikariDataSource pool = TestServer.pool(url)) {
            try (Connection connection = pool.getConnection()) {
                print(
                        "%s %s, Java %s, %d processors, heap up to %d MB",
                        connection.getMetaData().getDatabaseProductName(),
                        connection.getMetaData().getDatabaseProductVersion(),
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory() >> 20);
            }
            GrowthRun growth = new GrowthRun(pool);
            long orders = 0;
            for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
                long wanted = Long.parseLong(argument);
                long begun = System.nanoTime();
                long lastFinal = Micros.of(Instant.now().minus(FACTS)) - orders * 1_000_000;
                FinishedOrders.add(pool, orders + 1, wanted, lastFinal);
                FinishedOrders.analyze(pool);
                print(
                        "filled from %d to %d orders in %d s",
                        orders, wanted, (System.nanoTime() - begun) / 1_000_000_000);
                orders = wanted;
                growth.time();
            }
        }
    }

    private void time() throws SQLException {
        JdbcKeyInventory inventory =
                JdbcKeyInventory.over(database, TestDatabases.cipher()).open();
        for (int repeat = 1; repeat <= REPEATS; repeat++) {
            int first = number;
            String keys = IntStream.range(0, CALLS)
                    .mapToObj(i -> run + "-" + (first + i))
                    .collect(Collectors.joining("\n"));
            inventory.importKeys("sku", TestDatabases.text(keys), run + "-" + first, "run");
            report(repeat, "idle look", () -> store.claim("w", Duration.ofSeconds(1), 10));
            number = first;
            report(repeat, "place, due now", () -> store.commit(List.of(placed(++number))));
            report(repeat, "claim of one", () -> store.claim("w", Duration.ofMillis(1), 1));
            number = first;
            report(repeat, "notice to delivered", () -> store.commit(List.of(sold(++number))));
            number = first;
            report(repeat, "find by trade number", () -> find("trade", "t%09d".formatted(++number)));
            report(repeat, "page of a stage", () -> find("stage", "COMPLETED"));
        }
        JdbcRetention retention = JdbcRetention.over(database).facts(FACTS).open();
        retention.run(1);
        for (int repeat = 1; repeat <= REPEATS; repeat++) {
            long begun = System.nanoTime();
            RetentionReport report = retention.run(10);
            print(
                    "  %-22s repeat %d: %d checkouts in %d ms",
                    "purge", repeat, report.checkouts(), (System.nanoTime() - begun) / 1_000_000);
        }
    }

    private Step placed(int i) {
        return StepDraft.insert("r" + i + run)
                .document("d".repeat(1_200))
                .due(Instant.EPOCH)
                .journal("e".repeat(350))
                .index(new IndexRow("order", "", 1), new IndexRow("stage", "AWAITING_PAYMENT", 1))
                .plain();
    }

    private Step sold(int i) {
        CheckoutId id = new CheckoutId("r" + i + run);
        return StepDraft.on(store.read(id).checkout().orElseThrow())
                .document("d".repeat(1_200))
                .journal("e".repeat(350))
                .index(new IndexRow("order", "", 1), new IndexRow("stage", "DELIVERED", 1))
                .due(Instant.now().plus(Duration.ofDays(3)))
                .withStock(new Step.StockRequest.Take(new OrderId(id, 1), "sku", 1, Instant.now()));
    }

    private void find(String kind, String value) {
        store.view(view -> view.find(new IndexQuery(kind, value, false, null, 50)));
    }

    private static void report(int repeat, String what, Call call) throws SQLException {
        long[] micros = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begun = System.nanoTime();
            call.run();
            micros[i] = (System.nanoTime() - begun) / 1_000;
        }
        Arrays.sort(micros);
        print("  %-22s repeat %d: median %6d, p99 %6d", what, repeat, micros[CALLS / 2], micros[CALLS * 99 / 100]);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
