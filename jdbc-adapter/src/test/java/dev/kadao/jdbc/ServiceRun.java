package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.Fulfillment;
import dev.kadao.desk.Desk;
import dev.kadao.insight.ServiceStatistics;
import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.order.Route;
import dev.kadao.testkit.FakeDispatcher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Times the statistics of 30 days, by hand: no test. Arguments: the JDBC URL of an empty database (or {@code postgres} or
 * {@code mariadb} for the tests' own server), then how many orders were delivered in those days. They are of 100 SKUs,
 * half of them from stock, the others by three suppliers that take 2 to 200 seconds.
 */
final class ServiceRun {
    private static final int DAYS = 30;
    private static final int SKUS = 100;
    private static final int BATCH = 10_000;
    private static final int REPEATS = 3;

    private ServiceRun() {}

    public static void main(String[] arguments) throws SQLException {
        String url = switch (arguments[0]) {
            case "postgres" -> TestServers.postgres().freshUrl();
            case "mariadb" -> TestServers.mariadb().freshUrl();
            default -> arguments[0];
        };
        int orders = Integer.parseInt(arguments[1]);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (HikariDataSource pool = TestServer.pool(url)) {
            JdbcCheckoutStore store = JdbcCheckoutStore.over(pool).open();
            long begun = System.nanoTime();
            fill(pool, orders, today);
            FinishedOrders.analyze(pool);
            print("%s: %d rows in %d ms", url.split(":")[1], orders, since(begun));
            for (int repeat = 1; repeat <= REPEATS; repeat++) {
                try (Fulfillment shop = Fulfillment.builder()
                        .store(store)
                        .supplier("a", FakeDispatcher.atMostOnce(InstantSource.system()))
                        .router(sku -> Optional.of(Route.topUp("a")))
                        .build()) {
                    time(shop.desk(), repeat, today);
                }
            }
        }
    }

    private static void time(Desk desk, int repeat, LocalDate today) {
        for (String call : new String[] {"first", "again"}) {
            long begun = System.nanoTime();
            ServiceStatistics service = desk.statistics(today.minusDays(DAYS - 1), today);
            long took = since(begun);
            print(
                    "  run %d, %s: %d ms for %d delivered, %d SKUs, p95 %s",
                    repeat,
                    call,
                    took,
                    service.all().delivered(),
                    service.bySku().size(),
                    service.all().paidToDelivered().orElseThrow().p95());
        }
        long begun = System.nanoTime();
        desk.statistics(today.minusDays(1), today);
        print("  run %d, today and yesterday: %d ms", repeat, since(begun));
    }

    private static void fill(HikariDataSource pool, int orders, LocalDate today) throws SQLException {
        SplittableRandom random = new SplittableRandom(7);
        try (Connection connection = pool.getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "INSERT INTO kadao_index (kind, val, checkout_id, num) VALUES ('service', ?, ?, 1)")) {
            connection.setAutoCommit(false);
            for (int i = 1; i <= orders; i++) {
                int bucket = random.nextBoolean() ? 0 : 80 + random.nextInt(24) + random.nextInt(24);
                String source = bucket == 0 ? "-" : "=" + "abc".charAt(random.nextInt(3));
                String flags = random.nextInt(50) == 0 ? "T-D" : bucket > 122 ? "L--" : "T--";
                row.setString(
                        1,
                        "%s|%03d|%s|%s|sku-%d"
                                .formatted(
                                        DateTimeFormatter.BASIC_ISO_DATE.format(today.minusDays(random.nextInt(DAYS))),
                                        bucket,
                                        flags,
                                        source,
                                        random.nextInt(SKUS)));
                row.setString(2, "s%010d".formatted(i));
                row.addBatch();
                if (i % BATCH == 0 || i == orders) {
                    row.executeBatch();
                    connection.commit();
                }
            }
            connection.setAutoCommit(true);
        }
    }

    private static long since(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
