package dev.kadao.examples.cardshop.call;

/**
 * A body that is read once its sender is known to be allowed: an unknown id is a 404 and a wrong token a 403 whatever
 * stands in the body.
 */
@FunctionalInterface
public interface Unread<T> {
    /** The request, or a {@link dev.kadao.examples.cardshop.http.Problem} with status 400. */
    T read();
}
