package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Fills a database with checkouts that are over, by statements over many rows: each of one order with a sold key, a
 * reservation, four journal rows, seven index rows and one notice, in the sizes that small orders have. The contents are
 * filler. Final times go back a second each from the given one on.
 */
final class FinishedOrders {
    private static final int ROWS_A_TRANSACTION = 50_000;
    private static final String DOCUMENT = "d".repeat(1_200);
    private static final String ENTRIES = "e".repeat(350);

    private static final List<String> STATEMENTS = List.of("""
            INSERT INTO kadao_checkout (id, version, seq, step_id, format, document, personal, due, final_at)
            SELECT CONCAT('f', @n@), 5, 4, CONCAT('s', @n@), 1, @document@, @short@, NULL, @last@ - @i@ * 1000000
            FROM @rows@""", """
            INSERT INTO kadao_journal (checkout_id, seq, step_id, entries)
            SELECT CONCAT('f', @n@), q.seq, CONCAT('s', @n@), @entries@
            FROM @rows@ CROSS JOIN (SELECT 1 AS seq UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) q""", """
            INSERT INTO kadao_index (kind, val, checkout_id, num)
            SELECT q.kind, q.val, CONCAT('f', @n@), 1
            FROM @rows@ CROSS JOIN (SELECT 'order' AS kind, '' AS val UNION ALL SELECT 'stage', 'COMPLETED'
              UNION ALL SELECT 'sku', 'sku' UNION ALL SELECT 'payment', '' UNION ALL SELECT 'payment-status', 'paid'
              UNION ALL SELECT 'message', 'sent') q""", """
            INSERT INTO kadao_index (kind, val, checkout_id, num)
            SELECT 'trade', CONCAT('t', @n@), CONCAT('f', @n@), 1 FROM @rows@""", """
            INSERT INTO kadao_notice (notice_key, source, reference, word, raw, state, received_at, due)
            SELECT CONCAT('n', @n@), 'gateway:g', CONCAT('f', @n@, '_p1'), @short@, @entries@, 'APPLIED',
              @last@ - @i@ * 1000000, NULL FROM @rows@""", """
            INSERT INTO kadao_key
              (id, sku, batch_id, sealed, fingerprint, state, order_id, replacement, slot, changed_at)
            SELECT CONCAT('k', @n@), 'sku', 'filled', @short@, @fingerprint@, 'SOLD', CONCAT('f', @n@, '.1'), 0, 1, 1
            FROM @rows@""", """
            INSERT INTO kadao_reservation
              (order_id, sku, quantity, state, replacement, revealed, reserved_at, changed_at)
            SELECT CONCAT('f', @n@, '.1'), 'sku', 1, 'HANDED_OVER', 0, 0, @last@ - @i@ * 1000000, 1 FROM @rows@""");

    private FinishedOrders() {}

    /** What the databases say differently. */
    private enum Words {
        H2("LPAD(CAST(r.i AS VARCHAR), 9, '0')", "CAST('%s' AS VARBINARY)", "SYSTEM_RANGE(%d, %d) r", "X"),
        POSTGRES("LPAD(r.i::text, 9, '0')", "'%s'::bytea", "generate_series(%d::bigint, %d::bigint) AS r (i)", "i"),
        MARIADB("LPAD(r.seq, 9, '0')", "'%s'", "seq_%d_to_%d r", "seq");

        private final String number;
        private final String bytes;
        private final String rows;
        private final String column;

        Words(String number, String bytes, String rows, String column) {
            this.number = number;
            this.bytes = bytes;
            this.rows = rows;
            this.column = column;
        }

        static Words of(Connection connection) throws SQLException {
            String product = connection.getMetaData().getDatabaseProductName();
            return product.equals("H2") ? H2 : product.equals("PostgreSQL") ? POSTGRES : MARIADB;
        }

        String spelt(String text, long first, long last, long lastFinalMicros) {
            String n = number.replace("r.i", "r." + column);
            String fingerprint = switch (this) {
                case H2 -> "CAST(CONCAT('fingerprint of ', " + n + ") AS VARBINARY)";
                case POSTGRES -> "CONCAT('fingerprint of ', " + n + ")::bytea";
                case MARIADB -> "CONCAT('fingerprint of ', " + n + ")";
            };
            return text.replace("@n@", n)
                    .replace("@i@", "r." + column)
                    .replace("@document@", bytes.formatted(DOCUMENT))
                    .replace("@entries@", bytes.formatted(ENTRIES))
                    .replace("@short@", bytes.formatted("short text of sixty characters or so, as small things are"))
                    .replace("@fingerprint@", fingerprint)
                    .replace("@last@", Long.toString(lastFinalMicros))
                    .replace("@rows@", rows.formatted(first, last));
        }
    }

    /** Adds numbers first to last; the tables are there, and nobody has added these. */
    static void add(DataSource database, long first, long last, long lastFinalMicros) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Words words = Words.of(connection);
            connection.setAutoCommit(false);
            for (long from = first; from <= last; from += ROWS_A_TRANSACTION) {
                for (String statement : STATEMENTS) {
                    long to = Math.min(last, from + ROWS_A_TRANSACTION - 1);
                    String text = words.spelt(statement, from, to, lastFinalMicros);
                    try (PreparedStatement filling = connection.prepareStatement(text)) {
                        filling.executeUpdate();
                    }
                }
                connection.commit();
            }
            connection.setAutoCommit(true);
        }
    }

    /** Lets the database count its rows, as it does by itself after a while. */
    static void analyze(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (Words.of(connection) != Words.MARIADB) {
                TestDatabases.execute(database, "ANALYZE");
                return;
            }
            for (String name : List.of("checkout", "journal", "index", "notice", "key", "free_key", "reservation")) {
                TestDatabases.execute(database, "ANALYZE TABLE kadao_" + name);
            }
        }
    }
}
