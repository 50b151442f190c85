package dev.kadao.examples.cardshop.demo;

import dev.kadao.examples.cardshop.database.OwnTables;
import dev.kadao.examples.cardshop.database.ShopDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's gateway and supplier remember, in tables of their own, over a connection of their own: they are other
 * people's systems and share no transaction with the shop. One caller at a time; commits before it
 * returns. Several demos may share the tables.
 */
final class DemoTables implements AutoCloseable {
    private static final List<OwnTables.Table> TABLES = List.of(
            new OwnTables.Table("demo_payment", """
                    payment varchar(64) primary key, status varchar(16) not null,
                    amount varchar(32) not null, currency varchar(8) not null, trade_number varchar(64) not null"""),
            new OwnTables.Table("demo_refund", """
                    reference varchar(64) primary key, payment varchar(64) not null, status varchar(16) not null,
                    amount varchar(32) not null, currency varchar(8) not null"""),
            new OwnTables.Table("demo_supplier_order", """
                    reference varchar(64) primary key, sku varchar(64) not null, recipient varchar(512) not null,
                    quantity int not null, state varchar(16) not null, scope varchar(16) not null,
                    supplier_order varchar(64) not null, done_millis bigint not null"""),
            new OwnTables.Table("demo_notice", """
                    id {number} primary key, path varchar(64) not null,
                    body varchar(4000) not null, forged boolean not null, due_millis bigint not null,
                    tries int not null, done boolean not null, answer varchar(64) not null"""),
            new OwnTables.Table("demo_mode", "name varchar(16) primary key, mode varchar(16) not null"));

    private final DataSource database;
    private @Nullable Connection connection;

    private DemoTables(DataSource database) {
        this.database = database;
    }

    /** @throws ShopDatabase.Unusable if the tables cannot be made */
    static DemoTables open(DataSource database) throws ShopDatabase.Unusable {
        try {
            OwnTables.make(database, TABLES);
            return new DemoTables(database);
        } catch (SQLException e) {
            throw new ShopDatabase.Unusable("The demo's tables cannot be made (" + e.getMessage()
                    + "); let the database's user create tables.");
        }
    }

    /** What is done in one transaction. */
    interface Work<T> {
        T with(Tables tables) throws SQLException;
    }

    /** Reads one row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    synchronized <T> T inTransaction(Work<T> work) {
        try {
            boolean done = false;
            try {
                T result = work.with(new Tables(current()));
                current().commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    // A new one next time: this one may be broken, and closing it rolls back.
                    disconnect();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The demo's tables cannot be used: " + e.getMessage(), e);
        }
    }

    private Connection current() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.getConnection();
            open.setAutoCommit(false);
            open.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection = open;
        }
        return open;
    }

    private void disconnect() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try (open) {
                open.rollback();
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            disconnect();
        } catch (SQLException e) {
            throw new IllegalStateException("The demo's tables cannot be closed: " + e.getMessage(), e);
        }
    }

    /** The two things one does with tables. */
    record Tables(Connection connection) {

        int write(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                fill(statement, values);
                return statement.executeUpdate();
            }
        }

        <T> List<T> read(String sql, Row<T> row, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                fill(statement, values);
                List<T> rows = new ArrayList<>();
                try (ResultSet found = statement.executeQuery()) {
                    while (found.next()) {
                        rows.add(row.of(found));
                    }
                }
                return rows;
            }
        }

        <T> Optional<T> readOne(String sql, Row<T> row, Object... values) throws SQLException {
            return read(sql, row, values).stream().findFirst();
        }

        private static void fill(PreparedStatement statement, Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        }
    }
}
