package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** H2 2.x in its native mode, in memory or in a file. */
final class H2Dialect implements Dialect {
    static final String PRODUCT = "H2";
    private static final ReentrantLock MIGRATION = new ReentrantLock();
    private static final int H2_SNAPSHOT = 6;
    /** So many more free keys are looked at than wanted: takers at the same moment then rarely want the same one. */
    private static final int SPREAD = 64;

    private static final int MOST_ROUNDS = 50;

    /** The casts matter: IGNORECASE changes what VARCHAR means, and leaves literals alone. */
    private static final String COMPARES_EXACTLY = """
            SELECT CAST('a' AS VARCHAR(2)) <> CAST('A' AS VARCHAR(2))
              AND CAST('B' AS VARCHAR(2)) < CAST('a' AS VARCHAR(2))
              AND CAST('a ' AS VARCHAR(2)) <> CAST('a' AS VARCHAR(2))""";

    private static final String SERVER =
            "SELECT SERVER FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()";

    @Override
    public String text(Query query) {
        return H2Statements.text(query);
    }

    @Override
    public ManyRows manyRows() {
        return ManyRows.EACH;
    }

    /**
     * H2 locks every row that matches before it counts to a limit: one taker would lock the whole stock of a SKU. So
     * candidates are read without a lock, more than are wanted, and each is locked by its id in an order of chance.
     */
    @Override
    public FreeKeys lockFreeKeys(Session session, SortedMap<String, Integer> wanted, Instant now, boolean patiently)
            throws SQLException {
        FreeKeys found = new FreeKeys();
        for (Map.Entry<String, Integer> want : wanted.entrySet()) {
            lockFreeKeys(session, want.getKey(), want.getValue(), now, patiently, found)
                    .forEach(key -> found.add(want.getKey(), key));
        }
        return found;
    }

    private static Set<String> lockFreeKeys(
            Session session, String sku, int wanted, Instant now, boolean patiently, FreeKeys seen)
            throws SQLException {
        Set<String> locked = new TreeSet<>();
        for (int round = 1; round <= MOST_ROUNDS && locked.size() < wanted; round++) {
            List<String> candidates = new ArrayList<>(session.list(
                    Query.FREE_KEY_LOCK,
                    row -> {
                        seen.sawQueue(row.getBoolean(3));
                        return row.getString(2);
                    },
                    sku,
                    Micros.of(now),
                    wanted + SPREAD));
            boolean all = candidates.size() < wanted + SPREAD;
            Collections.shuffle(candidates, ThreadLocalRandom.current());
            lock(session, sku, candidates, wanted, Query.FREE_KEY_LOCK_ONE, locked);
            if (patiently) {
                Collections.sort(candidates);
                lock(session, sku, candidates, wanted, Query.FREE_KEY_LOCK_ONE_PATIENTLY, locked);
            }
            if (all) {
                break;
            }
        }
        return locked;
    }

    private static void lock(
            Session session, String sku, List<String> candidates, int wanted, Query one, Set<String> locked)
            throws SQLException {
        for (String key : candidates) {
            if (locked.size() == wanted) {
                return;
            }
            if (!locked.contains(key)
                    && !session.list(one, row -> row.getString(1), sku, key).isEmpty()) {
                locked.add(key);
            }
        }
    }

    @Override
    public List<String> schema() {
        return H2Schema.STATEMENTS;
    }

    @Override
    public List<String> stepTo(int version) {
        return H2Schema.stepTo(version);
    }

    /**
     * H2 copies a table to add a column, and what others write meanwhile is lost although it was acknowledged (seen with
     * 2.4.240). Who starts in this process, the only one of an embedded database, therefore changes tables after another
     * and looks again before: nobody adds a column that is there while the first already writes.
     */
    @Override
    public void beginMigration(Connection connection, String name) {
        MIGRATION.lock();
    }

    @Override
    public void endMigration(Connection connection, String name) {
        MIGRATION.unlock();
    }

    /**
     * H2 in a file writes commits half a second late unless told otherwise: acknowledged steps were lost at every kill
     * that was tried. {@code WRITE_DELAY=0} writes them before COMMIT answers. It does not force the disk: a killed
     * process loses nothing, a power cut may.
     */
    @Override
    public void refuseUnsafeSettings(Connection connection) throws SQLException {
        if (path(connection) != null) {
            String delay = setting(connection, "WRITE_DELAY");
            if (!"0".equals(delay)) {
                throw new UnusableDatabaseException("The H2 database " + path(connection) + " has WRITE_DELAY=" + delay
                        + ", so orders and payments of the last moments before a crash would be lost although they were"
                        + " acknowledged. Append ;WRITE_DELAY=0 to the JDBC URL.");
            }
            refuseServer(connection);
        }
        if (!isTrue(connection, COMPARES_EXACTLY)) {
            throw new UnusableDatabaseException("This H2 database does not compare texts character by character"
                    + " (IGNORECASE or COLLATION is set), so the ids 'Cart1' and 'cart1' could be mixed up. Use a"
                    + " database without these settings.");
        }
    }

    /** Writers of several processes could not take turns: see {@link #bearsOneWriter}. */
    private static void refuseServer(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(SERVER)) {
            if (found.next() && found.getString(1) != null) {
                throw new UnusableDatabaseException("The H2 database " + path(connection) + " is reached through the H2"
                        + " server " + found.getString(1)
                        + ", so several processes could write to it; H2 in a file then"
                        + " loses updates it has acknowledged. Open it in this process (jdbc:h2:file:…), which other"
                        + " programs may look into with AUTO_SERVER=TRUE, or use PostgreSQL, MariaDB or MySQL for"
                        + " several processes.");
            }
        }
    }

    /** H2's plain file access closes the whole database when a thread is interrupted in it; {@code async:} does not. */
    @Override
    public boolean suffersFromInterrupts(Connection connection) throws SQLException {
        String path = path(connection);
        return path != null && !path.startsWith("async:");
    }

    /**
     * H2 in a file (2.2.224, 2.3.232, 2.4.240) may undo a transaction's changes twice when another commits in that moment,
     * the second time over what a third has written and committed since: a rolled back lock took back acknowledged updates
     * of the same row, in one of some thousand. While nobody else writes, the second time finds what the first left.
     */
    @Override
    public @Nullable String bearsOneWriter(Connection connection) throws SQLException {
        return path(connection);
    }

    @Override
    public Begun begin(Connection connection, Borrowed.Manner manner) throws SQLException {
        int isolation = connection.getTransactionIsolation();
        boolean readOnly = connection.isReadOnly();
        int lockWait = lockWaitMillis(connection);
        boolean oneMoment = manner == Borrowed.Manner.ONE_MOMENT;
        int wanted = oneMoment ? H2_SNAPSHOT : Connection.TRANSACTION_READ_COMMITTED;
        if (isolation != wanted) {
            connection.setTransactionIsolation(wanted);
        }
        if (oneMoment && !readOnly) {
            connection.setReadOnly(true);
        }
        boolean hasty = manner == Borrowed.Manner.HASTY && lockWait > Borrowed.HASTY_LOCK_WAIT_MILLIS;
        if (hasty) {
            lockWaitMillis(connection, Borrowed.HASTY_LOCK_WAIT_MILLIS);
        }
        return Begun.with(() -> {
            if (hasty) {
                lockWaitMillis(connection, lockWait);
            }
            if (oneMoment && !readOnly) {
                connection.setReadOnly(false);
            }
            if (isolation != wanted) {
                connection.setTransactionIsolation(isolation);
            }
        });
    }

    /** H2 compares UTF-16 units. */
    @Override
    public String lastCharacter() {
        return "\uffff";
    }

    int lockWaitMillis(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT LOCK_TIMEOUT()")) {
            found.next();
            return found.getInt(1);
        }
    }

    void lockWaitMillis(Connection connection, int millis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT " + millis);
        }
    }

    private static @Nullable String path(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT DATABASE_PATH()")) {
            found.next();
            return found.getString(1);
        }
    }

    private static @Nullable String setting(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = ?")) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? found.getString(1) : null;
            }
        }
    }

    private static boolean isTrue(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(question)) {
            return found.next() && found.getBoolean(1);
        }
    }
}
