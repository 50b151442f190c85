package dev.kadao;

import dev.kadao.order.KadaoException;

/**
 * A sealed answer was not the one that {@code orThrow()} was asked for. Nothing was changed by the refused call, unless it
 * is transient: then its outcome may have been stored, and the same call with the same ids may be repeated.
 */
public final class RefusedException extends KadaoException {
    private static final long serialVersionUID = 1L;
    private final boolean passing;

    RefusedException(String sentence, boolean passing) {
        super(sentence);
        this.passing = passing;
    }

    /** Whether the answer was "busy", so that the same call may succeed later. */
    public boolean isTransient() {
        return passing;
    }
}
