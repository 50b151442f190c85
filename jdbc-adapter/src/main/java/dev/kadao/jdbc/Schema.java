package dev.kadao.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, upgrades and checks the tables. All of them lie together, whether store, stock or both use the database.
 * {@link SchemaMode} says by which rule libraries of two versions use the same tables.
 */
final class Schema {
    /** The row that every library compares with its own version: who may use the tables. */
    static final String OLDEST_USER = "schema_version";
    /** The row that says which steps were run; tables of version 1 have none. */
    static final String REACHED = "schema_reached";

    private static final int MOST_ATTEMPTS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private final Dialect dialect;
    private final TableNames names;
    private final Transactions transactions;

    Schema(Dialect dialect, TableNames names, Transactions transactions) {
        this.dialect = dialect;
        this.names = names;
        this.transactions = transactions;
    }

    /**
     * What the tables say of themselves.
     *
     * @param oldestUser the oldest version whose library may use them
     * @param reached the version whose columns are there
     */
    record State(int oldestUser, int reached) {}

    void prepare(SchemaMode mode) throws SQLException {
        switch (mode) {
            case MIGRATE -> migrate();
            case VALIDATE -> validate();
            case NONE -> refuseUnfit(state());
        }
    }

    /**
     * Every statement may be run twice, so starters that trip over another's half (a table that appears in between, a
     * lock on the catalogue) look again and go on.
     */
    private void migrate() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<State> found = state();
                found.ifPresent(Schema::refuseNewer);
                if (found.isEmpty() || found.get().reached() < SchemaVersion.CURRENT.number()) {
                    advance(found);
                    refuseVanished();
                }
                validate();
                return;
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS || !isWorthAnotherLook(StartFailure.of(e))) {
                    throw e;
                }
            }
        }
    }

    private void refuseVanished() throws SQLException {
        if (state().isEmpty()) {
            throw new UnusableDatabaseException(
                    "The tables are gone as soon as they are made: an H2 database in memory ends with its last"
                            + " connection. Append ;DB_CLOSE_DELAY=-1 to the JDBC URL.");
        }
    }

    private static boolean isWorthAnotherLook(StartFailure failure) {
        return failure == StartFailure.MISSING_TABLE || failure == StartFailure.OTHER;
    }

    private void advance(Optional<State> found) throws SQLException {
        boolean changed = transactions.write(
                Borrowed.Manner.PATIENT,
                session -> session.migrate(names.toString(), () -> advance(session, found)),
                done -> true);
        if (changed) {
            LOG.info(
                    "The tables {} were {} Kadao schema {}.",
                    names,
                    found.map(from -> "brought from Kadao schema " + from.reached() + " to")
                            .orElse("made:"),
                    SchemaVersion.CURRENT.number());
        }
    }

    /** Looks again, now that no other starter is at it. Where there was nothing, all may be run twice, and looking fails. */
    private boolean advance(Session session, Optional<State> before) throws SQLException {
        Optional<State> found = before.isEmpty() ? before : state(session);
        List<String> statements = missing(found);
        for (String ddl : statements) {
            change(session, ddl);
        }
        remember(session, found);
        return !statements.isEmpty();
    }

    /** What an earlier starter did before it broke off is done: MySQL cannot say "if not exists" of columns and indexes. */
    private static void change(Session session, String ddl) throws SQLException {
        try {
            session.execute(ddl);
        } catch (SQLException e) {
            if (StartFailure.of(e) != StartFailure.ALREADY_THERE) {
                throw e;
            }
        }
    }

    private List<String> missing(Optional<State> found) {
        if (found.isEmpty()) {
            return dialect.schema();
        }
        return SchemaVersion.after(found.get().reached()).stream()
                .flatMap(version -> dialect.stepTo(version.number()).stream())
                .toList();
    }

    /** Guarded by what was found, so that of two starters with different libraries neither takes back the other's. */
    private static void remember(Session session, Optional<State> found) throws SQLException {
        int oldestUser = SchemaVersion.CURRENT.oldestUser();
        int reached = SchemaVersion.CURRENT.number();
        session.update(Query.META_INSERT, REACHED, Integer.toString(reached));
        if (found.isEmpty()) {
            session.update(Query.META_INSERT, OLDEST_USER, Integer.toString(oldestUser));
            return;
        }
        raise(session, REACHED, found.get().reached(), reached);
        raise(session, OLDEST_USER, found.get().oldestUser(), oldestUser);
    }

    private static void raise(Session session, String name, int from, int to) throws SQLException {
        if (from < to) {
            session.update(Query.META_UPDATE, Integer.toString(to), name, Integer.toString(from));
        }
    }

    private void validate() throws SQLException {
        refuseUnfit(state());
        for (TableShape shape : TableShape.all()) {
            transactions.read(session -> {
                compare(session, shape);
                return true;
            });
        }
        transactions.read(session -> {
            for (Query query : Query.values()) {
                probe(session, query);
            }
            return true;
        });
    }

    private void compare(Session session, TableShape plain) throws SQLException {
        TableShape shape = new TableShape(dialect.named(plain.table()), plain.columns());
        try {
            shape.compare(session);
            for (String write : shape.harmlessWrites()) {
                session.execute(write);
            }
        } catch (SQLException e) {
            if (StartFailure.of(e) == StartFailure.MISSING_TABLE) {
                throw new UnusableDatabaseException(
                        "The database says it has Kadao schema " + SchemaVersion.CURRENT.number() + ", but table "
                                + shape.table() + " is missing. Restore it from a backup, or create it with the"
                                + " statements that ddl() prints. (" + e.getMessage() + ")",
                        e);
            }
            throw e;
        }
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
                    "The database says it has Kadao schema " + SchemaVersion.CURRENT.number() + ", but statement "
                            + query + " cannot run on it: a table or column is missing or differs. Compare the tables"
                            + " with what ddl() prints. (" + e.getMessage() + ")",
                    e);
        }
    }

    private void refuseUnfit(Optional<State> found) {
        if (found.isEmpty()) {
            throw new UnusableDatabaseException(
                    "The database has no Kadao tables " + names + ", and only SchemaMode.MIGRATE creates"
                            + " them. Run the statements that ddl() prints, or open it once with SchemaMode.MIGRATE.");
        }
        refuseNewer(found.get());
        refuseOlder(found.get());
    }

    private static void refuseNewer(State found) {
        int own = SchemaVersion.CURRENT.number();
        if (found.oldestUser() > own) {
            throw new UnusableDatabaseException("The database has Kadao schema " + found.reached()
                    + ", which libraries of schema " + found.oldestUser() + " and newer may use; this library knows up"
                    + " to " + own + ". Use a newer library.");
        }
    }

    private static void refuseOlder(State found) {
        int own = SchemaVersion.CURRENT.number();
        if (found.reached() < own) {
            throw new UnusableDatabaseException("The database has Kadao schema " + found.reached()
                    + ", this library needs " + own + ". Run the statements that ddl(" + found.reached()
                    + ") prints, or open it once with SchemaMode.MIGRATE; processes with the older library may go on"
                    + " meanwhile.");
        }
    }

    /** Empty if there is no such table or row yet. */
    private Optional<State> state() throws SQLException {
        return transactions.read(session -> {
            try {
                return state(session);
            } catch (SQLException e) {
                if (StartFailure.of(e) == StartFailure.MISSING_TABLE) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static Optional<State> state(Session session) throws SQLException {
        Optional<Integer> oldest = version(session, OLDEST_USER);
        Optional<Integer> reached = version(session, REACHED);
        return oldest.map(found -> new State(found, reached.orElse(found)));
    }

    private static Optional<Integer> version(Session session, String name) throws SQLException {
        return session.one(Query.META_READ, row -> Integer.valueOf(row.getString(1)), name);
    }
}
