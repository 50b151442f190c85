package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import org.jspecify.annotations.Nullable;

/** What an order makes of the money decided before it in this step: paid, held, closed or without funds. */
final class FundsPart {
    private static final String REPLACEMENT_UNFUNDED = "the gateway gave the money back while a replacement was due";

    private FundsPart() {}

    static void react(Draft draft, Event event, int line) {
        draft.decided(Entry.MoneyReceived.class).forEach(received -> received(draft, line, received));
        draft.decided(Entry.MoneyMovedBack.class).forEach(moved -> movedBack(draft, line, moved));
        Order order = draft.order(line);
        boolean closingTime = Moves.isOver(draft, Closing.at(draft.checkout()));
        boolean waits = order.stage() == Stage.AWAITING_PAYMENT && order.takenBy() == null;
        if (waits && closingTime && !(event instanceof Event.PaymentWanted)) {
            draft.add(new Entry.OrderClosed(line));
        }
    }

    private static void received(Draft draft, int line, Entry.MoneyReceived received) {
        Stage stage = draft.order(line).stage();
        boolean unpaid = stage == Stage.AWAITING_PAYMENT || stage == Stage.CLOSED;
        if (received.verdict() == Verdict.MATCHED || received.verdict() == Verdict.LATE) {
            if (stage == Stage.CLOSED && draft.checkout().terms().latePayment() == Terms.LatePayment.REFUND) {
                draft.add(new Entry.OrderRefunding(line, "paid after closing"));
            } else if (draft.checkout().riskHold() != null) {
                if (unpaid) {
                    draft.add(new Entry.OrderHeld(line));
                }
            } else if (unpaid || stage == Stage.ON_HOLD) {
                draft.add(new Entry.OrderPaid(line, stage == Stage.CLOSED));
            }
        } else if (received.verdict() != Verdict.SURPLUS && unpaid) {
            draft.add(new Entry.OrderHeld(line));
        }
    }

    private static void movedBack(Draft draft, int line, Entry.MoneyMovedBack moved) {
        Checkout checkout = draft.checkout();
        Payment payment = checkout.payment(moved.payment());
        Receipt receipt = payment.receipt(moved.tradeNumber());
        Order order = draft.order(line);
        if (receipt == null || !(receipt.settles() || receipt.isHeld()) || order.moneyMovedBack()) {
            return;
        }
        if (Shares.somethingIsKept(checkout, receipt.settles())) {
            String fact = "the gateway gave back " + receipt.movedBack() + " of " + receipt.amount() + " without us";
            draft.openCase(Case.Kind.CONFLICT, receipt.tradeNumber(), null, moved.payment(), fact);
        } else if (!order.stage().isFinal() || order.stage() == Stage.COMPLETED) {
            unfunded(draft, order, receipt);
        }
    }

    private static void unfunded(Draft draft, Order order, Receipt receipt) {
        int line = order.line();
        draft.add(new Entry.OrderUnfunded(line));
        // The buyer has the keys that were to be replaced, and may have seen them.
        boolean replaces = order.keys().state() == Keys.State.HANDED_OVER && isUnderWay(order);
        if (replaces) {
            conflict(draft, order, receipt);
        }
        switch (order.stage()) {
            case PAID, ON_HOLD -> {
                if (replaces) {
                    Moves.park(draft, line, REPLACEMENT_UNFUNDED);
                } else {
                    end(draft, order);
                }
            }
            case RESERVED, REFUNDING -> {
                if (order.stage() == Stage.RESERVED) {
                    draft.add(new Entry.OrderRefunding(line, "the gateway gave the money back"));
                }
            }
            case DISPATCHING, UNCERTAIN -> stopUnsent(draft, order);
            case REPLACING -> Moves.park(draft, line, REPLACEMENT_UNFUNDED);
            case PARKED -> whileParked(draft, order, receipt);
            case DELIVERED, DISPUTED, COMPLETED -> conflict(draft, order, receipt);
            case AWAITING_PAYMENT, CLOSED, REFUNDED -> {}
        }
    }

    private static boolean isUnderWay(Order order) {
        return switch (order.stage()) {
            case PAID, DISPATCHING, UNCERTAIN, REPLACING -> true;
            case AWAITING_PAYMENT,
                    CLOSED,
                    ON_HOLD,
                    RESERVED,
                    DELIVERED,
                    DISPUTED,
                    COMPLETED,
                    REFUNDING,
                    REFUNDED,
                    PARKED -> false;
        };
    }

    /** Nothing was handed over and nothing is under way: the order ends, its stock untouched or given back. */
    private static void end(Draft draft, Order order) {
        boolean stockElsewhere = order.keys().state() != Keys.State.NONE;
        draft.add(
                stockElsewhere
                        ? new Entry.OrderRefunding(order.line(), "the gateway gave the money back")
                        : new Entry.OrderRefunded(order.line()));
    }

    /** Where goods may have been handed over a person decides; else the money is back and the order ends. */
    private static void whileParked(Draft draft, Order order, Receipt receipt) {
        boolean goodsAreSafe = order.keys().state() != Keys.State.HANDED_OVER
                && order.dispatches().stream().allMatch(FundsPart::isUnexecuted)
                && Suppliers.allQuiet(order, draft.now());
        if (goodsAreSafe) {
            Moves.refund(draft, order.line(), "the gateway gave the money back");
        } else {
            conflict(draft, order, receipt);
        }
    }

    private static boolean isUnexecuted(Dispatch dispatch) {
        return switch (dispatch.state()) {
            case NOT_SENT, DECLINED, UNAVAILABLE -> true;
            case STARTED, ACCEPTED, UNKNOWN, DELIVERED, REPLACED, PARTIAL, STOPPED -> false;
        };
    }

    private static void stopUnsent(Draft draft, Order order) {
        Dispatch last = order.lastDispatch();
        if (last != null && last.state() == Dispatch.State.NOT_SENT) {
            draft.add(new Entry.DispatchStopped(order.line(), last.id().number(), "the gateway gave the money back"));
            Moves.refund(draft, order.line(), "the gateway gave the money back");
        }
    }

    private static void conflict(Draft draft, Order order, @Nullable Receipt receipt) {
        String trade = receipt == null ? "" : " of trade number " + receipt.tradeNumber();
        String fact = "the gateway gave the money" + trade + " back while the order was " + order.stage();
        draft.openCase(Case.Kind.CONFLICT, order.id().toString(), order.line(), null, fact);
    }
}
