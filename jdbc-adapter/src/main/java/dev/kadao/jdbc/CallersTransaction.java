package dev.kadao.jdbc;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;

/**
 * A transaction of the caller, on the caller's connection. Its settings are looked at and left alone; it is never
 * committed, rolled back or closed. A savepoint takes back what a failed step had written, so that a caller who commits
 * in spite of the exception does not commit half a checkout.
 */
final class CallersTransaction implements JoinedCommit {
    private static final String IDENTITY_NAME = "database";

    private final Connection connection;
    private final Database database;
    private final String identity;
    private final StepWriter writer;

    private CallersTransaction(Connection connection, Database database, String identity) {
        this.connection = connection;
        this.database = database;
        this.identity = identity;
        this.writer = new StepWriter(database.clock(), new SupplySeals(database));
    }

    /** @param identity of the store's database, as {@link #identityOf} reads it there */
    static CallersTransaction join(Connection connection, Database database, String identity) {
        CallersTransaction joined = new CallersTransaction(connection, database, identity);
        joined.within("joining it", session -> true);
        return joined;
    }

    /** What tells this database from others with the same tables; made up by whoever asks first. */
    static String identityOf(Database database, String ifNone) {
        try {
            return database.transactions()
                    .writeRepeatedly(
                            session -> {
                                session.update(Query.META_INSERT, IDENTITY_NAME, ifNone);
                                return identity(session).orElse(ifNone);
                            },
                            made -> true);
        } catch (SQLException e) {
            throw SqlFailure.thrown("its identity was read", e);
        }
    }

    private static Optional<String> identity(Session session) throws SQLException {
        return session.one(Query.META_READ, row -> row.getString(1), IDENTITY_NAME);
    }

    boolean isOf(Database other) {
        return database.equals(other);
    }

    @Override
    public StepResult commit(Step.Plain placing) {
        Bounds.check(placing);
        if (placing.expectedVersion() != 0 || !(placing.claim() instanceof Step.Claim.Keep)) {
            throw new InvalidValueException("step " + placing.stepId() + " of checkout " + placing.id()
                    + " does not place it: only placing, which takes no claim, may join a transaction");
        }
        try {
            return attempt(session -> write(session, placing));
        } catch (SQLException e) {
            // Two transactions that insert one id at once: the loser has waited for the other's COMMIT.
            if (SqlFailure.of(e) == SqlFailure.DUPLICATE && e.getSuppressed().length == 0) {
                return new StepResult.Stale();
            }
            throw broken("placing checkout " + placing.id(), e);
        }
    }

    /** Read before it is written: a checkout that exists is not to be locked until the caller's transaction ends. */
    private StepResult write(Session session, Step.Plain placing) throws SQLException {
        if (session.one(Query.CHECKOUT_READ, row -> true, placing.id().value()).isPresent()) {
            return new StepResult.Stale();
        }
        StepResult result = writer.write(session, List.of(placing), StepWriter.Locking.TRUSTING)
                .get(placing);
        if (result == null) {
            throw new IllegalStateException("the writer said nothing of step " + placing.stepId());
        }
        return result;
    }

    @Override
    public Optional<StoredCheckout> read(CheckoutId id) {
        return within(
                "reading checkout " + id, session -> session.one(Query.CHECKOUT_READ, Rows::checkout, id.value()));
    }

    private <T> T within(String doing, Transactions.Work<T> work) {
        try {
            return attempt(work);
        } catch (SQLException e) {
            throw broken(doing, e);
        }
    }

    /** Work on the caller's connection: all of it or, whatever it throws, nothing. */
    private <T> T attempt(Transactions.Work<T> work) throws SQLException {
        return database.transactions().shielded(() -> {
            refuseUnfit();
            Savepoint before = connection.setSavepoint();
            try {
                Session session = new Session(connection, database.dialect(), null);
                refuseOtherDatabase(session);
                T result = work.on(session);
                connection.releaseSavepoint(before);
                return result;
            } catch (SQLException | RuntimeException e) {
                takeBack(before, e);
                throw e;
            }
        });
    }

    private void takeBack(Savepoint before, Exception cause) {
        try {
            connection.rollback(before);
        } catch (SQLException e) {
            // The database has broken off the whole transaction, with it the savepoint.
            cause.addSuppressed(e);
        }
    }

    private static StoreException broken(String doing, SQLException cause) {
        SqlFailure kind = SqlFailure.of(cause);
        boolean passing = kind.isPassing();
        return new StoreException(
                "The caller's transaction failed while " + doing + " (" + kind + ", SQL state " + cause.getSQLState()
                        + "): nothing of that is written. Roll the transaction back; "
                        + (passing
                                ? "it may be run again from its start."
                                : "running it again does not help by itself.")
                        + " (" + cause.getMessage() + ")",
                passing,
                cause);
    }

    private void refuseUnfit() throws SQLException {
        if (connection.isClosed()) {
            throw new InvalidValueException(
                    "the connection is closed: join an open transaction, and place before it ends");
        }
        if (connection.getAutoCommit()) {
            throw new InvalidValueException(
                    "the connection commits each statement by itself (auto-commit is on), so there"
                            + " is no transaction to join and half a checkout could be left: call setAutoCommit(false) first, or"
                            + " use place(..), which needs no transaction");
        }
        if (connection.isReadOnly()) {
            throw new InvalidValueException("the connection is read-only, so nothing can be placed in its transaction:"
                    + " begin one that may write");
        }
        int isolation = connection.getTransactionIsolation();
        if (isolation == Connection.TRANSACTION_NONE || isolation == Connection.TRANSACTION_READ_UNCOMMITTED) {
            throw new InvalidValueException("the connection's isolation is "
                    + (isolation == Connection.TRANSACTION_NONE ? "none" : "READ UNCOMMITTED")
                    + ", so what others have not committed could be taken for placed: use READ COMMITTED or stricter");
        }
    }

    private void refuseOtherDatabase(Session session) throws SQLException {
        Optional<String> found = identity(session);
        if (found.isEmpty() || !found.get().equals(identity)) {
            throw new InvalidValueException(
                    "the connection leads to another database than the store's (its identity is "
                            + found.orElse("missing") + ", the store's is " + identity
                            + "), so what is placed there would never be delivered: join a connection to the store's database");
        }
    }
}
