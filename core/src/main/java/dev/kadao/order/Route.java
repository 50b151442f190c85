package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an order's goods come to the buyer, recorded at placing.
 *
 * @param suppliers names in the order in which they are tried; empty exactly for {@link Kind#KEYS}
 * @param sla the promise of this SKU; null if the shop's holds
 */
public record Route(Kind kind, List<String> suppliers, Terms.@Nullable Sla sla) {
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
        return new Route(Kind.KEYS, List.of(), null);
    }

    public static Route topUp(String... suppliers) {
        return new Route(Kind.TOP_UP, List.of(suppliers), null);
    }

    /** Keys that are bought from a supplier when they are sold; they are kept in the stock beside the orders. */
    public static Route sourced(String... suppliers) {
        return new Route(Kind.SOURCED, List.of(suppliers), null);
    }

    /** This route with a promise of its own. */
    public Route within(Terms.Sla promise) {
        return new Route(kind, suppliers, promise);
    }

    /** Whether the buyer gets keys, whoever they come from. */
    public boolean givesKeys() {
        return kind != Kind.TOP_UP;
    }
}
