package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Whether a data source gives connections whose transactions are the store's own. One that hands out the connection of
 * the caller's transaction would have the store commit or roll back what is the caller's, and acknowledge money that the
 * caller then rolls back.
 */
final class DataSourceCheck {
    /** Data sources that are known to do so, by name: none of them is a dependency. */
    private static final List<String> TRANSACTION_AWARE =
            List.of("org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy");

    private DataSourceCheck() {}

    /** Refuses what is known by its name, before any connection is taken. */
    static void refuseKnown(DataSource dataSource) {
        for (String name : TRANSACTION_AWARE) {
            if (is(dataSource, name)) {
                throw new UnusableDatabaseException("The data source is a " + name
                        + ", which hands out the connection of the caller's transaction: the store would commit and roll"
                        + " back what is the caller's. Give the store the data source behind it; to place within the"
                        + " caller's transaction use join(connection).");
            }
        }
    }

    private static boolean is(DataSource dataSource, String name) {
        for (Class<?> type = dataSource.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(name)) {
                return true;
            }
        }
        try {
            Class<?> type = Class.forName(name, false, dataSource.getClass().getClassLoader());
            return dataSource.isWrapperFor(type);
        } catch (ClassNotFoundException | LinkageError e) {
            // Not on the class path of this data source: then nothing behind it is one.
            return false;
        } catch (SQLException e) {
            // It will not say what it wraps; the connections it gives are looked at next.
            return false;
        }
    }

    /**
     * Refuses a data source whose connections are one and the same, or take no transaction of ours.
     *
     * @param first a connection just taken from it
     */
    static void refuseShared(DataSource dataSource, Connection first, Dialect dialect) throws SQLException {
        boolean autoCommit = first.getAutoCommit();
        if (autoCommit) {
            first.setAutoCommit(false);
            boolean obeyed = !first.getAutoCommit();
            first.setAutoCommit(true);
            if (!obeyed) {
                throw new UnusableDatabaseException(
                        "The data source's connections ignore setAutoCommit(false): somebody"
                                + " else ends their transactions, so no commit of the store would be its own. Give the store a"
                                + " plain data source or pool.");
            }
        }
        Session one = new Session(first, dialect, null);
        Optional<String> mine = one.one(Query.SESSION_ID, row -> row.getString(1));
        try (Connection second = dataSource.getConnection()) {
            Optional<String> other = new Session(second, dialect, null).one(Query.SESSION_ID, row -> row.getString(1));
            if (mine.equals(other)) {
                throw new UnusableDatabaseException("The data source handed out one connection (session "
                        + mine.orElse("?")
                        + ") twice: it is bound to this thread or to a transaction, and the store would"
                        + " commit or roll back what others do on it. Open the store outside of any transaction, on a data"
                        + " source that gives each caller a connection of its own.");
            }
        }
    }
}
