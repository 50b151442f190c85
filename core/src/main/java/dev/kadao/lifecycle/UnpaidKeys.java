package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Keys.AtPlacing;
import dev.kadao.order.Order;
import dev.kadao.order.Stage;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are reserved before they are paid: asked for once, at placing, and given back once nobody can be expected to
 * pay in time. An order that is paid without them takes its keys as any other does.
 */
final class UnpaidKeys {
    private UnpaidKeys() {}

    /** Whether keys are to be reserved for the order now. */
    static boolean areWanted(Order order) {
        return order.route().reserving() != null
                && order.stage() == Stage.AWAITING_PAYMENT
                && order.keys().state() == Keys.State.NONE
                && order.keys().atPlacing() == null;
    }

    /**
     * From when on what is reserved goes back; null if it does not. A short payment keeps it for no longer than the full
     * one could have come in time: a person may take days to decide. What is paid in full is kept, whoever decides.
     */
    static @Nullable Instant goBackAt(Checkout checkout, Order order) {
        if (order.route().reserving() == null || !order.keys().mayBeReserved()) {
            return null;
        }
        if (order.stage() == Stage.CLOSED) {
            return order.since();
        }
        return order.stage() == Stage.ON_HOLD && !checkout.isSettled() ? Closing.at(checkout) : null;
    }

    /** Whether it is the business of this class what the stock said. */
    static boolean areMeant(StockAnswer answer) {
        return answer instanceof StockAnswer.ForUnpaid || answer instanceof StockAnswer.Gone;
    }

    static void said(Draft draft, Order order, StockAnswer answer) {
        if (answer instanceof StockAnswer.Gone && order.stage() == Stage.RESERVED) {
            // What was to be given back before the payment went after it: keys are taken anew.
            Moves.ready(draft, order.line());
            return;
        }
        AtPlacing outcome = outcome(order, answer);
        if (outcome != null) {
            draft.add(new Entry.UnpaidKeysSettled(order.line(), outcome));
        }
    }

    /** What is news; an order that has been paid meanwhile asks the stock for itself. */
    private static @Nullable AtPlacing outcome(Order order, StockAnswer answer) {
        Keys keys = order.keys();
        boolean unpaid = order.stage() == Stage.AWAITING_PAYMENT
                || order.stage() == Stage.ON_HOLD
                || order.stage() == Stage.CLOSED;
        if (!unpaid) {
            return null;
        }
        if (answer instanceof StockAnswer.Gone) {
            return order.stage() != Stage.AWAITING_PAYMENT && keys.mayBeReserved() ? AtPlacing.LET_GO : null;
        }
        UnpaidAnswer said = ((StockAnswer.ForUnpaid) answer).answer();
        if (said instanceof UnpaidAnswer.Reserved) {
            // Also after a no or a giving back that it overtook: what is bound must be known, or nobody gives it back.
            return keys.state() == Keys.State.NONE ? AtPlacing.RESERVED : null;
        }
        if (keys.state() != Keys.State.NONE || keys.atPlacing() != null) {
            return null;
        }
        return said instanceof UnpaidAnswer.CapReached ? AtPlacing.CAP_REACHED : AtPlacing.OUT_OF_STOCK;
    }

    /** The gap before a stock that did not answer is asked again, which may be for weeks: nobody else gives keys back. */
    static Duration gap(Draft draft, String part) {
        return Backoff.refund(draft.checkout().terms(), draft.tries(part));
    }
}
