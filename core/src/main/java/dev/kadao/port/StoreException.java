package dev.kadao.port;

import dev.kadao.order.KadaoException;

/** The store cannot be reached or used. Trying again later helps if {@link #isTransient()}. */
public final class StoreException extends KadaoException {
    private static final long serialVersionUID = 1L;
    private final boolean passing;

    public StoreException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** Whether trying again may help: a lost connection, a lock that was not had in time. */
    public boolean isTransient() {
        return passing;
    }
}
