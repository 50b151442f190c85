package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Commitment;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a supplier's success means in each stage. It is recorded in every one of them. */
final class Deliveries {
    private Deliveries() {}

    static void delivered(
            Draft draft, Order order, Dispatch dispatch, Commitment receipt, @Nullable String supplierOrder) {
        if (dispatch.wasDelivered()) {
            return;
        }
        int line = order.line();
        boolean suppliedBefore =
                order.dispatches().stream().anyMatch(other -> other.state() == Dispatch.State.DELIVERED);
        draft.add(new Entry.DispatchDelivered(line, dispatch.id().number(), receipt, supplierOrder));
        if (suppliedBefore) {
            suppliedTwice(draft, order, "dispatch " + dispatch.id() + " was handed over as well");
            return;
        }
        if (order.route().kind() == Route.Kind.SOURCED && order.keys().state() == Keys.State.RETURNED) {
            conflict(
                    draft,
                    order,
                    "keys came with dispatch " + dispatch.id() + " after those before had been taken back");
            return;
        }
        if (order.route().kind() == Route.Kind.SOURCED && order.moneyMovedBack()) {
            keepFromBuyer(draft, order, dispatch);
            return;
        }
        switch (order.stage()) {
            case PAID, DISPATCHING, UNCERTAIN, PARKED -> inTime(draft, order, dispatch);
            case REPLACING -> {
                if (order.route().kind() == Route.Kind.SOURCED) {
                    inTime(draft, order, dispatch);
                }
            }
            case REFUNDING -> whileRefunding(draft, order);
            case DELIVERED, DISPUTED, COMPLETED -> {
                if (order.route().kind() == Route.Kind.SOURCED) {
                    conflict(draft, order, "keys came with dispatch " + dispatch.id() + " while " + order.stage());
                }
            }
            case AWAITING_PAYMENT, CLOSED, ON_HOLD, RESERVED, REFUNDED ->
                conflict(draft, order, "handed over by supplier " + dispatch.supplier() + " while " + order.stage());
        }
    }

    /** A top-up has happened by now; keys have come to us alone, and the buyer has got the money back. */
    private static void keepFromBuyer(Draft draft, Order order, Dispatch dispatch) {
        String fact =
                "keys came with dispatch " + dispatch.id() + " after the gateway had given the money back: they are"
                        + " set aside, and the buyer does not get them";
        conflict(draft, order, fact);
        boolean underWay =
                order.stage() == Stage.PAID || order.stage() == Stage.DISPATCHING || order.stage() == Stage.UNCERTAIN;
        if (!underWay) {
            return;
        }
        if (order.dispatches().stream().anyMatch(other -> isOpenBeside(other, dispatch))) {
            Moves.park(draft, order.line(), fact);
        } else {
            Moves.refund(draft, order.line(), "the gateway gave the money back");
        }
    }

    private static boolean isOpenBeside(Dispatch other, Dispatch delivered) {
        return other.isOpen() && other.id().number() != delivered.id().number();
    }

    private static void inTime(Draft draft, Order order, Dispatch dispatch) {
        deliver(draft, order);
        stopLater(draft, draft.order(order.line()), dispatch);
        if (order.moneyMovedBack()) {
            conflict(draft, order, "handed over, and the gateway has given the money back");
        }
    }

    /** Keys that a supplier sold us are sealed into the stock in this very step, else it is not written. */
    private static void deliver(Draft draft, Order order) {
        int line = order.line();
        Keys keys = order.keys();
        if (order.route().kind() != Route.Kind.SOURCED) {
            Moves.deliver(draft, line);
        } else if (keys.state() == Keys.State.HANDED_OVER) {
            draft.add(new Entry.KeysReplaced(line, keys.replacement() + 1, Moves.windowEnd(draft)));
        } else {
            draft.add(new Entry.KeysHandedOver(line, Moves.windowEnd(draft), Moves.took(draft, line)));
        }
    }

    /** A part was handed over although the order is not, or no longer, under way. */
    static void handedOverInPart(Draft draft, Order order, Dispatch dispatch, String fact) {
        if (order.stage() == Stage.PARKED) {
            String subject = order.id().toString();
            draft.openCase(Case.Kind.PARKED, subject, order.line(), null, "dispatch " + dispatch.id() + ": " + fact);
        } else if (order.stage() == Stage.REFUNDING) {
            mayBeHandedOver(draft, order, "dispatch " + dispatch.id() + ": " + fact);
        } else {
            conflict(draft, order, "dispatch " + dispatch.id() + " while " + order.stage() + ": " + fact);
        }
    }

    /** While the money is on its way back: not sent yet, it stays until a person decides; else both facts make a case. */
    static void mayBeHandedOver(Draft draft, Order order, String fact) {
        List<Refund> refunds = counting(draft, order);
        if (refunds.stream().allMatch(Refund::isUnsent)) {
            refunds.forEach(
                    refund -> draft.add(new Entry.RefundCancelled(refund.id().number(), fact)));
            Moves.park(draft, order.line(), fact);
        } else {
            conflict(draft, order, fact + ", while the refund was already sent");
        }
    }

    /** The supplier took a success back. */
    static void reversed(Draft draft, Order order, Dispatch dispatch, String reason) {
        conflict(
                draft,
                order,
                "supplier " + dispatch.supplier() + " took back its success for " + dispatch.id() + ": " + reason);
    }

    private static void whileRefunding(Draft draft, Order order) {
        List<Refund> refunds = counting(draft, order);
        if (refunds.stream().allMatch(Refund::isUnsent)) {
            refunds.forEach(refund -> draft.add(
                    new Entry.RefundCancelled(refund.id().number(), "the supplier has handed over after all")));
            deliver(draft, order);
            if (order.moneyMovedBack()) {
                conflict(draft, order, "handed over, and the gateway has given the money back");
            }
        } else {
            conflict(draft, order, "handed over while the refund was already sent");
        }
    }

    private static List<Refund> counting(Draft draft, Order order) {
        return draft.checkout().refunds().stream()
                .filter(refund -> Refunds.isOfPrice(draft.checkout(), refund, order.line()) && refund.counts())
                .toList();
    }

    private static void stopLater(Draft draft, Order order, Dispatch delivered) {
        for (Dispatch other : order.dispatches()) {
            if (other.id().number() == delivered.id().number() || !other.isOpen()) {
                continue;
            }
            if (other.state() == Dispatch.State.NOT_SENT) {
                String reason = "dispatch " + delivered.id() + " was handed over";
                draft.add(new Entry.DispatchStopped(order.line(), other.id().number(), reason));
            } else {
                suppliedTwice(
                        draft,
                        order,
                        "dispatch " + delivered.id() + " was handed over while " + other.id() + " may be executed too");
            }
        }
    }

    private static void suppliedTwice(Draft draft, Order order, String fact) {
        draft.openCase(Case.Kind.SUPPLIED_TWICE, order.id().toString(), order.line(), null, fact);
    }

    private static void conflict(Draft draft, Order order, String fact) {
        draft.openCase(Case.Kind.CONFLICT, order.id().toString(), order.line(), null, fact);
    }
}
