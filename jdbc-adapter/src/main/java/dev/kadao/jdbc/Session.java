package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection within one transaction, speaking the statements of one dialect. */
final class Session {
    private final Connection connection;
    private final Dialect dialect;

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Makes one row into a value. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Makes the description of columns into a value. */
    interface ColumnReader<T> {
        T read(ResultSetMetaData columns) throws SQLException;
    }

    /** What is done to the tables. */
    interface TableChange {
        void run() throws SQLException;
    }

    /** Runs a writing statement; answers how many rows it changed. */
    int update(Query query, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(query, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** As {@link #update}, for a write that must change so many rows: another count means broken data and rolls back. */
    void updateExactly(int rows, Query query, @Nullable Object... arguments) throws SQLException {
        int changed = update(query, arguments);
        if (changed != rows) {
            throw new SQLException("Statement " + query + " changed " + changed + " rows where " + rows
                    + " were expected: the rows of one order or checkout do not fit together.");
        }
    }

    <T> List<T> list(Query query, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(query, arguments);
                ResultSet found = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(reader.read(found));
            }
            return rows;
        }
    }

    <T> Optional<T> one(Query query, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        List<T> rows = list(query, reader, arguments);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    /** Has the database read the statement without running it. */
    void prepareOnly(Query query) throws SQLException {
        connection.prepareStatement(dialect.text(query)).close();
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
    void migrate(String name, TableChange change) throws SQLException {
        dialect.beginMigration(connection, name);
        try {
            change.run();
        } finally {
            dialect.endMigration(connection, name);
        }
    }

    private PreparedStatement prepare(Query query, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(dialect.text(query));
        try {
            for (int i = 0; i < arguments.length; i++) {
                bind(statement, i + 1, arguments[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(place, Types.NULL);
        } else if (value instanceof String text) {
            statement.setString(place, text);
        } else if (value instanceof Long number) {
            statement.setLong(place, number);
        } else if (value instanceof Integer number) {
            statement.setInt(place, number);
        } else if (value instanceof Bytes bytes) {
            statement.setBytes(place, bytes.toArray());
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(place, bytes);
        } else {
            throw new IllegalArgumentException(
                    "no column takes a " + value.getClass().getName());
        }
    }
}
