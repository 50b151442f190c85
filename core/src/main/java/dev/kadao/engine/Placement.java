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
 * @param ip of the buyer, for risk rules; neither compared nor stored; null if unknown
 * @param device of the buyer, likewise
 */
public record Placement(
        @Nullable CheckoutId id,
        @Nullable String gateway,
        List<Line> lines,
        @Nullable String account,
        @Nullable Secret givenToken,
        @Nullable String ip,
        @Nullable String device) {
    public Placement {
        lines = List.copyOf(lines);
    }

    /** One of which is not known where it comes from. */
    public Placement(
            @Nullable CheckoutId id,
            @Nullable String gateway,
            List<Line> lines,
            @Nullable String account,
            @Nullable Secret givenToken) {
        this(id, gateway, lines, account, givenToken, null, null);
    }

    Placement withId(CheckoutId newId) {
        return new Placement(newId, gateway, lines, account, givenToken, ip, device);
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

        /** The risk rules refused it; the sentence is for the buyer and says nothing of them. */
        record TurnedDown(String sentence) implements Result {}

        /** Keys that were to be reserved could not be; nothing was written. */
        record NoneToReserve(String sentence) implements Result {}

        record Busy(String sentence) implements Result {}
    }
}
