package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an order's goods come to the buyer, recorded at placing.
 *
 * @param suppliers names in the order in which they are tried; empty exactly for {@link Kind#KEYS}
 * @param sla the promise of this SKU; null if the shop's holds
 * @param reserving how keys are reserved before they are paid; null if they are taken at payment
 */
public record Route(
        Kind kind,
        List<String> suppliers,
        Terms.@Nullable Sla sla,
        @Nullable Reserving reserving) {
    /** Where goods come from. */
    public enum Kind {
        /** Keys from the shop's own stock. */
        KEYS,
        /** A supplier credits the recipient and answers with a receipt. */
        TOP_UP,
        /** A supplier sells us the keys. */
        SOURCED
    }

    /**
     * Keys are reserved when the order is placed, and go back to stock when it closes unpaid.
     *
     * @param cap how many keys of the SKU may be reserved at once, so that whoever places and never pays locks up no more;
     *     1 to 100,000
     * @param orRefuse whether a checkout is refused whose keys cannot be reserved; else it is placed without them, and takes
     *     its keys at payment, if there are any then
     */
    public record Reserving(int cap, boolean orRefuse) {
        public Reserving {
            require(
                    cap >= 1 && cap <= MOST_RESERVED,
                    "a cap of " + cap + " reserved keys; use 1 to " + MOST_RESERVED
                            + ", or do not reserve at placing at all");
        }
    }

    private static final int MOST_RESERVED = 100_000;

    public Route {
        suppliers = List.copyOf(suppliers);
        require(
                reserving == null || kind == Kind.KEYS,
                "route " + kind + " reserves at placing: only keys from the shop's own stock can be reserved");
        require(
                suppliers.isEmpty() == (kind == Kind.KEYS),
                "route " + kind + " with suppliers " + suppliers + ": keys take none, everything else at least one");
        require(suppliers.size() <= 20, "a route takes at most 20 suppliers, not " + suppliers.size());
    }

    public static Route keys() {
        return new Route(Kind.KEYS, List.of(), null, null);
    }

    public static Route topUp(String... suppliers) {
        return new Route(Kind.TOP_UP, List.of(suppliers), null, null);
    }

    /** Keys that are bought from a supplier when they are sold; they are kept in the stock beside the orders. */
    public static Route sourced(String... suppliers) {
        return new Route(Kind.SOURCED, List.of(suppliers), null, null);
    }

    /** This route with a promise of its own. */
    public Route within(Terms.Sla promise) {
        return new Route(kind, suppliers, promise, reserving);
    }

    /** This route with keys that are reserved at placing, at most so many of the SKU at once. */
    public Route reservedAtPlacing(int cap) {
        return new Route(kind, suppliers, sla, new Reserving(cap, false));
    }

    /** As {@link #reservedAtPlacing}; a checkout whose keys cannot be reserved is refused. */
    public Route reservedAtPlacingOrRefused(int cap) {
        return new Route(kind, suppliers, sla, new Reserving(cap, true));
    }

    /** Whether the buyer gets keys, whoever they come from. */
    public boolean givesKeys() {
        return kind != Kind.TOP_UP;
    }
}
