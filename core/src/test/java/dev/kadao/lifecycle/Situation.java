package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names a state by what decides: the row of a golden table. Times and closed cases are left out, counters capped. */
final class Situation {
    private Situation() {}

    /** The row's name, seen from the first order. */
    static String nameOf(Placings placing, Checkout checkout) {
        Order order = checkout.order(1);
        List<String> words = new ArrayList<>();
        words.add(order.stage().name());
        words.add(placing.name());
        switch (order.stage()) {
            case AWAITING_PAYMENT, CLOSED, ON_HOLD -> words.add(payments(checkout));
            case REFUNDING, PARKED, REFUNDED -> {
                words.add(goods(order));
                words.add(refundsOf(checkout, order));
            }
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, DELIVERED, DISPUTED, REPLACING, COMPLETED ->
                words.add(goods(order));
        }
        if (order.moneyMovedBack()) {
            words.add("money moved back");
        }
        if (order.paidLate() && order.stage() == Stage.PAID) {
            words.add("paid late");
        }
        if (order.takenBy() != null) {
            words.add("taken");
        }
        words.removeIf(String::isEmpty);
        return String.join("/", words);
    }

    private static String payments(Checkout checkout) {
        return checkout.payments().stream()
                .map(payment -> lower(payment.state())
                        + payment.receipts().stream()
                                .map(receipt -> " " + lower(receipt.verdict()))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" + "));
    }

    private static String goods(Order order) {
        if (order.route().kind() == Route.Kind.KEYS) {
            return keys(order);
        }
        Dispatch last = order.lastDispatch();
        if (last == null) {
            return "nothing sent";
        }
        String which = order.dispatches().size() == 1 ? "" : "2nd dispatch ";
        String resent = last.started().send() > 1 ? ", resent" : "";
        String flags = (last.unanswered() ? ", caller out" : "")
                + (last.doubtful() && last.state() != Dispatch.State.UNKNOWN ? ", doubtful" : "")
                + (last.vouched() ? ", vouched" : "");
        return which + lower(last.state()) + resent + flags;
    }

    private static String keys(Order order) {
        Keys keys = order.keys();
        String waiting = keys.waitingSince() == null ? "" : ", waiting for stock";
        String seen = keys.revealed() ? ", seen" : "";
        String replaced = keys.replacement() > 0 ? ", replaced" : "";
        return "keys " + lower(keys.state()) + waiting + seen + replaced;
    }

    private static String refundsOf(Checkout checkout, Order order) {
        return checkout.refunds().stream()
                .filter(refund -> refund.line() != null && refund.line() == order.line())
                .map(refund -> "refund " + lower(refund.state()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Tells states apart that the walk must visit separately; what has ended is told by how it ended alone. */
    static String keyOf(Checkout checkout) {
        StringBuilder key = new StringBuilder();
        checkout.orders().forEach(order -> keyOf(key, order));
        for (Payment payment : checkout.payments()) {
            key.append(payment.isWatched() ? payment.state().name() : "over");
            for (Receipt receipt : payment.receipts()) {
                key.append(receipt.verdict()).append(receipt.movedBack().isPositive());
            }
            key.append('|');
        }
        for (Refund refund : checkout.refunds()) {
            key.append(refund.state()).append(refund.line()).append(refund.isUnsent());
        }
        return key.toString();
    }

    private static void keyOf(StringBuilder key, Order order) {
        key.append(order.stage())
                .append(order.keys().state())
                .append(order.keys().revealed());
        key.append(order.keys().replacement()).append(order.keys().waitingSince() != null);
        key.append(order.paidLate()).append(order.takenBy() != null).append(order.moneyMovedBack());
        for (Dispatch dispatch : order.dispatches()) {
            boolean last = dispatch.equals(order.lastDispatch());
            key.append(dispatch.state()).append(last && dispatch.unanswered()).append(last && dispatch.doubtful());
            key.append(last && dispatch.vouched());
            key.append(last ? Math.min(dispatch.started().send(), 2) : 0);
        }
        key.append('|');
    }
}
