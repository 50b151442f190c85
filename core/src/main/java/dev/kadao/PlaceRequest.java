package dev.kadao;

import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkout to be placed. Start from {@link #of} and add what you have. Values are checked by {@code place}, which
 * names all that is wrong at once.
 *
 * @param id 3 to 26 letters, digits or underscores, and the idempotency key of placing; null to have one generated, which
 *     then cannot be repeated safely: give one of your own wherever an answer may get lost
 * @param gateway at which a first payment is opened; null to open none yet
 * @param orders 1 to 20, all in one currency
 * @param buyer what is known of the buyer; null if nothing
 * @param pickupToken 22 to 128 characters by which the buyer is known later; null to have one generated
 */
public record PlaceRequest(
        @Nullable String id,
        @Nullable String gateway,
        List<Line> orders,
        @Nullable Buyer buyer,
        @Nullable Secret pickupToken) {
    public PlaceRequest {
        orders = List.copyOf(orders);
    }

    /**
     * One order.
     *
     * @param sku what is sold, as the router knows it: 1 to 64 printable characters
     * @param quantity 1 to 1000
     * @param recipient who gets the goods, 1 to 256 printable characters; personal data
     * @param amount what the buyer pays for the whole line, above zero; the shop's own arithmetic
     */
    public record Line(String sku, int quantity, String recipient, Money amount) {
        @Override
        public String toString() {
            return "Line(" + sku + " x " + quantity + ", " + amount + ")";
        }
    }

    /**
     * The buyer.
     *
     * @param account compared when placing is repeated; personal data; null if there is none
     * @param ip for risk rules; neither compared nor stored; at most 256 characters; null if unknown. What a proxy of
     *     yours says, not what the buyer's own headers claim
     * @param device by which the shop tells devices apart, for risk rules, likewise
     */
    public record Buyer(
            @Nullable String account,
            @Nullable String ip,
            @Nullable String device) {
        /** A buyer whose device is not known. */
        public Buyer(@Nullable String account, @Nullable String ip) {
            this(account, ip, null);
        }

        @Override
        public String toString() {
            return "Buyer(***)";
        }
    }

    /** A checkout to be paid at a gateway, under a generated id; see {@link #withId}. */
    public static PlaceRequest of(@Nullable String gateway, Line... orders) {
        return new PlaceRequest(null, gateway, List.of(orders), null, null);
    }

    public PlaceRequest withId(@Nullable String newId) {
        return new PlaceRequest(newId, gateway, orders, buyer, pickupToken);
    }

    public PlaceRequest with(Line order) {
        List<Line> more = new ArrayList<>(orders);
        more.add(order);
        return new PlaceRequest(id, gateway, more, buyer, pickupToken);
    }

    public PlaceRequest withBuyer(@Nullable Buyer newBuyer) {
        return new PlaceRequest(id, gateway, orders, newBuyer, pickupToken);
    }

    public PlaceRequest withPickupToken(@Nullable Secret token) {
        return new PlaceRequest(id, gateway, orders, buyer, token);
    }
}
