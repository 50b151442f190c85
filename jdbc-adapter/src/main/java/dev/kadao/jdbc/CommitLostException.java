package dev.kadao.jdbc;

import java.sql.SQLException;

/** COMMIT was sent and its answer was an error: the transaction may be there or not. */
final class CommitLostException extends SQLException {
    private static final long serialVersionUID = 1L;

    CommitLostException(SQLException cause) {
        super("COMMIT failed: " + cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    }
}
