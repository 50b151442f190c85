package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Keys;
import dev.kadao.order.Ladder;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Proposal;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Names a state by what decides: the row of a golden table. Times and closed cases are left out, counters capped. */
final class Situation {
    private static final Set<Stage> UNPAID = EnumSet.of(Stage.AWAITING_PAYMENT, Stage.CLOSED, Stage.ON_HOLD);
    /** Stages in which a send that is still out, or a doubt about it, decides what may follow. */
    private static final Set<Stage> SENDING =
            EnumSet.of(Stage.PAID, Stage.DISPATCHING, Stage.UNCERTAIN, Stage.PARKED, Stage.REFUNDING);

    private Situation() {}

    /** The row's name. */
    static String nameOf(Placings placing, Checkout checkout) {
        List<String> words = new ArrayList<>();
        words.add(checkout.order(1).stage().name());
        words.add(placing.name());
        if (checkout.orders().stream().anyMatch(order -> order.takenBy() != null)) {
            words.add("taken by an operator");
        } else {
            switch (placing.focus()) {
                case GOODS -> goodsWalk(words, checkout);
                case MONEY, REFUNDS -> moneyWalk(words, checkout);
                case CART -> cartWalk(words, checkout);
            }
        }
        words.add(compensation(checkout, true));
        words.add(holds(checkout));
        words.removeIf(String::isEmpty);
        return String.join("/", words);
    }

    private static void goodsWalk(List<String> words, Checkout checkout) {
        Order order = checkout.order(1);
        if (UNPAID.contains(order.stage())) {
            words.add(payments(checkout));
        }
        if (order.stage() != Stage.REFUNDED) {
            words.add(goods(order));
            words.add(refunds(checkout));
        }
        words.add(flags(order));
        words.add(rung(order));
    }

    /** The last rung of the promise, where another one may follow: what was done on it is not done again. */
    private static String rung(Order order) {
        Ladder ladder = order.ladder();
        boolean owed = order.stage().owesGoods() || order.stage() == Stage.DELIVERED;
        return !owed || ladder == null
                ? ""
                : lower(ladder.reached().get(ladder.reached().size() - 1)) + " reached";
    }

    private static void moneyWalk(List<String> words, Checkout checkout) {
        words.add(payments(checkout));
        words.add(refunds(checkout));
        words.add(flags(checkout.order(1)));
        words.add(risk(checkout));
    }

    private static String risk(Checkout checkout) {
        return RiskPart.isAwaited(checkout) ? "risk to be asked about" : checkout.riskHold() == null ? "" : "risk held";
    }

    private static void cartWalk(List<String> words, Checkout checkout) {
        words.add("other order " + checkout.order(2).stage());
        words.add(payments(checkout));
        words.add(refunds(checkout));
        words.add(flags(checkout.order(1)));
    }

    /** The row of the golden tables that a state belongs to: its name without what seldom matters. */
    static String rowOf(Placings placing, Checkout checkout) {
        Order order = checkout.order(1);
        List<String> words = new ArrayList<>();
        words.add(order.stage().name());
        words.add(placing.name());
        boolean refunded = !refunds(checkout).isEmpty();
        boolean back = order.stage() == Stage.REFUNDING || order.stage() == Stage.PARKED;
        if (checkout.orders().stream().anyMatch(other -> other.takenBy() != null)) {
            words.add("taken by an operator");
        } else if (isAboutRemedies(checkout)) {
            words.add(compensation(checkout, false));
            words.add(holds(checkout));
            words.add(checkout.held().isEmpty() ? "" : flags(order));
        } else if (placing.focus() == Placings.Focus.CART) {
            words.add("other order " + otherInShort(checkout.order(2).stage()));
        } else if (UNPAID.contains(order.stage())) {
            words.add(paymentsInShort(checkout));
            words.add(order.route().reserving() == null ? "" : keys(order));
        } else if (refunded && (back || Samples.isAboutMoney(placing))) {
            words.add(refunds(checkout).contains(" and ") ? "several refunds" : refunds(checkout));
        } else {
            words.add(goodsInShort(placing, order));
            words.add(flags(order));
            words.add(order.stage() == Stage.PAID ? risk(checkout) : "");
        }
        words.removeIf(String::isEmpty);
        return String.join("/", words);
    }

    private static String otherInShort(Stage stage) {
        return switch (stage) {
            case AWAITING_PAYMENT, CLOSED, ON_HOLD -> "unpaid";
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING -> "under way";
            case DELIVERED, DISPUTED, COMPLETED -> "delivered";
            case REFUNDING, REFUNDED -> "refunded";
            case PARKED -> "parked";
        };
    }

    private static String paymentsInShort(Checkout checkout) {
        List<String> amounts = checkout.payments().stream()
                .flatMap(payment -> payment.receipts().stream())
                .map(Situation::receipt)
                .toList();
        if (amounts.size() > 1) {
            return "several amounts";
        }
        String another = checkout.payments().size() > 1 ? ", another payment" : "";
        return amounts.isEmpty() ? lower(checkout.payment(1).state()) + another : amounts.get(0);
    }

    private static String goodsInShort(Placings placing, Order order) {
        if (Samples.isAboutMoney(placing) || order.stage() == Stage.REFUNDED) {
            return "";
        }
        String goods = goods(order).replace(", replaced", "");
        boolean ended = order.stage() == Stage.PARKED || order.stage() == Stage.REFUNDING;
        if (ended && goods.contains(" and ")) {
            return goods.substring(0, goods.indexOf(" and "));
        }
        int comma = goods.indexOf(',');
        String few = order.route().kind() == Route.Kind.KEYS || comma < 0 ? goods : goods.substring(0, comma);
        return ended ? few.replaceAll("2nd dispatch | at supplier .", "") : few;
    }

    private static String flags(Order order) {
        List<String> flags = new ArrayList<>();
        if (order.moneyMovedBack() && order.stage() != Stage.REFUNDED) {
            flags.add("money moved back");
        }
        if (order.paidLate() && order.stage() == Stage.PAID && order.route().kind() == Route.Kind.KEYS) {
            flags.add("paid late");
        }
        Proposal proposal = order.proposal();
        if (proposal != null) {
            flags.add(lower(proposal.act()) + " proposed");
        }
        if (order.review() != null && order.stage() == Stage.COMPLETED) {
            flags.add("reviewed");
        }
        return String.join(", ", flags);
    }

    static String payments(Checkout checkout) {
        return checkout.payments().stream().map(Situation::payment).collect(Collectors.joining(" + "));
    }

    private static String payment(Payment payment) {
        if (payment.receipts().isEmpty()) {
            return lower(payment.state());
        }
        return payment.receipts().stream().map(Situation::receipt).collect(Collectors.joining(" and "));
    }

    private static String receipt(Receipt receipt) {
        boolean all = receipt.movedBack().equals(receipt.amount());
        String back = receipt.movedBack().isPositive() ? all ? " (moved back)" : " (partly moved back)" : "";
        return lower(receipt.verdict()) + back;
    }

    static String goods(Order order) {
        return switch (order.route().kind()) {
            case KEYS -> keys(order);
            case TOP_UP -> dispatches(order);
            case SOURCED -> sourced(order);
        };
    }

    private static String sourced(Order order) {
        String keys = keys(order);
        String dispatches = dispatches(order);
        String both = keys.isEmpty() || dispatches.isEmpty() ? keys + dispatches : keys + " and " + dispatches;
        return both.replace(", replaced", "");
    }

    private static String dispatches(Order order) {
        Dispatch last = order.lastDispatch();
        if (last == null) {
            return "";
        }
        if (order.isDelivered()) {
            boolean bySupplier = order.dispatches().stream().anyMatch(past -> past.state() == Dispatch.State.DELIVERED);
            boolean another = order.dispatches().stream().anyMatch(Dispatch::isOpen);
            return (bySupplier ? "" : "on a person's word") + (bySupplier && another ? "another dispatch open" : "");
        }
        String where = order.route().suppliers().size() > 1 ? " at supplier " + last.supplier() : "";
        String which = order.dispatches().size() > 1 ? "2nd dispatch " : "";
        return which + lower(last.state()) + where + sendOf(order, last) + earlier(order);
    }

    private static String earlier(Order order) {
        if (order.dispatches().size() < 2) {
            return "";
        }
        Dispatch first = order.dispatches().get(0);
        return switch (first.state()) {
            case DECLINED -> ", 1st declined";
            case DELIVERED -> ", 1st delivered";
            case REPLACED -> ", 1st replaced";
            case UNAVAILABLE, STOPPED, NOT_SENT -> "";
            case STARTED, ACCEPTED, UNKNOWN, PARTIAL -> ", 1st may be executed";
        };
    }

    /** What about its sends decides what may follow. */
    private static String sendOf(Order order, Dispatch dispatch) {
        if (!SENDING.contains(order.stage())) {
            return "";
        }
        boolean unsettled = dispatch.state() == Dispatch.State.UNKNOWN || dispatch.state() == Dispatch.State.ACCEPTED;
        boolean started = dispatch.state() == Dispatch.State.STARTED;
        String resent = started && dispatch.started().send() > 1 ? ", resent" : "";
        String out = dispatch.unanswered() && !started ? ", its caller still out" : "";
        String doubtful = started && dispatch.doubtful() ? ", doubtful" : "";
        String vouched = unsettled && dispatch.vouched() ? ", vouched for" : "";
        return resent + out + doubtful + vouched;
    }

    private static String keys(Order order) {
        Keys keys = order.keys();
        List<String> words = new ArrayList<>();
        if (keys.state() != Keys.State.NONE) {
            words.add("keys " + lower(keys.state()));
        }
        if (keys.atPlacing() != null && keys.state() == Keys.State.NONE && UNPAID.contains(order.stage())) {
            words.add("at placing " + lower(keys.atPlacing()));
        }
        boolean waits = order.stage() == Stage.PAID || order.stage() == Stage.REPLACING;
        if (waits && keys.waitingSince() != null) {
            words.add("waiting for stock");
        }
        if (keys.revealed() && keys.state() == Keys.State.HANDED_OVER) {
            words.add("seen");
        }
        if (keys.replacement() > 0) {
            words.add("replaced");
        }
        return String.join(", ", words);
    }

    /** With several refunds it is told for each only whether it is wished, on its way, or over. */
    static String refunds(Checkout checkout) {
        boolean several = checkout.refunds().size() - checkout.compensated().size() > 1;
        return checkout.refunds().stream()
                .filter(refund -> checkout.compensationBy(refund) == null)
                .filter(refund -> refund.state() != Refund.State.CANCELLED)
                .map(refund -> (refund.line() == null
                                ? "surplus refund "
                                : checkout.orders().size() == 1 ? "refund " : "refund of order " + refund.line() + " ")
                        + (several && refund.isOpen() && refund.state() != Refund.State.WISHED
                                ? "under way"
                                : lower(refund.state()))
                        + (refund.state() == Refund.State.DUE && refund.started() != null ? " again" : ""))
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    /** Whether an order has come to the end of its wait, and was compensated or has its money held. */
    static boolean isAboutRemedies(Checkout checkout) {
        Stage stage = checkout.order(1).stage();
        boolean ended = stage == Stage.DELIVERED || stage == Stage.REFUNDED;
        return (ended && !checkout.compensated().isEmpty())
                || ((ended || stage == Stage.COMPLETED) && !checkout.held().isEmpty());
    }

    private static String holds(Checkout checkout) {
        return checkout.held().stream()
                .map(hold -> {
                    String asked = hold.hasFailed(hold.asked()) ? " when asked to " + lower(hold.asked()) : "";
                    String back = hold.clawBackWished() ? ", claimed back" : "";
                    Order order = checkout.order(hold.line());
                    boolean late = order.stage() == Stage.COMPLETED
                            && checkout.openCase(Case.Kind.DISPUTE, order.id().toString()) != null;
                    return "hold " + lower(hold.state()) + asked + back + (late ? ", disputed late" : "");
                })
                .collect(Collectors.joining(" and "));
    }

    private static String compensation(Checkout checkout, boolean withRefund) {
        return checkout.compensated().stream()
                .map(known -> lower(known.kind()) + " "
                        + (withRefund && known.refund() != null
                                ? lower(checkout.refund(known.refund()).state())
                                : lower(known.state())))
                .collect(Collectors.joining(" and "));
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Tells apart what the walk must visit separately: the row, and what decides beside it. */
    static String keyOf(Placings placing, Checkout checkout) {
        StringBuilder key = new StringBuilder(nameOf(placing, checkout));
        if (placing.focus() != Placings.Focus.GOODS) {
            checkout.orders()
                    .forEach(order -> key.append('|').append(order.keys().state()));
        }
        return key.toString();
    }
}
