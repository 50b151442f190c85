package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.lifecycle.Verdict.Refusal;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Commitment;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators do. A known act id is looked at first, then the version they saw, then the stage. */
final class DeskPart {
    private DeskPart() {}

    static void react(Draft draft, Event event) {
        if (!(event instanceof Event.Acted acted)) {
            return;
        }
        String digest = draft.checkout().acts().get(acted.actId());
        if (digest != null) {
            if (!digest.equals(acted.digest())) {
                draft.refuse(
                        Refusal.ACT_ID_TAKEN,
                        "act id '" + acted.actId() + "' was used for another act on checkout "
                                + draft.checkout().id() + ": choose a new one");
            }
            return;
        }
        if (acted.act() == DeskAct.CLOSE_CASE) {
            closeCase(draft, acted);
        } else {
            onOrder(draft, acted, draft.order(acted.line()));
        }
        if (!draft.isRefused()) {
            draft.add(new Entry.ActRecorded(acted.actId(), acted.digest()));
        }
    }

    private static void closeCase(Draft draft, Event.Acted acted) {
        Case known = draft.checkout().caseNumber(acted.caseNumber());
        if (known.isOpen() && CasePart.isNeeded(draft.checkout(), known)) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "case " + known.number() + " of checkout "
                            + draft.checkout().id()
                            + " is all that keeps its order in sight: decide about the order, and the case closes");
            return;
        }
        if (known.isOpen()) {
            draft.add(new Entry.CaseExtended(
                    known.number(), new Case.Evidence("closed by " + acted.actor(), acted.reason())));
            draft.add(new Entry.CaseClosed(known.number(), acted.actor()));
        }
    }

    private static void onOrder(Draft draft, Event.Acted acted, Order order) {
        if (acted.version() != order.changes()) {
            draft.refuse(
                    Refusal.OTHER_VERSION,
                    "order " + order.id() + " is at version " + order.changes() + ", the act speaks of version "
                            + acted.version() + ": look at the order again");
            return;
        }
        Set<Stage> allowed = allowedIn(acted.act(), draft.checkout(), order);
        if (!allowed.contains(order.stage())) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "order " + order.id() + " is " + order.stage() + ": " + acted.act() + " is possible in " + allowed);
            return;
        }
        switch (acted.act()) {
            case RETRY -> retry(draft, acted, order);
            case MARK_DELIVERED, REFUND, REPLACE, RELEASE -> SecondPerson.decide(draft, acted, order);
            case REJECT -> draft.add(new Entry.DisputeRejected(order.line(), acted.actor(), acted.reason()));
            case TAKE -> draft.add(new Entry.OrderTaken(order.line(), acted.actor()));
            case GIVE_BACK -> giveBack(draft, acted, order);
            case APPROVE -> SecondPerson.approve(draft, acted, order);
            case DECLINE -> SecondPerson.decline(draft, acted, order);
            case CLOSE_CASE -> throw new IllegalStateException("handled before");
        }
    }

    private static void giveBack(Draft draft, Event.Acted acted, Order order) {
        if (order.takenBy() == null) {
            draft.refuse(
                    Refusal.WRONG_STAGE, "order " + order.id() + " is taken by nobody: there is nothing to give back");
            return;
        }
        draft.add(new Entry.OrderGivenBack(order.line(), acted.actor()));
    }

    /** What staff hand over by hand they also end by hand: nobody else can say what became of it. */
    static Set<Stage> allowedIn(DeskAct act, Checkout checkout, Order order) {
        Set<Stage> stages = allowedIn(act);
        if (HoldPart.isForPeople(act, checkout, order)) {
            stages.add(Stage.COMPLETED);
        }
        boolean ends = act == DeskAct.MARK_DELIVERED || act == DeskAct.REFUND;
        if (ends && order.dueWithPeople() != null) {
            stages.add(Stage.DISPATCHING);
        }
        return stages;
    }

    private static EnumSet<Stage> allowedIn(DeskAct act) {
        return switch (act) {
            case RETRY -> EnumSet.of(Stage.PAID, Stage.UNCERTAIN, Stage.PARKED);
            case MARK_DELIVERED -> EnumSet.of(Stage.PARKED, Stage.UNCERTAIN);
            case REPLACE -> EnumSet.of(Stage.DELIVERED, Stage.DISPUTED, Stage.COMPLETED);
            case REFUND -> EnumSet.of(Stage.PAID, Stage.ON_HOLD, Stage.PARKED, Stage.DISPUTED, Stage.DELIVERED);
            case RELEASE -> EnumSet.of(Stage.ON_HOLD);
            case REJECT -> EnumSet.of(Stage.DISPUTED);
            case TAKE, GIVE_BACK -> EnumSet.complementOf(EnumSet.of(Stage.CLOSED, Stage.COMPLETED, Stage.REFUNDED));
            case APPROVE, DECLINE, CLOSE_CASE -> EnumSet.allOf(Stage.class);
        };
    }

    private static void retry(Draft draft, Event.Acted acted, Order order) {
        int line = order.line();
        if (order.moneyMovedBack()) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "order " + order.id() + " cannot be retried: the gateway has given its money back");
            return;
        }
        String hindrance = hindranceToRetry(draft, order);
        if (hindrance != null) {
            draft.refuse(Refusal.WRONG_STAGE, "order " + order.id() + " cannot be retried: " + hindrance);
            return;
        }
        if (order.keys().state() == Keys.State.RETURNED) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "order " + order.id() + " cannot be retried: its keys were given back for a refund;"
                            + " pay back by other means, or mark it delivered with evidence");
            return;
        }
        boolean fromStock = order.route().kind() == Route.Kind.KEYS;
        if (fromStock && order.keys().state() == Keys.State.HANDED_OVER && order.stage() == Stage.PARKED) {
            draft.add(new Entry.ReplacementDecided(line, acted.actor(), acted.reason()));
            return;
        }
        draft.add(new Entry.RetryDecided(line, acted.actor(), acted.reason()));
        Dispatch last = draft.order(line).lastDispatch();
        if (fromStock || last == null || !isUnclear(last)) {
            startOver(draft, draft.order(line));
        } else if (Suppliers.isResendable(order, last, draft.now()) || Suppliers.asking(last) != null) {
            if (last.state() != Dispatch.State.UNKNOWN) {
                draft.add(new Entry.DispatchUnclear(line, last.id().number(), "asked again by an operator"));
            }
            if (order.stage() != Stage.UNCERTAIN) {
                draft.add(new Entry.OrderUncertain(line));
            }
            draft.hurry(Parts.of(order));
            // A person's question is asked now, whatever was asked before; the bound holds for those after it.
            if (draft.tries(Parts.questionsOf(order)) > 0) {
                draft.hurry(Parts.questionsOf(order));
            }
        } else {
            draft.add(new Entry.DispatchStopped(line, last.id().number(), "on an operator's word"));
            Moves.ready(draft, line);
        }
    }

    private static boolean isUnclear(Dispatch dispatch) {
        return dispatch.state() == Dispatch.State.UNKNOWN
                || dispatch.state() == Dispatch.State.STARTED
                || dispatch.state() == Dispatch.State.ACCEPTED
                || dispatch.state() == Dispatch.State.PARTIAL;
    }

    /** Why trying again would hand over what is not paid, or a second time, or what was given back; null if not. */
    private static @Nullable String hindranceToRetry(Draft draft, Order order) {
        Dispatch last = order.lastDispatch();
        if (order.paidAt() == null) {
            return "it was never paid in full; refund it, or mark it delivered with evidence";
        }
        if (order.dispatches().stream().anyMatch(past -> past.state() == Dispatch.State.DELIVERED)) {
            return "a supplier has handed it over; pay back by other means, or mark it delivered with evidence";
        }
        if (last != null && last.state() == Dispatch.State.STARTED && !last.isQuiet(draft.now())) {
            return "dispatch " + last.id() + " is being sent; try again after "
                    + last.started().quietAt();
        }
        Dispatch earlier = order.dispatches().stream()
                .filter(past -> past.isOpen() && !past.equals(last))
                .findFirst()
                .orElse(null);
        if (earlier != null) {
            return "dispatch " + earlier.id() + " may still be executed (" + earlier.state()
                    + "), and another one would" + " double it; ask supplier " + earlier.supplier()
                    + ", then mark it delivered or refund it";
        }
        boolean canAsk = last != null
                && isUnclear(last)
                && (Suppliers.isResendable(order, last, draft.now()) || Suppliers.asking(last) != null);
        if (order.route().kind() != Route.Kind.KEYS && !canAsk && Suppliers.next(order) == null) {
            return "every supplier has said no to it; refund it";
        }
        boolean moneyIsGoing = draft.checkout().refunds().stream()
                .anyMatch(refund -> Refunds.isOfPrice(draft.checkout(), refund, order.line())
                        && refund.counts()
                        && !refund.isUnsent());
        return moneyIsGoing ? "money of it is on its way back or returned; refund the rest" : null;
    }

    /** Nothing is unclear: stock or the next dispatch is tried at once. */
    private static void startOver(Draft draft, Order order) {
        // Keys that were reserved before the payment are not handed over before those who are asked about risk have
        // answered.
        if (order.keys().state() == Keys.State.RESERVED && !RiskPart.isAwaited(draft.checkout())) {
            draft.add(new Entry.KeysReserved(order.line()));
        } else if (order.stage() != Stage.PAID) {
            Moves.ready(draft, order.line());
        }
        draft.hurry(Parts.of(order));
    }

    /** Why it gets no other keys; null if it may. */
    static @Nullable String hindranceToReplace(Order order) {
        if (order.keys().state() != Keys.State.HANDED_OVER) {
            return "only keys can be, and it has none (" + order.route().kind() + ")";
        }
        if (order.route().kind() != Route.Kind.SOURCED) {
            return null;
        }
        if (order.moneyMovedBack()) {
            return "the gateway has given its money back, and new keys would have to be bought";
        }
        if (Suppliers.next(order) == null) {
            return "every supplier has said no to it, so nobody would be asked for new keys";
        }
        return order.dispatches().stream()
                .filter(Dispatch::isOpen)
                .findFirst()
                .map(open -> "dispatch " + open.id() + " has no clear outcome yet, and may bring keys")
                .orElse(null);
    }

    static void release(Draft draft, Order order, String actor, Commitment reason) {
        if (order.stage() == Stage.COMPLETED) {
            draft.add(new Entry.EscrowReleaseDecided(order.line(), actor, reason));
            return;
        }
        for (Payment payment : draft.checkout().payments()) {
            for (Receipt receipt : payment.receipts()) {
                if (receipt.isHeld()) {
                    draft.add(new Entry.MoneyJudgedAnew(payment.id().number(), receipt.tradeNumber(), Verdict.WAIVED));
                }
            }
        }
        draft.checkout().payments().stream()
                .filter(Payment::isWatched)
                .filter(payment -> payment.state() != Payment.State.CLOSING)
                .forEach(payment ->
                        draft.add(new Entry.PaymentClosingBegun(payment.id().number())));
        draft.add(new Entry.HoldReleased(order.line(), actor, reason));
    }
}
