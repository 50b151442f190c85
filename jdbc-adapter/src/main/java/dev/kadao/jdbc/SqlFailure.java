package dev.kadao.jdbc;

import dev.kadao.port.StoreException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** What kind of trouble the database is in: the one place that reads SQL states and vendor codes. */
enum SqlFailure {
    /** The connection is gone, none could be had, or it leads to a server that may not write. */
    CONNECTION(true, false),
    /** A lock was not had in time. */
    LOCK_WAIT(true, true),
    /** The database broke the transaction off: deadlock, serialization, a row changed meanwhile. */
    ROLLED_BACK(true, true),
    /** Somebody else inserted the same row meanwhile. */
    DUPLICATE(false, true),
    /** Anything else: a bug, a missing right, a full disk. */
    OTHER(false, false);

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
        SqlFailure byCode = ofCode(failure.getErrorCode());
        if (byCode != OTHER) {
            return byCode;
        }
        SqlFailure byState = ofState(failure.getSQLState() == null ? "" : failure.getSQLState());
        if (byState != OTHER) {
            return byState;
        }
        return failure instanceof SQLTransientConnectionException
                        || failure instanceof SQLNonTransientConnectionException
                        || failure instanceof SQLRecoverableException
                ? CONNECTION
                : OTHER;
    }

    /** PostgreSQL has no codes (always 0); H2's have five digits, MariaDB's and MySQL's four. */
    private static SqlFailure ofCode(int code) {
        return switch (code) {
            // H2: lock timeout. MariaDB, MySQL: lock wait timeout, lock not had at once.
            case 50200, 1205, 3572 -> LOCK_WAIT;
            // H2: concurrent update. MariaDB, MySQL: deadlock (in a cluster at COMMIT too), row changed since it was
            // read.
            case 90131, 1213, 1020 -> ROLLED_BACK;
            case 1062, 1586 -> DUPLICATE;
            // H2: object closed, connection broken, database closed, in use, shutting down.
            case 90007, 90067, 90098, 90121, 90020 -> CONNECTION;
            // MariaDB, MySQL: too many connections, server shuts down, connection killed, server gone, connection lost.
            case 1040, 1203, 1053, 1927, 2006, 2013 -> CONNECTION;
            // MariaDB, MySQL: the server may not write any more, as after a failover.
            case 1290, 1836 -> CONNECTION;
            default -> OTHER;
        };
    }

    private static SqlFailure ofState(String state) {
        return switch (state) {
            case "55P03" -> LOCK_WAIT;
            case "23505" -> DUPLICATE;
            // PostgreSQL: shut down, crashed, starting, database dropped, idle too long (twice), too many connections.
            case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "53300" -> CONNECTION;
            // The server may not write any more, as after a failover.
            case "25006" -> CONNECTION;
            default -> {
                if (state.startsWith("HYT")) {
                    yield LOCK_WAIT;
                }
                if (state.startsWith("40")) {
                    yield ROLLED_BACK;
                }
                yield state.startsWith("08") ? CONNECTION : OTHER;
            }
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
