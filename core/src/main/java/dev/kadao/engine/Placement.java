package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked request to place a checkout.
 *
 * @param id null to have one generated
 * @param gateway at which the first payment is opened; null for none
 * @param account of the buyer; null if there is none
 * @param givenToken null to have a pick-up token generated
 */
public record Placement(
        @Nullable CheckoutId id,
        @Nullable String gateway,
        List<Line> lines,
        @Nullable String account,
        @Nullable Secret givenToken) {
    public Placement {
        lines = List.copyOf(lines);
    }

    /**
     * One order.
     *
     * @param route null if the shop does not sell the SKU (any more): then it can only be a repetition
     */
    public record Line(
            String sku,
            int quantity,
            String recipient,
            Money amount,
            @Nullable Route route) {
        @Override
        public String toString() {
            return "Line(" + sku + " x " + quantity + ")";
        }
    }

    @Override
    public String toString() {
        return "Placement(" + id + ", " + lines + ")";
    }

    /** What came of it. */
    public sealed interface Result {
        record Placed(Snapshot snapshot, @Nullable Secret pickupToken) implements Result {}

        record Same(Snapshot snapshot) implements Result {}

        record Conflict(String sentence) implements Result {}

        /** It would not fit into what may be stored. */
        record TooLarge(String sentence) implements Result {}

        record Busy(String sentence) implements Result {}
    }
}
