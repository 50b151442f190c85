package dev.kadao.jdbc;

import dev.kadao.order.KadaoException;
import org.jspecify.annotations.Nullable;

/**
 * The database can be reached but must not be used as it is: a setting that loses acknowledged orders, a missing table,
 * a newer schema, another master key. The message says what to do; trying again without doing it does not help.
 */
public final class UnusableDatabaseException extends KadaoException {
    private static final long serialVersionUID = 1L;

    UnusableDatabaseException(String message) {
        super(message);
    }

    UnusableDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
