package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** One connection within one transaction, speaking the statements of one dialect. */
final class Session {
    private final Connection connection;
    private final Dialect dialect;
    private final @Nullable Long begunMicros;

    /** @param begunMicros the database's time when the transaction began, if it was asked */
    Session(Connection connection, Dialect dialect, @Nullable Long begunMicros) {
        this.connection = connection;
        this.dialect = dialect;
        this.begunMicros = begunMicros;
    }

    @Nullable
    Long begunMicros() {
        return begunMicros;
    }

    /** Makes one row into a value. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Makes the description of columns into a value. */
    interface ColumnReader<T> {
        T read(ResultSetMetaData columns) throws SQLException;
    }

    /** What is done to the tables; answers whether there was anything to do. */
    interface TableChange {
        boolean run() throws SQLException;
    }

    /** Runs a writing statement; answers how many rows it changed. */
    int update(Query query, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.text(query))) {
            Arguments.bind(statement, 1, arguments);
            return statement.executeUpdate();
        }
    }

    /** As {@link #update}, for a write that must change so many rows: another count means broken data and rolls back. */
    void updateExactly(int rows, Query query, @Nullable Object... arguments) throws SQLException {
        expect(query, rows, update(query, arguments));
    }

    <T> List<T> list(Query query, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        return list(dialect.text(query), reader, arguments);
    }

    <T> Optional<T> one(Query query, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        List<T> rows = list(query, reader, arguments);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    /** Has the database read the statement without running it. */
    void prepareOnly(Query query) throws SQLException {
        @Nullable Object[] none = new Object[0];
        String text = dialect.manyRows()
                .runs(dialect.text(query), List.<@Nullable Object[]>of(none))
                .get(0)
                .text();
        connection.prepareStatement(text).close();
    }

    /** Runs a statement without arguments; {@code text} has the names of this installation already. */
    void execute(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    /** What the database says of the columns of a query. */
    <T> T describe(String text, ColumnReader<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(text)) {
            return reader.read(found.getMetaData());
        }
    }

    /** Changes tables while no other starter does; see {@link Dialect#beginMigration}. */
    boolean migrate(String name, TableChange change) throws SQLException {
        dialect.beginMigration(connection, name);
        try {
            return change.run();
        } finally {
            dialect.endMigration(connection, name);
        }
    }

    /** Runs a writing statement for each row of arguments, at once where the database can; answers how many changed. */
    int updateRows(Query query, List<@Nullable Object[]> rows) throws SQLException {
        int changed = 0;
        for (ManyRows.Run run : dialect.manyRows().runs(dialect.text(query), rows)) {
            try (PreparedStatement statement = connection.prepareStatement(run.text())) {
                dialect.manyRows().bind(connection, statement, run);
                changed += statement.executeUpdate();
            }
        }
        return changed;
    }

    /** As {@link #updateRows}, for a write that must change one row for each. */
    void updateAllRows(Query query, List<@Nullable Object[]> rows) throws SQLException {
        if (!rows.isEmpty()) {
            expect(query, rows.size(), updateRows(query, rows));
        }
    }

    /** What a statement finds for all rows of arguments together. */
    <T> List<T> listRows(Query query, RowReader<T> reader, List<@Nullable Object[]> rows) throws SQLException {
        List<T> all = new ArrayList<>();
        for (ManyRows.Run run : dialect.manyRows().runs(dialect.text(query), rows)) {
            try (PreparedStatement statement = connection.prepareStatement(run.text())) {
                dialect.manyRows().bind(connection, statement, run);
                all.addAll(read(statement, reader));
            }
        }
        return all;
    }

    /** See {@link Dialect#lastCharacter}. */
    String lastCharacter() {
        return dialect.lastCharacter();
    }

    /** Writes collected rows. */
    void write(Changes changes) throws SQLException {
        dialect.write(this, changes);
    }

    /** What a statement of the dialect's own finds that takes several groups of rows, each as {@link ManyRows#ARRAYS}. */
    <T> List<T> listGroups(String text, RowReader<T> reader, List<ManyRows.Group> groups) throws SQLException {
        String named = dialect.named(text);
        try (PreparedStatement statement = connection.prepareStatement(named)) {
            ManyRows.bindGroups(connection, statement, named, groups);
            return read(statement, reader);
        }
    }

    /** One row of arguments. */
    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    /** Of all free keys wanted, those that could be had and are not expired, locked for this transaction. */
    FreeKeys lockFreeKeys(SortedMap<String, Integer> wanted, Instant now, boolean patiently) throws SQLException {
        return dialect.lockFreeKeys(this, wanted, now, patiently);
    }

    <T> List<T> list(String text, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            Arguments.bind(statement, 1, arguments);
            return read(statement, reader);
        }
    }

    private static <T> List<T> read(PreparedStatement statement, RowReader<T> reader) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(reader.read(found));
            }
            return rows;
        }
    }

    static void expect(Query query, int rows, int changed) throws SQLException {
        if (changed != rows) {
            throw new SQLException("Statement " + query + " changed " + changed + " rows where " + rows
                    + " were expected: the rows of one order or checkout do not fit together.");
        }
    }
}
