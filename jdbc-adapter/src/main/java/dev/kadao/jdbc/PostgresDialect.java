package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 13 and newer. */
final class PostgresDialect implements Dialect {
    static final String PRODUCT = "PostgreSQL";
    private static final int OLDEST = 13;
    /** An ALTER TABLE that waits for a long transaction makes everybody else wait behind it: it gives up and comes again. */
    private static final int MIGRATION_LOCK_WAIT_MILLIS = 3_000;

    /**
     * The statements of a batch go by keys whatever their arrays hold. Left to itself the server plans them anew each
     * time, because an array of one looks cheaper than one of unknown length: planning then takes most of its time. And a
     * plan made while tables were still small reads them whole long after they have grown, so that is ruled out.
     */
    private static final String PLANNED_ONCE =
            "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off; SET LOCAL jit = off; ";

    /** A part of {@link PostgresWrite#TEXT} that answers how many rows it changed, with its number of arguments. */
    private record Part(Query query, int width) {}

    private static final List<Part> PARTS = List.of(
            new Part(Query.CHECKOUT_INSERT, 10),
            new Part(Query.CHECKOUT_WRITE, 11),
            new Part(Query.JOURNAL_INSERT, 4),
            new Part(Query.RESERVATION_INSERT, 7),
            new Part(Query.FREE_KEY_DELETE, 2),
            new Part(Query.KEY_BIND, 6));

    private static final String NOW = PostgresStatements.text(Query.NOW);

    /** The time; and by itself a statement would wait for a lock for ever. */
    private static final String NOW_AND_BOUND =
            NOW + ", CASE current_setting('lock_timeout') WHEN '0' THEN set_config('lock_timeout', '10s', true) END";

    private static final String SETTINGS = """
            SELECT current_setting('fsync'), current_setting('synchronous_commit'), pg_is_in_recovery(),
              current_setting('default_transaction_read_only'), pg_encoding_to_char(encoding), datname
            FROM pg_database WHERE datname = current_database()""";

    /** @throws UnusableDatabaseException for a server that is too old */
    static PostgresDialect of(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST) {
            throw new UnusableDatabaseException("The database is PostgreSQL "
                    + connection.getMetaData().getDatabaseProductVersion() + "; Kadao needs " + OLDEST
                    + " or newer. Upgrade the server, or use another.");
        }
        return new PostgresDialect();
    }

    @Override
    public String text(Query query) {
        return PostgresStatements.text(query);
    }

    @Override
    public ManyRows manyRows() {
        return ManyRows.ARRAYS;
    }

    @Override
    public void write(Session session, Changes changes) throws SQLException {
        List<ManyRows.Group> groups = new ArrayList<>();
        for (Part part : PARTS) {
            groups.add(new ManyRows.Group(part.width(), changes.rows(part.query())));
        }
        groups.add(new ManyRows.Group(8, changes.rows(Query.NOTICE_WRITE)));
        List<@Nullable Object[]> wanted = new ArrayList<>();
        changes.index().forEach((id, rows) -> rows.forEach(row -> wanted.add(Changes.indexed(id, row))));
        groups.add(new ManyRows.Group(4, wanted));
        List<@Nullable Object[]> known = new ArrayList<>();
        changes.known().forEach(id -> known.add(Session.row(id)));
        groups.add(new ManyRows.Group(1, known));
        List<Integer> counts = session.listGroups(PostgresWrite.TEXT, PostgresDialect::counts, groups)
                .get(0);
        for (int i = 0; i < PARTS.size(); i++) {
            Query query = PARTS.get(i).query();
            Session.expect(query, changes.rows(query).size(), counts.get(i));
        }
    }

    private static List<Integer> counts(ResultSet row) throws SQLException {
        List<Integer> counts = new ArrayList<>();
        for (int i = 1; i <= PARTS.size(); i++) {
            counts.add(row.getInt(i));
        }
        return counts;
    }

    @Override
    public List<String> schema() {
        return PostgresSchema.STATEMENTS;
    }

    @Override
    public List<String> stepTo(int version) {
        return PostgresSchema.stepTo(version);
    }

    /** Two that create one table at once may both fail, "if not exists" or not. Freed by the end of the transaction. */
    @Override
    public void beginMigration(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext('kadao migration'), hashtext(?))")) {
            statement.setString(1, name);
            statement.execute();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + MIGRATION_LOCK_WAIT_MILLIS);
        }
    }

    @Override
    public void refuseUnsafeSettings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(SETTINGS)) {
            found.next();
            refuseOff("fsync", found.getString(1), "postgresql.conf");
            refuseOff("synchronous_commit", found.getString(2), "postgresql.conf, the database, the user or the URL");
            if (found.getBoolean(3) || "on".equals(found.getString(4))) {
                throw new UnusableDatabaseException("The PostgreSQL database " + found.getString(6)
                        + " is read-only, as a replica is (pg_is_in_recovery() = " + found.getString(3)
                        + ", default_transaction_read_only = " + found.getString(4)
                        + "): Kadao writes with every step. Point the data source at the primary.");
            }
            if (!"UTF8".equals(found.getString(5))) {
                throw new UnusableDatabaseException("The PostgreSQL database " + found.getString(6)
                        + " has the encoding " + found.getString(5) + ", which does not hold every character of a"
                        + " recipient. Create one with ENCODING 'UTF8'.");
            }
        }
    }

    private static void refuseOff(String setting, String value, String where) {
        if ("off".equals(value)) {
            throw new UnusableDatabaseException("PostgreSQL runs with " + setting
                    + "=off, so orders and payments of the"
                    + " last moments before a crash would be lost although they were acknowledged. Set " + setting
                    + "=on in " + where + ".");
        }
    }

    @Override
    public boolean suffersFromInterrupts(Connection connection) {
        return false;
    }

    /** Everything set here ends with the transaction, and all goes in one round trip. */
    @Override
    public Begun begin(Connection connection, Borrowed.Manner manner) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    switch (manner) {
                        case PATIENT -> "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; " + NOW_AND_BOUND;
                        case HASTY ->
                            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = "
                                    + Borrowed.HASTY_LOCK_WAIT_MILLIS + "; " + PLANNED_ONCE + NOW;
                        case ONE_MOMENT -> "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; " + NOW;
                    });
            return new Begun(() -> {}, lastNumber(statement));
        }
    }

    private static long lastNumber(Statement statement) throws SQLException {
        while (statement.getResultSet() == null) {
            statement.getMoreResults();
        }
        try (ResultSet found = statement.getResultSet()) {
            found.next();
            return found.getLong(1);
        }
    }

    /** Collation "C" compares code points. */
    @Override
    public String lastCharacter() {
        return Character.toString(Character.MAX_CODE_POINT);
    }
}
