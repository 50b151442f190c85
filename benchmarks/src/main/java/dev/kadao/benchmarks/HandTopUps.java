package dev.kadao.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * What a shop writes by hand: the payment is stored, then one pool of threads for all suppliers calls them one order a
 * thread, with the same time-out, and stores what came of it. Documents and journal rows weigh about what Kadao's do.
 */
final class HandTopUps implements TopUps {
    private static final List<String> TABLES = List.of(
            "CREATE TABLE hand_order (id VARCHAR(40) PRIMARY KEY, stage VARCHAR(20) NOT NULL, document VARCHAR(4000) NOT NULL)",
            "CREATE TABLE hand_journal (id VARCHAR(40) NOT NULL, seq INT NOT NULL, entries VARCHAR(1000) NOT NULL,"
                    + " PRIMARY KEY (id, seq))");
    private static final String DOCUMENT = "d".repeat(2_000);
    private static final String ENTRIES = "e".repeat(500);

    private final DataSource dataSource;
    private final TwoSuppliers suppliers;
    private final Duration callLimit;
    private final Deliveries deliveries;
    private final ExecutorService pool = Executors.newFixedThreadPool(SLOTS);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HandTopUps(DataSource dataSource, TwoSuppliers suppliers, Duration callLimit, Deliveries deliveries)
            throws SQLException {
        this.dataSource = dataSource;
        this.suppliers = suppliers;
        this.callLimit = callLimit;
        this.deliveries = deliveries;
        try (Connection connection = dataSource.getConnection()) {
            Server.execute(connection, TABLES);
            connection.commit();
        }
    }

    @Override
    public void place(int from, int to) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO hand_order VALUES (?, 'PLACED', ?)")) {
            for (int order = from; order < to; order++) {
                insert.setString(1, Orders.id(order));
                insert.setString(2, DOCUMENT);
                insert.executeUpdate();
            }
            connection.commit();
        }
    }

    @Override
    public void pay(int order) throws SQLException {
        move(order, 1, "PLACED", "PAID");
        pool.execute(() -> supply(order));
    }

    private void supply(int order) {
        try {
            boolean isSupplied = call(order);
            if (pool.isShutdown()) {
                return;
            }
            move(order, 2, "PAID", isSupplied ? "DELIVERED" : "UNKNOWN");
            if (isSupplied) {
                deliveries.delivered(order);
            }
        } catch (SQLException e) {
            // A run ends as soon as B's orders are delivered, whatever those of A wait for.
            if (!pool.isShutdown()) {
                throw new IllegalStateException("what became of order " + order + " is not stored", e);
            }
        }
    }

    private boolean call(int order) {
        String body = "{\"reference\":\"%s_1_1\",\"sku\":\"%s\",\"recipient\":\"13800000000\",\"quantity\":1}"
                .formatted(Orders.id(order), TopUps.supplierOf(order));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(suppliers.endpoint(TopUps.supplierOf(order)) + "/orders"))
                .timeout(callLimit)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException timedOutOrLost) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void move(int order, int seq, String from, String to) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE hand_order SET stage = ?, document = ? WHERE id = ? AND stage = ?");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO hand_journal VALUES (?, ?, ?)")) {
            update.setString(1, to);
            update.setString(2, DOCUMENT);
            update.setString(3, Orders.id(order));
            update.setString(4, from);
            if (update.executeUpdate() != 1) {
                throw new SQLException("order " + order + " is not " + from);
            }
            insert.setString(1, Orders.id(order));
            insert.setInt(2, seq);
            insert.setString(3, ENTRIES);
            insert.executeUpdate();
            connection.commit();
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
