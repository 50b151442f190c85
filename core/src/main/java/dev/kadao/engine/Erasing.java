package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Compensation;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Personal;
import dev.kadao.order.Refund;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Erases what identifies a buyer, once nothing of the checkout needs it any more. Facts stay as they are. */
final class Erasing {
    private Erasing() {}

    static Change.Intention intention() {
        return (held, now) -> {
            if (held.personal().isErased()) {
                return Change.of(held, new Event.TimeCame(now));
            }
            return hindrance(held.checkout()) == null
                    ? Optional.of(new Change(new Event.TimeCame(now), Personal.ERASED, null))
                    : Optional.empty();
        };
    }

    /** What still needs the texts, and until when; null if nothing does. */
    static @Nullable String hindrance(Checkout checkout) {
        for (Order order : checkout.orders()) {
            String why = hindrance(order);
            if (why != null) {
                return why;
            }
        }
        for (Payment payment : checkout.payments()) {
            if (payment.isWatched()) {
                return "payment " + payment.id() + " is " + payment.state()
                        + ": its money may still come and buy goods for the recipient. Erase once it is closed";
            }
        }
        for (Refund refund : checkout.refunds()) {
            if (refund.isOpen()) {
                return "refund " + refund.id() + " is " + refund.state() + ": erase once it has ended";
            }
        }
        for (Compensation compensation : checkout.compensated()) {
            if (compensation.state() == Compensation.State.DUE) {
                return "compensation " + compensation.reference(checkout.id())
                        + " is still to be granted to the buyer: erase after that";
            }
        }
        for (Message message : checkout.messages()) {
            if (message.state() == Message.State.DUE) {
                return "message " + message.number() + " is still to be sent to the recipient: erase after that";
            }
        }
        for (Case open : checkout.cases()) {
            if (open.isOpen()) {
                return "case " + open.number() + " is open, and its texts are needed to work it: close it first";
            }
        }
        return null;
    }

    private static @Nullable String hindrance(Order order) {
        boolean over = switch (order.stage()) {
            case CLOSED, COMPLETED, REFUNDED -> true;
            case AWAITING_PAYMENT,
                    ON_HOLD,
                    PAID,
                    RESERVED,
                    DISPATCHING,
                    UNCERTAIN,
                    DELIVERED,
                    DISPUTED,
                    REPLACING,
                    REFUNDING,
                    PARKED -> false;
        };
        return over
                ? null
                : "order " + order.id() + " is " + order.stage()
                        + ": its recipient may still be needed. Erase once it is CLOSED, COMPLETED or REFUNDED";
    }

    static String refusal(CheckoutId id, Held held) {
        return "the personal data of checkout " + id + " cannot be erased yet: " + hindrance(held.checkout());
    }
}
