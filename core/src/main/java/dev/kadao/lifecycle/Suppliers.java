package dev.kadao.lifecycle;

import dev.kadao.order.Dispatch;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an order's dispatches allow next: which supplier, and for an unclear one whether to resend, ask or give up. */
final class Suppliers {
    /** Dispatch numbers an order can use. */
    static final int MOST_DISPATCHES = 99;

    private Suppliers() {}

    /** The supplier to try next; null if every one of the chain said no to this order. */
    static @Nullable String next(Order order) {
        List<String> chain = order.route().suppliers();
        List<String> left =
                chain.stream().filter(supplier -> !declined(order, supplier)).toList();
        if (left.isEmpty()) {
            return null;
        }
        Dispatch last = order.lastDispatch();
        if (last == null) {
            return left.get(0);
        }
        if (last.state() == Dispatch.State.STOPPED && left.contains(last.supplier())) {
            return last.supplier();
        }
        int position = chain.indexOf(last.supplier());
        return left.stream()
                .filter(supplier -> chain.indexOf(supplier) > position)
                .findFirst()
                .orElse(left.get(0));
    }

    /**
     * The suppliers at which a new dispatch may be started just as well, the next one first, then the others of the chain
     * in turn: nothing is open, so that whoever takes orders may get it. One that said no to the order is not among them.
     */
    static List<String> choices(Order order) {
        String next = next(order);
        if (next == null) {
            return List.of();
        }
        List<String> chain = order.route().suppliers();
        List<String> turned = new ArrayList<>(chain.subList(chain.indexOf(next), chain.size()));
        turned.addAll(chain.subList(0, chain.indexOf(next)));
        turned.removeIf(supplier -> declined(order, supplier));
        return turned;
    }

    /** Whether the next supplier comes later in the chain than the last one, so that nothing needs to be waited for. */
    static boolean hasFurther(Order order) {
        Dispatch last = order.lastDispatch();
        String next = next(order);
        if (last == null || next == null) {
            return next != null;
        }
        List<String> chain = order.route().suppliers();
        return chain.indexOf(next) > chain.indexOf(last.supplier());
    }

    private static boolean declined(Order order, String supplier) {
        return order.dispatches().stream()
                .anyMatch(dispatch -> dispatch.state() == Dispatch.State.DECLINED
                        && dispatch.supplier().equals(supplier));
    }

    /** From when on no send of any of the order's dispatches can be under way; null if that is so already. */
    static @Nullable Instant quietFrom(Order order) {
        return order.dispatches().stream()
                .filter(Dispatch::unanswered)
                .map(dispatch -> dispatch.started().quietAt())
                .max(Instant::compareTo)
                .orElse(null);
    }

    static boolean allQuiet(Order order, Instant now) {
        return order.dispatches().stream().allMatch(dispatch -> dispatch.isQuiet(now));
    }

    /** Until when the same reference may be sent again; null if it never may. */
    static @Nullable Instant resendableUntil(Order order, Dispatch dispatch) {
        return order.moneyMovedBack() ? null : dispatch.resendableUntil();
    }

    static boolean isResendable(Order order, Dispatch dispatch, Instant now) {
        Instant until = resendableUntil(order, dispatch);
        return until != null && now.isBefore(until);
    }

    static Guarantee.@Nullable Asking asking(Dispatch dispatch) {
        return dispatch.supplierTerms().guarantee().howToAsk();
    }

    /** From when on it is worth asking the supplier. */
    static Instant settledAt(Dispatch dispatch, Guarantee.Asking asking) {
        return dispatch.started().at().plus(asking.settle());
    }

    /**
     * From when on "not found" can be believed. A send may have waited for a slot: it is only known to have gone out
     * before its send deadline, and before its caller reported.
     */
    static Instant notFoundCountsFrom(Dispatch dispatch, Guarantee.Asking asking) {
        Instant sendBefore = dispatch.started().sendBefore();
        boolean reported = !dispatch.unanswered() && dispatch.since().isBefore(sendBefore);
        return (reported ? dispatch.since() : sendBefore).plus(asking.settle());
    }

    /** When an open dispatch goes to a person if nothing else happens. */
    static Instant endOf(Order order, Dispatch dispatch) {
        Guarantee.Asking asking = asking(dispatch);
        return switch (dispatch.state()) {
            case NOT_SENT, ACCEPTED ->
                dispatch.firstSentAt().plus(dispatch.supplierTerms().processing());
            case UNKNOWN -> unknownEnd(order, dispatch, asking);
            case STARTED -> dispatch.started().quietAt();
            case DELIVERED, REPLACED, DECLINED, UNAVAILABLE, PARTIAL, STOPPED -> Instant.MAX;
        };
    }

    private static Instant unknownEnd(Order order, Dispatch dispatch, Guarantee.@Nullable Asking asking) {
        Instant resendable = resendableUntil(order, dispatch);
        Instant horizon =
                asking == null ? dispatch.since() : dispatch.firstSentAt().plus(asking.horizon());
        Instant end = resendable != null && resendable.isAfter(horizon) ? resendable : horizon;
        if (asking == null || !dispatch.vouched()) {
            return end;
        }
        Instant askedForAPerson = order.since().plus(asking.patience());
        return askedForAPerson.isAfter(end) ? askedForAPerson : end;
    }
}
