package dev.kadao.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * Writes as the library of schema version 1 did, with its columns and guards; never edited. Where that library said
 * "unless there is one" in words of its own for each database, these are plain inserts.
 */
final class PreviousWriter implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 20;
    private static final byte[] DOCUMENT = {123, 125};

    private static final String CHECKOUT_INSERT = """
            INSERT INTO kadao_checkout
              (id, version, seq, step_id, format, document, personal, due, claimant, claimed_until)
              VALUES (?, 1, 1, ?, 1, ?, ?, ?, NULL, NULL)""";
    private static final String CHECKOUT_UPDATE = """
            UPDATE kadao_checkout SET version = version + 1,
              seq = ?, step_id = ?, format = ?, document = ?, personal = ?, due = ?
            WHERE id = ? AND version = ? AND seq = ?""";
    private static final String JOURNAL_INSERT =
            "INSERT INTO kadao_journal (checkout_id, seq, step_id, entries) VALUES (?, ?, ?, ?)";
    private static final String INDEX_INSERT =
            "INSERT INTO kadao_index (kind, val, checkout_id, num) VALUES ('stage', 'PAID', ?, 1)";
    private static final String NOTICE_INSERT = """
            INSERT INTO kadao_notice (notice_key, source, reference, word, raw, state, received_at, due)
              VALUES (?, 'gateway', 'r', ?, ?, 'APPLIED', 1, NULL)""";
    private static final String BATCH_INSERT = """
            INSERT INTO kadao_key_batch
              (id, sku, name, source, wrapped_key, master_key_id, imported, started_at)
            VALUES (?, 'old', 'b', 's', ?, ?, 0, 1)""";
    private static final String BATCH_FINISH =
            "UPDATE kadao_key_batch SET imported = imported + 1, finished_at = 2 WHERE id = ?";
    private static final String KEY_INSERT = """
            INSERT INTO kadao_key (id, sku, fingerprint, batch_id, sealed, state, replacement, changed_at)
              VALUES (?, 'old', ?, ?, ?, 'FREE', 0, 1)""";
    private static final String FREE_KEY_INSERT = "INSERT INTO kadao_free_key (sku, key_id) VALUES ('old', ?)";
    private static final String FREE_KEY_TAKE = "DELETE FROM kadao_free_key WHERE sku = 'old' AND key_id = ?";
    private static final String KEY_BIND = """
            UPDATE kadao_key SET state = 'SOLD', order_id = ?, replacement = 0, slot = 1, changed_at = 2
            WHERE id = ? AND state = 'FREE'""";
    private static final String RESERVATION_INSERT = """
            INSERT INTO kadao_reservation
              (order_id, sku, quantity, state, replacement, revealed, reserved_at, changed_at)
              VALUES (?, 'old', 1, 'HANDED_OVER', 0, 0, 1, 1)""";

    private final DataSource dataSource;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::writeUntilClosed, "previous-writer");
    private final int first;
    private volatile boolean closed;

    /** @param first the number of its first checkout */
    PreviousWriter(DataSource dataSource, int first) {
        this.dataSource = dataSource;
        this.first = first;
        this.written.set(first);
        thread.start();
    }

    /** The checkouts written so far: {@code old0} and so on, each at version 2, every second one quiet. */
    int written() {
        Throwable broken = failure.get();
        if (broken != null) {
            throw new AssertionError("the previous library could not write", broken);
        }
        return written.get();
    }

    /** Stops it and answers how many it wrote. */
    int ended() {
        close();
        return written();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(120_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = first; !closed; i++) {
                writeWithRetries(connection, i);
                written.set(i + 1);
            }
        } catch (SQLException | RuntimeException e) {
            failure.set(e);
        }
    }

    /** As that library: what the database broke off is run again from the start. */
    private static void writeWithRetries(Connection connection, int number) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                sell(connection, number);
                connection.commit();
                return;
            } catch (SQLException e) {
                connection.rollback();
                if (attempt == MOST_ATTEMPTS || !SqlFailure.of(e).isWorthRepeating()) {
                    throw e;
                }
            }
        }
    }

    private static void sell(Connection connection, int number) throws SQLException {
        String cart = "old" + number;
        String key = "key" + number;
        String batch = "batch" + number;
        one(connection, CHECKOUT_INSERT, cart, "s1", DOCUMENT, DOCUMENT, 5L);
        one(connection, JOURNAL_INSERT, cart, 1L, "s1", DOCUMENT);
        one(connection, INDEX_INSERT, cart);
        one(connection, NOTICE_INSERT, "notice" + number, DOCUMENT, DOCUMENT);
        one(connection, BATCH_INSERT, batch, DOCUMENT, TestDatabases.cipher().keyId());
        one(connection, KEY_INSERT, key, key.getBytes(StandardCharsets.UTF_8), batch, DOCUMENT);
        one(connection, FREE_KEY_INSERT, key);
        one(connection, BATCH_FINISH, batch);
        one(connection, FREE_KEY_TAKE, key);
        one(connection, KEY_BIND, cart + ".1", key);
        one(connection, RESERVATION_INSERT, cart + ".1");
        update(connection, cart, 1, 1, number % 2 == 0 ? null : 7L);
    }

    /** A step of that library on a checkout that may have been written by a newer one since. */
    static void update(Connection connection, String cart, long version, long seq, Long due) throws SQLException {
        one(connection, CHECKOUT_UPDATE, seq, "s2", 1, DOCUMENT, DOCUMENT, due, cart, version, seq);
    }

    private static void one(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("no row was written by: " + sql);
            }
        }
    }
}
