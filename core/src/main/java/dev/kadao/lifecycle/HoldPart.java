package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Hold;
import dev.kadao.order.Hold.Move;
import dev.kadao.order.Hold.State;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import dev.kadao.port.Escrow.Answer;
import java.util.List;

/**
 * What an escrow service holds: wished when an order is paid, released by the step that completes it, clawed back when the
 * buyer has got the price back. A dispute moves nothing: it keeps an order from being completed, and after that it is for a
 * person to judge. An order that was completed is refunded on a person's decision alone, so nothing that the merchant has is
 * claimed back without one.
 */
final class HoldPart {
    private HoldPart() {}

    static void react(Draft draft, Event event) {
        if (event instanceof Event.EscrowSaid said) {
            Hold hold = draft.checkout().hold(said.line());
            if (hold != null && said.move() == hold.asked()) {
                said(draft, hold, said.answer());
            }
        } else if (event instanceof Event.TimeCame) {
            draft.checkout().held().forEach(hold -> timeCame(draft, hold));
        }
        draft.decided(Entry.OfOrder.class).forEach(entry -> follow(draft, entry));
    }

    private static void follow(Draft draft, Entry.OfOrder entry) {
        Hold hold = draft.checkout().hold(entry.line());
        if (hold == null) {
            Terms.Remedies remedies = draft.checkout().terms().remedies();
            boolean isPaid = entry instanceof Entry.OrderPaid || entry instanceof Entry.HoldReleased;
            if (isPaid && remedies != null && remedies.escrow()) {
                begin(draft, draft.order(entry.line()));
            }
        } else if (entry instanceof Entry.OrderCompleted && isTheMerchantsNext(hold)) {
            completed(draft, hold);
        } else if (entry instanceof Entry.EscrowReleaseDecided) {
            draft.add(new Entry.EscrowMoved(hold.line(), State.RELEASING));
        } else if (entry instanceof Entry.OrderRefunded) {
            refunded(draft, hold);
        } else if (entry instanceof Entry.OrderUnfunded
                && draft.order(entry.line()).isDelivered()) {
            tellOfMoneyMovedBack(draft, hold);
        }
    }

    /** All that came for the order: less than its price, or more, where a person has accepted it. */
    private static void begin(Draft draft, Order order) {
        List<Money> amounts = Shares.of(draft.checkout(), order).stream()
                .map(Shares.Share::amount)
                .toList();
        // In the currency of the price if any came in it: an order has one hold, and a hold has one currency.
        Money first = amounts.stream()
                .filter(amount -> amount.currency().equals(order.amount().currency()))
                .findFirst()
                .orElse(amounts.isEmpty() ? order.amount() : amounts.get(0));
        Money sum = Money.zero(first.currency());
        for (Money amount : amounts) {
            if (amount.currency().equals(first.currency())) {
                sum = sum.plus(amount);
            }
        }
        if (!sum.isPositive()) {
            return;
        }
        draft.add(new Entry.EscrowBegun(order.line(), sum));
        for (Money amount : amounts) {
            if (!amount.currency().equals(first.currency())) {
                Hold hold = Hold.wished(order.line(), sum, draft.checkout().at());
                openCase(draft, hold, "does not cover " + amount + " that came too: see to that by hand");
            }
        }
    }

    /** Whether it may be with the service, and nothing but its release is left to be asked for. */
    private static boolean isTheMerchantsNext(Hold hold) {
        boolean isKept = hold.state() == State.WISHED || hold.state() == State.HELD;
        return isKept || (hold.state() == State.UNCLEAR && hold.asked() == Move.HOLD) || hold.hasFailed(Move.RELEASE);
    }

    private static void completed(Draft draft, Hold hold) {
        if (draft.order(hold.line()).moneyMovedBack()) {
            tellOfMoneyMovedBack(draft, hold);
        } else {
            draft.add(new Entry.EscrowMoved(hold.line(), State.RELEASING));
        }
    }

    /** The buyer has the price back. What is on its way to the merchant is claimed back once that is settled. */
    private static void refunded(Draft draft, Hold hold) {
        switch (hold.state()) {
            case WISHED, HELD, RELEASED -> clawBack(draft, hold);
            case RELEASING -> {
                if (!hold.clawBackWished()) {
                    draft.add(new Entry.EscrowClawBackWished(hold.line()));
                }
            }
            case UNCLEAR -> {
                if (hold.asked() != Move.CLAW_BACK) {
                    clawBack(draft, hold);
                }
            }
            case DECLINED -> {
                if (hold.asked() == Move.RELEASE) {
                    clawBack(draft, hold);
                } else {
                    openCase(
                            draft,
                            hold,
                            "was declined before, and the order is refunded now: there is nothing to take"
                                    + " back from the service; see that the merchant does not keep it");
                }
            }
            case CLAWING_BACK, CLAWED_BACK -> {}
        }
    }

    private static void clawBack(Draft draft, Hold hold) {
        draft.add(new Entry.EscrowMoved(hold.line(), State.CLAWING_BACK));
    }

    /** The gateway gave it back without us: who bears that is for a person to say, beside the goods. */
    private static void tellOfMoneyMovedBack(Draft draft, Hold hold) {
        if (hold.asked() == Move.CLAW_BACK || (hold.state() == State.DECLINED && hold.asked() == Move.HOLD)) {
            return;
        }
        String left = isTheMerchantsNext(hold)
                ? "stays with the service until a person decides: once the order is completed, 'release' gives it to the"
                        + " merchant, and 'refund' takes it from him"
                : "is the merchant's: 'refund' of the completed order claims it back, closing this case leaves it to him";
        String fact = named(draft, hold) + " " + left + "; the gateway has given the money back";
        draft.openCase(Case.Kind.CONFLICT, draft.order(hold.line()).id().toString(), hold.line(), null, fact);
    }

    /** Whoever is to judge a dispute, or to pay back by other means, reads where the money is; empty if it is not held. */
    static String beside(Draft draft, int line) {
        Hold hold = draft.checkout().hold(line);
        return hold == null ? "" : "; " + named(draft, hold) + " is " + hold.state();
    }

    /** What a person may decide about a completed order for the sake of its hold. */
    static boolean isForPeople(DeskAct act, Checkout checkout, Order order) {
        Hold hold = checkout.hold(order.line());
        if (hold == null || order.stage() != Stage.COMPLETED) {
            return false;
        }
        return switch (act) {
            case REFUND ->
                order.moneyMovedBack()
                        || checkout.openCase(Case.Kind.DISPUTE, order.id().toString()) != null;
            case RELEASE -> isTheMerchantsNext(hold);
            case RETRY, MARK_DELIVERED, REPLACE, REJECT, TAKE, GIVE_BACK, APPROVE, DECLINE, CLOSE_CASE -> false;
        };
    }

    /** Whether it stays with the service until somebody says whose it is: nothing else would ask for it any more. */
    static boolean isLeftToPeople(Checkout checkout, int line) {
        Hold hold = checkout.hold(line);
        Order order = checkout.order(line);
        return hold != null
                && order.stage() == Stage.COMPLETED
                && order.moneyMovedBack()
                && isTheMerchantsNext(hold)
                && hold.asked() == Move.HOLD;
    }

    private static void said(Draft draft, Hold hold, Answer answer) {
        if (answer instanceof Answer.Done) {
            done(draft, hold);
        } else if (!hold.isMoving()) {
            return;
        } else if (answer instanceof Answer.Declined declined) {
            declined(draft, hold, declined.reason());
        } else {
            String part = Parts.of(hold);
            draft.tryAgain(part, Backoff.refund(draft.checkout().terms(), draft.tries(part)), false);
        }
    }

    private static void done(Draft draft, Hold hold) {
        if (hold.state() == State.DECLINED) {
            openCase(draft, hold, "is said to be done (" + hold.asked() + ") after it was declined: look where it is");
        } else if (hold.isMoving() || hold.state() == State.UNCLEAR) {
            switch (hold.asked()) {
                case HOLD -> draft.add(new Entry.EscrowMoved(hold.line(), State.HELD));
                case RELEASE -> {
                    draft.add(new Entry.EscrowMoved(hold.line(), State.RELEASED));
                    if (hold.clawBackWished()) {
                        clawBack(draft, hold);
                    }
                }
                case CLAW_BACK -> draft.add(new Entry.EscrowMoved(hold.line(), State.CLAWED_BACK));
            }
        }
    }

    private static void declined(Draft draft, Hold hold, String reason) {
        if (hold.asked() == Move.RELEASE && hold.clawBackWished()) {
            clawBack(draft, hold);
            return;
        }
        draft.add(new Entry.EscrowMoved(hold.line(), State.DECLINED));
        openCase(draft, hold, "was declined when asked to " + hold.asked() + ": " + reason);
    }

    private static void timeCame(Draft draft, Hold hold) {
        boolean over = Moves.isOver(draft, hold.since().plus(Backoff.PATIENCE_WITH_GATEWAYS));
        if (hold.isMoving() && over && !Moves.isStopped(draft.order(hold.line()))) {
            if (hold.asked() == Move.RELEASE && hold.clawBackWished()) {
                clawBack(draft, hold);
            } else {
                draft.add(new Entry.EscrowMoved(hold.line(), State.UNCLEAR));
            }
            openCase(
                    draft,
                    hold,
                    "had no clear answer for " + Backoff.PATIENCE_WITH_GATEWAYS.toDays() + " days when asked to "
                            + hold.asked() + ": look where the money is");
        }
    }

    private static String named(Draft draft, Hold hold) {
        return "hold " + hold.reference(draft.checkout().id()) + " of " + hold.amount();
    }

    private static void openCase(Draft draft, Hold hold, String fact) {
        String reference = hold.reference(draft.checkout().id());
        draft.openCase(Case.Kind.OTHER, reference, hold.line(), null, named(draft, hold) + " " + fact);
    }
}
