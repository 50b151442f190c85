package dev.kadao.insight;

import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;

/** What happens to an order next. */
public enum NextStep {
    PAY("pay"),
    TAKE_KEYS("take-keys"),
    AWAIT_STOCK("await-stock"),
    HAND_OVER("hand-over"),
    SEND_TO_SUPPLIER("send-to-supplier"),
    SEND_AGAIN("send-again"),
    AWAIT_SUPPLIER("await-supplier"),
    ASK_SUPPLIER("ask-supplier"),
    REPLACE_KEYS("replace-keys"),
    /** The shop's own people hand it over. */
    PERSON_DELIVERS("person-delivers"),
    PERSON_DECIDES("person-decides"),
    COLLECT("collect"),
    CONFIRM("confirm"),
    GIVE_MONEY_BACK("give-money-back"),
    ASK_GATEWAY("ask-gateway"),
    NONE("none");

    private final String code;

    NextStep(String code) {
        this.code = code;
    }

    /** The code that is shown, for ever. */
    public String code() {
        return code;
    }

    static NextStep of(Checkout checkout, Order order) {
        return switch (order.stage()) {
            case AWAITING_PAYMENT -> PAY;
            case PAID -> whilePaid(order);
            case RESERVED -> HAND_OVER;
            case DISPATCHING -> whileDispatching(order);
            case UNCERTAIN -> ASK_SUPPLIER;
            case REPLACING -> whileReplacing(order);
            case ON_HOLD, DISPUTED, PARKED -> PERSON_DECIDES;
            case DELIVERED -> !order.route().givesKeys() || order.keys().revealed() ? CONFIRM : COLLECT;
            case REFUNDING -> whileRefunding(checkout, order);
            case CLOSED, COMPLETED, REFUNDED -> NONE;
        };
    }

    private static NextStep whileReplacing(Order order) {
        if (order.route().kind() != Route.Kind.KEYS) {
            return SEND_TO_SUPPLIER;
        }
        return order.keys().waitingSince() == null ? REPLACE_KEYS : AWAIT_STOCK;
    }

    private static NextStep whilePaid(Order order) {
        if (order.route().kind() != Route.Kind.KEYS) {
            return SEND_TO_SUPPLIER;
        }
        return order.keys().waitingSince() == null ? TAKE_KEYS : AWAIT_STOCK;
    }

    private static NextStep whileDispatching(Order order) {
        if (order.dueWithPeople() != null) {
            return PERSON_DELIVERS;
        }
        Dispatch last = order.lastDispatch();
        return last != null && last.state() == Dispatch.State.NOT_SENT ? SEND_AGAIN : AWAIT_SUPPLIER;
    }

    private static NextStep whileRefunding(Checkout checkout, Order order) {
        boolean unclear = checkout.refunds().stream()
                .filter(refund -> refund.line() != null && refund.line() == order.line())
                .anyMatch(refund -> refund.state() == Refund.State.UNKNOWN || refund.state() == Refund.State.PENDING);
        return unclear ? ASK_GATEWAY : GIVE_MONEY_BACK;
    }
}
