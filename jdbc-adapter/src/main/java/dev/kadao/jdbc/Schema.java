package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Creates and checks the tables. All of them lie together, whether store, stock or both use the database. */
final class Schema {
    static final int VERSION = 1;
    private static final String VERSION_NAME = "schema_version";
    private static final int MOST_ATTEMPTS = 10;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Transactions transactions;

    Schema(DataSource dataSource, Dialect dialect, Transactions transactions) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.transactions = transactions;
    }

    /** The statements that {@link SchemaMode#MIGRATE} runs, for people who run them by hand. */
    static String ddl(Dialect dialect) {
        return String.join(";\n\n", dialect.schema()) + ";\n\nINSERT INTO kadao_meta (name, content) VALUES ('"
                + VERSION_NAME + "', '" + VERSION + "');\n";
    }

    void prepare(SchemaMode mode) throws SQLException {
        switch (mode) {
            case MIGRATE -> migrate();
            case VALIDATE -> validate();
            case NONE -> {}
        }
    }

    /**
     * Every statement may be run twice, so starters need no lock among each other: one that trips over another's half
     * (a table that appears in between, a lock on the catalogue) looks again and goes on.
     */
    private void migrate() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (!isCurrent(version())) {
                    createMissing();
                    transactions.writeRepeatedly(
                            session -> session.update(Query.META_INSERT, VERSION_NAME, Integer.toString(VERSION)),
                            rows -> true);
                }
                validate();
                return;
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS && isMissingTable(e)) {
                    throw new UnusableDatabaseException(
                            "The tables are gone as soon as they are made: an H2 database in memory ends with its last"
                                    + " connection. Append ;DB_CLOSE_DELAY=-1 to the JDBC URL.",
                            e);
                }
                if (attempt == MOST_ATTEMPTS || SqlFailure.of(e) == SqlFailure.CONNECTION) {
                    throw e;
                }
            }
        }
    }

    private void createMissing() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String ddl : dialect.schema()) {
                statement.execute(ddl);
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private void validate() throws SQLException {
        Optional<String> found = version();
        if (!isCurrent(found)) {
            throw new UnusableDatabaseException(
                    "The database has no Kadao tables, but SchemaMode.VALIDATE creates none."
                            + " Run the statements that ddl() prints, or open it once with SchemaMode.MIGRATE.");
        }
        transactions.read(session -> {
            for (Query query : Query.values()) {
                probe(session, query);
            }
            return true;
        });
    }

    /** Every statement is prepared once, so that a half-made schema is found now and not with an order. */
    private static void probe(Session session, Query query) throws SQLException {
        try {
            session.prepareOnly(query);
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.OTHER) {
                throw e;
            }
            throw new UnusableDatabaseException(
                    "The database says it has Kadao schema " + VERSION + ", but statement " + query
                            + " cannot run on it: a table or column is missing or differs. Compare the tables with what"
                            + " ddl() prints. (" + e.getMessage() + ")",
                    e);
        }
    }

    private static boolean isCurrent(Optional<String> found) {
        if (found.isPresent() && Integer.parseInt(found.get()) > VERSION) {
            throw new UnusableDatabaseException("The database has Kadao schema " + found.get()
                    + ", this library knows up to " + VERSION + ". Use the newer library that wrote it.");
        }
        return found.isPresent();
    }

    /** Empty if there is no such table or row yet. */
    private Optional<String> version() throws SQLException {
        return transactions.read(session -> {
            try {
                return session.one(Query.META_READ, row -> row.getString(1), VERSION_NAME);
            } catch (SQLException e) {
                if (isMissingTable(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static boolean isMissingTable(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("42");
    }
}
