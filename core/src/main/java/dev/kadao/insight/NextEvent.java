package dev.kadao.insight;

import dev.kadao.order.Checkout;
import dev.kadao.order.Order;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What really happens next to an order, unless something comes before it (a payment, a supplier's notice, new stock).
 *
 * @param at when, never before the time of the diagnosis; equal to it if it is due now; null if nobody can say
 */
public record NextEvent(What what, @Nullable Instant at) {

    /** What happens. The words are shown, for ever. */
    public enum What {
        /** The time to pay ends; the gateway is asked once more. */
        PAYMENT_DEADLINE,
        /** Unpaid, it is closed. */
        CLOSES,
        KEYS_TAKEN,
        /** The stock is looked up again; new stock is handed over before that. */
        STOCK_LOOKED_UP,
        /** Stock is waited for no longer, and the money goes back. */
        REFUNDED_FOR_STOCK,
        HANDED_OVER,
        KEYS_REPLACED,
        SENT_TO_SUPPLIER,
        /** The same request goes out again under the same reference. */
        SENT_AGAIN,
        /** A call that is under way has been answered by then, or counts as unclear. */
        SUPPLIER_ANSWERS,
        SUPPLIER_ASKED,
        /** The time of the shop's own people to hand it over ends. */
        STAFF_DUE,
        /** The buyer is told that it is late. */
        BUYER_TOLD,
        /** Whatever may safely be done is done at once. */
        TRIED_AGAIN,
        /** A person is told. */
        PERSON_TOLD,
        /** The order is ended by the shop's rule, where that is safe. */
        ENDED,
        /** Waiting has an end, and a person decides. */
        PERSON_TAKES_OVER,
        /** A person has it; the time is the one by which they are to be done. */
        PERSON_DECIDES,
        REFUND_SENT,
        /** The money is back already; what is left is ours to do. */
        REFUND_COMPLETED,
        GATEWAY_ANSWERS,
        GATEWAY_ASKED,
        /** The buyer is told once more that the goods are there. */
        TOLD_AGAIN,
        /** The time to dispute ends, and the order is completed by itself. */
        WINDOW_ENDS;

        /** The word that is shown. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The earliest of what is ahead; null if nothing is. */
    static @Nullable NextEvent of(Checkout checkout, Order order, Instant now) {
        return Ahead.of(checkout, order, now).stream()
                .min(Comparator.comparing(NextEvent::at, Comparator.nullsLast(Comparator.naturalOrder())))
                .orElse(null);
    }
}
