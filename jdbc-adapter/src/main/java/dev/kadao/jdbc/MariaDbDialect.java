package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MariaDB 10.6 and MySQL 8.0 and newer, with InnoDB. */
final class MariaDbDialect implements Dialect {
    private static final Pattern VERSION = Pattern.compile("(?:5\\.5\\.5-)?(\\d+)\\.(\\d+)\\..*");
    private static final Pattern COUNTS_CHANGES =
            Pattern.compile("useAffectedRows\\s*=\\s*true", Pattern.CASE_INSENSITIVE);
    private static final int MIGRATION_WAIT_SECONDS = 60;
    /** An ALTER TABLE that waits for a long transaction makes everybody else wait behind it: it gives up and comes again. */
    private static final int MIGRATION_LOCK_WAIT_SECONDS = 3;

    private static final String SETTINGS =
            "SELECT @@global.innodb_flush_log_at_trx_commit, @@global.read_only, @@character_set_client";

    /** Compares character by character, spaces at the end included; each server has its own name for that. */
    private final String collation;

    private MariaDbDialect(String collation) {
        this.collation = collation;
    }

    static boolean speaksTo(String product) {
        return product.equals("MariaDB") || product.equals("MySQL");
    }

    /**
     * Either driver connects to either server, so the server is asked what it is.
     *
     * @throws UnusableDatabaseException for a server that is too old
     */
    static MariaDbDialect of(Connection connection) throws SQLException {
        String version = first(connection, "SELECT VERSION()");
        boolean mariaDb = version.toLowerCase(Locale.ROOT).contains("mariadb");
        Matcher parts = VERSION.matcher(version + ".");
        int number = parts.matches() ? 1_000 * Integer.parseInt(parts.group(1)) + Integer.parseInt(parts.group(2)) : 0;
        if (number < (mariaDb ? 10_006 : 8_000)) {
            throw new UnusableDatabaseException("The database is " + (mariaDb ? "MariaDB " : "MySQL ") + version
                    + "; Kadao needs MariaDB 10.6 or MySQL 8.0 or newer. Upgrade the server, or use another.");
        }
        return new MariaDbDialect(mariaDb ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin");
    }

    @Override
    public String text(Query query) {
        return collated(MariaDbStatements.text(query));
    }

    @Override
    public ManyRows manyRows() {
        return ManyRows.GROUPS;
    }

    @Override
    public List<String> schema() {
        return MariaDbSchema.STATEMENTS.stream().map(this::collated).toList();
    }

    @Override
    public List<String> stepTo(int version) {
        return MariaDbSchema.stepTo(version).stream().map(this::collated).toList();
    }

    private String collated(String text) {
        return text.replace("COLLATE exactly", "COLLATE " + collation);
    }

    /** A statement that changes tables commits by itself here, so the lock is the session's, not the transaction's. */
    @Override
    public void beginMigration(Connection connection, String name) throws SQLException {
        if (!"1".equals(lock(connection, "SELECT GET_LOCK(%s, " + MIGRATION_WAIT_SECONDS + ")", name))) {
            throw new SQLException("another process has been changing the tables " + name + " for over "
                    + MIGRATION_WAIT_SECONDS + " seconds");
        }
        run(
                connection,
                "SET @kadao_table_wait = @@lock_wait_timeout, SESSION lock_wait_timeout = "
                        + MIGRATION_LOCK_WAIT_SECONDS);
    }

    @Override
    public void endMigration(Connection connection, String name) throws SQLException {
        run(connection, "SET SESSION lock_wait_timeout = COALESCE(@kadao_table_wait, @@lock_wait_timeout)");
        lock(connection, "SELECT RELEASE_LOCK(%s)", name);
    }

    private static String lock(Connection connection, String text, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(text.formatted("SHA1(CONCAT('kadao ', DATABASE(), ' ', ?))"))) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return String.valueOf(found.getString(1));
            }
        }
    }

    @Override
    public void refuseUnsafeSettings(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        if (url != null && COUNTS_CHANGES.matcher(url).find()) {
            throw new UnusableDatabaseException(
                    "The JDBC URL says useAffectedRows=true, so an update that finds its row"
                            + " as it should be looks like one that finds none. Remove it from the URL.");
        }
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(SETTINGS)) {
            found.next();
            if (!"1".equals(found.getString(1))) {
                throw new UnusableDatabaseException("The server runs with innodb_flush_log_at_trx_commit="
                        + found.getString(1)
                        + ", so orders and payments of the last moments before a crash would be lost"
                        + " although they were acknowledged. Set innodb_flush_log_at_trx_commit=1.");
            }
            if (!found.getString(2).matches("0|OFF|off")) {
                throw new UnusableDatabaseException(
                        "The server is read-only, as a replica is (read_only=" + found.getString(2)
                                + "): Kadao writes with every step. Point the data source at the primary.");
            }
            if (!"utf8mb4".equals(found.getString(3))) {
                throw new UnusableDatabaseException("The connection speaks the character set " + found.getString(3)
                        + ", which does not hold every character of a recipient. Have the driver use utf8mb4.");
            }
        }
    }

    @Override
    public boolean suffersFromInterrupts(Connection connection) {
        return false;
    }

    /** The isolation level ends with the transaction; the lock wait, whole seconds here, is the session's. */
    @Override
    public Begun begin(Connection connection, Borrowed.Manner manner) throws SQLException {
        switch (manner) {
            case PATIENT -> run(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            case HASTY -> {
                run(
                        connection,
                        "SET @kadao_lock_wait = @@innodb_lock_wait_timeout, SESSION innodb_lock_wait_timeout = 1");
                run(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
                return Begun.with(() -> run(connection, "SET SESSION innodb_lock_wait_timeout = @kadao_lock_wait"));
            }
            case ONE_MOMENT -> {
                run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                run(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            }
        }
        return Begun.with(() -> {});
    }

    /** A binary collation of utf8mb4 compares code points. */
    @Override
    public String lastCharacter() {
        return Character.toString(Character.MAX_CODE_POINT);
    }

    private static void run(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static String first(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(question)) {
            found.next();
            return found.getString(1);
        }
    }
}
