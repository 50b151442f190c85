package dev.kadao.order;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an order counts in the statistics of the service: one that was delivered, or whose money went back without that.
 * What happens to it later is told under the same day.
 *
 * @param day of the first delivery, else of the refund; in UTC
 * @param supplier whose dispatch was delivered, or was the last one tried; null for what comes from stock, was handed
 *     over by a person or reached no supplier
 * @param took from the payment, or the release of a hold, to the first delivery; null if there was none
 * @param onTime whether that was within the promise made for this order
 * @param refunded whether its money went back
 * @param disputed whether the buyer ever disputed the goods
 * @param byHand whether a person attested the delivery
 */
public record Served(
        LocalDate day,
        String sku,
        @Nullable String supplier,
        @Nullable Duration took,
        boolean onTime,
        boolean refunded,
        boolean disputed,
        boolean byHand) {

    /** How an order of a checkout counts; empty while it does not, and for one delivered before this was kept. */
    public static Optional<Served> of(Checkout checkout, Order order) {
        Delivery delivery = order.delivery();
        boolean over = order.stage() == Stage.REFUNDED;
        boolean deliveredBefore = order.windowEnd() != null;
        if (delivery == null && (!over || deliveredBefore)) {
            return Optional.empty();
        }
        return Optional.of(new Served(
                dayOf(delivery == null ? order.since() : delivery.at()),
                order.sku(),
                delivery != null && delivery.byHand() ? null : supplierOf(order),
                delivery == null ? null : delivery.took(),
                delivery != null
                        && delivery.took().compareTo(checkout.sla(order).late()) < 0,
                over || order.moneyMovedBack(),
                checkout.cases().stream().anyMatch(work -> isDisputeOf(order, work)),
                delivery != null && delivery.byHand()));
    }

    public boolean isDelivered() {
        return took != null;
    }

    private static boolean isDisputeOf(Order order, Case work) {
        return work.kind() == Case.Kind.DISPUTE && work.line() != null && work.line() == order.line();
    }

    /** Of several that were delivered, the one that was it first. */
    private static @Nullable String supplierOf(Order order) {
        Dispatch last = order.lastDispatch();
        return order.dispatches().stream()
                .filter(Dispatch::wasDelivered)
                .min(Comparator.comparing(Dispatch::since)
                        .thenComparingInt(dispatch -> dispatch.id().number()))
                .map(Dispatch::supplier)
                .orElse(last == null ? null : last.supplier());
    }

    private static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
