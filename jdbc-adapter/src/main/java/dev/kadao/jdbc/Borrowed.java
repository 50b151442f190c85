package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection taken for one transaction, given back as it was found. Closing it rolls back what was not committed. A
 * connection whose transaction cannot be ended for sure is aborted, never put back to auto-commit: that would commit.
 */
final class Borrowed implements AutoCloseable {
    /** How long a hasty transaction waits for a lock: long enough for a neighbour's commit, too short to stall many. */
    static final int HASTY_LOCK_WAIT_MILLIS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Borrowed.class);

    private final Connection connection;
    private final Dialect dialect;
    private final boolean autoCommit;
    private Dialect.Begun begun = Dialect.Begun.with(() -> {});
    private boolean committed;

    /** How a transaction behaves towards others. */
    enum Manner {
        /** Waits for locks as long as the connection is set to. */
        PATIENT,
        /** Waits for locks for {@value #HASTY_LOCK_WAIT_MILLIS} ms; on MariaDB and MySQL for a second. */
        HASTY,
        /** Reads one moment throughout and writes nothing. */
        ONE_MOMENT
    }

    private Borrowed(Connection connection, Dialect dialect) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.autoCommit = connection.getAutoCommit();
    }

    /** @param autoCommit how the data source's connections arrive */
    static Borrowed from(DataSource dataSource, Dialect dialect, boolean autoCommit, Manner manner)
            throws SQLException {
        Connection connection = dataSource.getConnection();
        refuseOthers(connection, autoCommit);
        try {
            Borrowed borrowed = new Borrowed(connection, dialect);
            borrowed.behave(manner);
            return borrowed;
        } catch (SQLException | RuntimeException e) {
            abort(connection, e);
            throw e;
        }
    }

    /** A connection that is within a transaction already is somebody else's: it is given back untouched. */
    private static void refuseOthers(Connection connection, boolean autoCommit) throws SQLException {
        if (autoCommit && !connection.getAutoCommit()) {
            connection.close();
            throw new UnusableDatabaseException("The data source handed out a connection that is within a transaction"
                    + " already (auto-commit is off, other than when the store was opened): it takes part in transactions"
                    + " of its callers, or somebody gave it back to the pool unfinished. Give the store a data source"
                    + " whose connections are free; to place within your transaction use join(connection).");
        }
    }

    Session session() {
        return new Session(connection, dialect, begun.nowMicros());
    }

    /**
     * @throws CommitLostException if nobody knows whether it was committed
     * @throws SQLException if it was not: a cluster may find only here that another node was first
     */
    void commit() throws SQLException {
        try {
            connection.commit();
            committed = true;
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.ROLLED_BACK) {
                throw e;
            }
            throw new CommitLostException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        if (!committed) {
            try {
                connection.rollback();
            } catch (SQLException e) {
                abort(connection, e);
                return;
            }
        }
        try {
            restore();
            connection.close();
        } catch (SQLException e) {
            // The transaction has ended as it should: only the connection is no longer worth keeping.
            abort(connection, e);
        }
    }

    private void behave(Manner manner) throws SQLException {
        if (autoCommit) {
            connection.setAutoCommit(false);
        }
        begun = dialect.begin(connection, manner);
    }

    private void restore() throws SQLException {
        begun.undo().run();
        if (autoCommit) {
            connection.setAutoCommit(true);
        }
    }

    private static void abort(Connection connection, Exception cause) {
        LOG.debug("A connection is thrown away because it failed.", cause);
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        try {
            connection.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
