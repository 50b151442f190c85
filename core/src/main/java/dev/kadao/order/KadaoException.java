package dev.kadao.order;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything Kadao throws: a bug of the caller or broken infrastructure, never a business answer (those are
 * sealed values). Each subclass says in its Javadoc whether trying again can help.
 */
public abstract class KadaoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected KadaoException(String message) {
        super(message);
    }

    protected KadaoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
