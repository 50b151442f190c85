package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.util.List;

/**
 * How an order's goods come to the buyer, recorded at placing.
 *
 * @param suppliers names in the order in which they are tried; empty exactly for {@link Kind#KEYS}
 */
public record Route(Kind kind, List<String> suppliers) {
    /** Where goods come from. */
    public enum Kind {
        /** Keys from the shop's own stock. */
        KEYS,
        /** A supplier credits the recipient and answers with a receipt. */
        TOP_UP,
        /** A supplier sells us the keys. */
        SOURCED
    }

    public Route {
        suppliers = List.copyOf(suppliers);
        require(
                suppliers.isEmpty() == (kind == Kind.KEYS),
                "route " + kind + " with suppliers " + suppliers + ": keys take none, everything else at least one");
        require(suppliers.size() <= 20, "a route takes at most 20 suppliers, not " + suppliers.size());
    }

    public static Route keys() {
        return new Route(Kind.KEYS, List.of());
    }

    public static Route topUp(String... suppliers) {
        return new Route(Kind.TOP_UP, List.of(suppliers));
    }

    /** Keys that are bought from a supplier when they are sold; they are kept in the stock beside the orders. */
    public static Route sourced(String... suppliers) {
        return new Route(Kind.SOURCED, List.of(suppliers));
    }

    /** Whether the buyer gets keys, whoever they come from. */
    public boolean givesKeys() {
        return kind != Kind.TOP_UP;
    }
}
