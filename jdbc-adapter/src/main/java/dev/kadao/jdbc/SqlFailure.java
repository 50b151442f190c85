package dev.kadao.jdbc;

import dev.kadao.port.StoreException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** What kind of trouble the database is in: the one place that reads SQL states and vendor codes. */
enum SqlFailure {
    /** The connection is gone, or none could be had. */
    CONNECTION(true, false),
    /** A lock was not had in time. */
    LOCK_WAIT(true, true),
    /** The database broke the transaction off: deadlock, serialization, a row changed meanwhile. */
    ROLLED_BACK(true, true),
    /** Somebody else inserted the same row meanwhile. */
    DUPLICATE(false, true),
    /** Anything else: a bug, a missing right, a full disk. */
    OTHER(false, false);

    private static final int H2_CONCURRENT_UPDATE = 90131;
    private static final int H2_LOCK_TIMEOUT = 50200;

    private final boolean passing;
    private final boolean worthRepeating;

    SqlFailure(boolean passing, boolean worthRepeating) {
        this.passing = passing;
        this.worthRepeating = worthRepeating;
    }

    /** Whether the same transaction, rolled back, may be run again at once, without having waited for anything. */
    boolean isLostRace() {
        return this == ROLLED_BACK || this == DUPLICATE;
    }

    /** Whether it may be over when the same transaction, rolled back, is run again. */
    boolean isPassing() {
        return passing || worthRepeating;
    }

    /** Whether the same transaction, rolled back, may be run again at once. */
    boolean isWorthRepeating() {
        return worthRepeating;
    }

    static SqlFailure of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure.getErrorCode() == H2_LOCK_TIMEOUT || state.startsWith("HYT")) {
            return LOCK_WAIT;
        }
        if (failure.getErrorCode() == H2_CONCURRENT_UPDATE || state.startsWith("40")) {
            return ROLLED_BACK;
        }
        if (state.equals("23505") || failure instanceof SQLIntegrityConstraintViolationException) {
            return DUPLICATE;
        }
        return isConnection(failure, state) ? CONNECTION : OTHER;
    }

    private static boolean isConnection(SQLException failure, String state) {
        return state.startsWith("08")
                || failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || switch (failure.getErrorCode()) {
                    // H2: object closed, connection broken, database closed, in use, shutting down
                    case 90007, 90067, 90098, 90121, 90020 -> true;
                    default -> false;
                };
    }

    /** The exception for everything but commit; {@code doing} completes "The database failed while …". */
    static StoreException thrown(String doing, SQLException failure) {
        SqlFailure kind = of(failure);
        return new StoreException(
                "The database failed while " + doing + " (" + kind + ", SQL state " + failure.getSQLState() + "): "
                        + failure.getMessage(),
                kind.passing || failure instanceof CommitLostException,
                failure);
    }
}
