package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The moves of an order that more than one part makes. */
final class Moves {
    private Moves() {}

    /** Until when a delivery of now may be disputed. */
    static Instant windowEnd(Draft draft) {
        return draft.now().plus(draft.checkout().terms().disputeWindow());
    }

    static void deliver(Draft draft, int line) {
        draft.add(new Entry.OrderDelivered(line, windowEnd(draft), took(draft, line)));
    }

    /**
     * How long a first delivery of now took; null if the order was delivered before, also by a version that did not keep
     * when, or was never paid in full.
     */
    static @Nullable Duration took(Draft draft, int line) {
        Order order = draft.order(line);
        boolean first = order.delivery() == null && order.windowEnd() == null;
        return first && order.paidAt() != null
                ? Duration.between(order.paidAt(), draft.checkout().at())
                : null;
    }

    /**
     * Whether the stock has to be told before money goes back: of an order from stock, keys may be bound that are not
     * recorded yet; supplied ones are bound in the step that records them.
     */
    static boolean keysAreOut(Order order) {
        return switch (order.route().kind()) {
            case KEYS -> order.keys().state() != Keys.State.RETURNED;
            case SOURCED -> order.keys().state() == Keys.State.HANDED_OVER;
            case TOP_UP -> false;
        };
    }

    static void park(Draft draft, int line, String cause) {
        draft.add(new Entry.OrderParked(line, cause));
    }

    /** Starts giving the order's money back; where the gateway has done so already, the order ends once its
     * keys are back. */
    static void refund(Draft draft, int line, String cause) {
        Order order = draft.order(line);
        boolean keysAreOut =
                order.keys().state() == Keys.State.RESERVED || order.keys().state() == Keys.State.HANDED_OVER;
        draft.add(
                order.moneyMovedBack() && !keysAreOut
                        ? new Entry.OrderRefunded(line)
                        : new Entry.OrderRefunding(line, cause));
    }

    /** Makes the order wait for a supplier or stock again. */
    static void ready(Draft draft, int line) {
        draft.add(new Entry.OrderReadied(line));
    }

    /** Goes on to the next supplier; when every one has said no, the money goes back. */
    static void tryNext(Draft draft, int line, String reason) {
        if (Suppliers.next(draft.order(line)) == null) {
            refund(draft, line, "every supplier said no; " + reason);
        } else {
            ready(draft, line);
        }
    }

    /** Whether a person has stopped what is asked for the order. Once it has ended nobody could let that go on again. */
    static boolean isStopped(Order order) {
        return order.takenBy() != null && !order.stage().isFinal();
    }

    static boolean isOver(Draft draft, Instant limit) {
        return !draft.now().isBefore(limit);
    }

    static boolean stockWaitIsOver(Draft draft, Order order) {
        Checkout checkout = draft.checkout();
        Instant since = order.keys().waitingSince();
        return since != null && isOver(draft, since.plus(checkout.terms().stockWait()));
    }
}
