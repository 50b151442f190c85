package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Hold;
import dev.kadao.order.Keys;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.Schedule;
import dev.kadao.order.Stage;
import java.util.ArrayList;
import java.util.List;

/** What must hold after every event, whatever came before. Each method answers with what is broken, if anything. */
final class Rules {
    private Rules() {}

    /** What a step breaks. */
    static List<String> ofStep(Checkout before, Event event, Verdict verdict) {
        List<String> broken = new ArrayList<>();
        if (verdict instanceof Verdict.Refused refused && isFact(event)) {
            broken.add("a fact is refused: " + refused.sentence());
        }
        if (verdict instanceof Verdict.Moved moved) {
            folding(broken, before, event, moved);
            repeating(broken, event, moved);
            escrow(broken, before, moved.entries());
            moved.entries().forEach(entry -> acting(broken, before, moved.after(), entry));
            broken.addAll(ofState(moved.after()));
        }
        return broken;
    }

    /** Whether the event says that money moved, goods moved or a key was seen. */
    static boolean isFact(Event event) {
        return event instanceof Event.MoneySaid
                || event instanceof Event.NoticeReadAnew
                || event instanceof Event.StatementDiffered
                || event instanceof Event.StockSaid
                || event instanceof Event.KeysSetAside
                || event instanceof Event.SupplierSaid
                || event instanceof Event.RefundSaid
                || event instanceof Event.CompensationSaid
                || event instanceof Event.EscrowSaid
                || event instanceof Event.KeysShown
                || event instanceof Event.RiskSaid
                || event instanceof Event.OpenAnswered
                || event instanceof Event.CloseAnswered;
    }

    /** I6: folding the entries gives the document, its schedule aside. */
    private static void folding(List<String> broken, Checkout before, Event event, Verdict.Moved moved) {
        Checkout folded = before;
        for (Entry entry : moved.entries()) {
            folded = Lifecycle.apply(folded, entry, event.now());
        }
        if (!folded.with(Schedule.EMPTY).equals(moved.after().with(Schedule.EMPTY))) {
            broken.add("I6: folding " + moved.entries() + " gives another document");
        }
    }

    /** What was said of money or goods is a repetition when it is said again: it may count as a try, no more. */
    private static void repeating(List<String> broken, Event event, Verdict.Moved moved) {
        if (isFact(event) && Lifecycle.decide(moved.after(), event) instanceof Verdict.Moved again) {
            if (!again.entries().isEmpty()) {
                broken.add("repeated, it is decided again: " + again.entries());
            }
        }
    }

    /**
     * Only the step that completes an order, or a person, gives its money to the merchant; only one that has given it back to
     * the buyer takes it, and once the order was completed that is a person's decision.
     */
    private static void escrow(List<String> broken, Checkout before, List<Entry> entries) {
        for (Entry entry : entries) {
            if (!(entry instanceof Entry.EscrowMoved moved)) {
                continue;
            }
            int line = moved.line();
            Hold hold = before.hold(line);
            boolean completes = has(entries, Entry.OrderCompleted.class, line)
                    || has(entries, Entry.EscrowReleaseDecided.class, line);
            boolean givesBack =
                    has(entries, Entry.OrderRefunded.class, line) || (hold != null && hold.clawBackWished());
            if (moved.state() == Hold.State.RELEASING && !completes) {
                broken.add(
                        "a hold is released although its order is not completed by that step, nor does a person say so");
            } else if (moved.state() == Hold.State.CLAWING_BACK && !givesBack) {
                broken.add("a hold is clawed back although the buyer has not got the price back");
            }
        }
        for (Order order : before.orders()) {
            boolean ends = order.stage() == Stage.COMPLETED
                    && (has(entries, Entry.OrderRefunding.class, order.line())
                            || has(entries, Entry.OrderRefunded.class, order.line()));
            if (ends && !has(entries, Entry.RefundDecided.class, order.line())) {
                broken.add("a completed order is refunded although no person decided so");
            }
        }
    }

    private static boolean has(List<Entry> entries, Class<? extends Entry.OfOrder> kind, int line) {
        return entries.stream()
                .anyMatch(entry -> kind.isInstance(entry) && kind.cast(entry).line() == line);
    }

    private static void acting(List<String> broken, Checkout before, Checkout after, Entry entry) {
        if (entry instanceof Entry.DispatchStarted started) {
            Order order = before.order(started.line());
            if (order.paidAt() == null || order.moneyMovedBack() || order.takenBy() != null) {
                broken.add("I4: sent although unpaid, unfunded or taken");
            }
            if (order.dispatches().stream().anyMatch(past -> mayBeExecutedBeside(past, started))) {
                broken.add("I2: a new dispatch is sent while an earlier one may be executed");
            }
        }
        if (entry instanceof Entry.CompensationDecided decided && !hasWaitEnded(after.order(decided.line()))) {
            broken.add("compensated although the wait is not over: "
                    + after.order(decided.line()).stage());
        }
        if (entry instanceof Entry.RefundStarted started) {
            Refund refund = before.refund(started.refund());
            Integer line = refund.line();
            if (line != null && after.compensationBy(refund) == null && !canBeHandedOverNoMore(after.order(line))) {
                broken.add("I2: money is sent back while goods may still be handed over");
            }
        }
    }

    private static boolean hasWaitEnded(Order order) {
        return order.stage() == Stage.DELIVERED || order.stage() == Stage.REFUNDED;
    }

    private static boolean mayBeExecutedBeside(Dispatch past, Entry.DispatchStarted started) {
        boolean mayBe = past.state() == Dispatch.State.DELIVERED
                || (past.isOpen() && past.state() != Dispatch.State.NOT_SENT)
                || !past.isQuiet(started.started().at());
        return mayBe && past.id().number() != started.dispatch();
    }

    private static boolean canBeHandedOverNoMore(Order order) {
        return !Moves.keysAreOut(order) && order.dispatches().stream().noneMatch(Dispatch::isOpen);
    }

    /** What a state breaks. */
    static List<String> ofState(Checkout checkout) {
        List<String> broken = new ArrayList<>();
        checkout.orders().forEach(order -> ofOrder(broken, checkout, order));
        checkout.refunds().forEach(refund -> ofRefund(broken, checkout, refund));
        checkout.compensated().forEach(compensation -> ofCompensation(broken, checkout, compensation));
        ofMoney(broken, checkout);
        boolean over =
                checkout.orders().stream().allMatch(order -> order.stage().isFinal())
                        && checkout.payments().stream().noneMatch(Payment::isWatched)
                        && checkout.refunds().stream().noneMatch(Refund::isOpen)
                        && checkout.held().stream().noneMatch(Hold::isMoving)
                        && checkout.compensated().stream().noneMatch(c -> c.state() == Compensation.State.DUE)
                        && checkout.cases().stream().noneMatch(Case::isOpen)
                        && checkout.messages().stream().noneMatch(m -> m.state() == dev.kadao.order.Message.State.DUE);
        boolean holdsKeys = checkout.orders().stream().anyMatch(order -> UnpaidKeys.goBackAt(checkout, order) != null);
        if (over && !holdsKeys && Lifecycle.nextDue(checkout) != null) {
            broken.add("everything is over, and yet it is due at " + Lifecycle.nextDue(checkout));
        }
        return broken;
    }

    private static void ofOrder(List<String> broken, Checkout checkout, Order order) {
        if (!isLookedAfter(checkout, order)) {
            broken.add("nobody will ever look at order " + order.line() + " again: " + order.stage());
        }
        boolean unpaidForGood = order.stage() == Stage.CLOSED && order.takenBy() == null;
        boolean locksUp = order.route().reserving() != null && order.keys().state() == Keys.State.RESERVED;
        if (unpaidForGood && locksUp && !isGivingBack(checkout, order)) {
            broken.add("order " + order.line() + " is closed and nobody gives its keys back");
        }
        boolean byAPerson = !checkout.acts().isEmpty() || !checkout.cases().isEmpty();
        boolean handedOver = order.keys().state() == Keys.State.HANDED_OVER
                || order.dispatches().stream().anyMatch(d -> d.state() == Dispatch.State.DELIVERED);
        if (handedOver && order.paidAt() == null && !byAPerson) {
            broken.add("I4: order " + order.line() + " was handed over unpaid");
        }
        if (handedOver && order.isDelivered() && !byAPerson && isGoingBackInFull(checkout, order)) {
            broken.add("I2: order " + order.line() + " has both the goods and the money");
        }
        long times = order.dispatches().stream()
                .filter(dispatch -> dispatch.state() == Dispatch.State.DELIVERED)
                .count();
        boolean told = checkout.cases().stream().anyMatch(known -> known.kind() == Case.Kind.SUPPLIED_TWICE);
        if (times > 1 && !told) {
            broken.add("I2: order " + order.line() + " was supplied " + times + " times and nobody is told");
        }
    }

    private static boolean isGivingBack(Checkout checkout, Order order) {
        return Due.of(checkout, order).stream().anyMatch(wait -> wait.effect() instanceof Effect.LetKeysGo);
    }

    private static boolean isGoingBackInFull(Checkout checkout, Order order) {
        long back = checkout.refunds().stream()
                .filter(refund -> Refunds.isFor(refund, order.line()) && refund.counts())
                .mapToLong(refund -> refund.amount().minorUnits())
                .sum();
        return back >= order.amount().minorUnits();
    }

    /** Due by itself, through a part of the checkout, or with a person who has a case or has taken it. */
    private static boolean isLookedAfter(Checkout checkout, Order order) {
        if (order.stage().isFinal() || order.takenBy() != null) {
            return true;
        }
        return switch (order.stage()) {
            case ON_HOLD ->
                hasOpen(checkout, order, Case.Kind.RISK)
                        || (checkout.riskHold() == null
                                && checkout.cases().stream()
                                        .anyMatch(known -> known.isOpen() && known.payment() != null));
            case PARKED -> hasOpen(checkout, order, Case.Kind.PARKED);
            case DISPUTED -> hasOpen(checkout, order, Case.Kind.DISPUTE);
            case REFUNDING -> !Due.of(checkout, order).isEmpty() || hasDueRefund(checkout, order);
            default -> !Due.of(checkout, order).isEmpty();
        };
    }

    private static boolean hasOpen(Checkout checkout, Order order, Case.Kind kind) {
        return checkout.openCase(kind, order.id().toString()) != null;
    }

    private static boolean hasDueRefund(Checkout checkout, Order order) {
        return checkout.refunds().stream()
                .anyMatch(refund -> Refunds.isFor(refund, order.line())
                        && refund.isOpen()
                        && refund.state() != Refund.State.WISHED);
    }

    private static void ofRefund(List<String> broken, Checkout checkout, Refund refund) {
        Stage stage =
                refund.line() == null ? null : checkout.order(refund.line()).stage();
        boolean waits = refund.state() == Refund.State.WISHED;
        if (waits && stage != Stage.REFUNDING && stage != Stage.PARKED) {
            broken.add("refund " + refund.id().number() + " waits for nothing: its order is " + stage);
        }
        boolean asked = refund.state() == Refund.State.DUE
                || refund.state() == Refund.State.STARTED
                || refund.state() == Refund.State.UNKNOWN
                || refund.state() == Refund.State.PENDING;
        String part = Parts.of(refund);
        boolean taken = refund.line() != null && checkout.order(refund.line()).takenBy() != null;
        boolean hasCase = checkout.openCase(Case.Kind.OTHER, refund.id().toString()) != null;
        boolean due = Due.waits(checkout, checkout.at()).stream()
                .anyMatch(wait -> wait.effect() == null || wait.effect().part().equals(part));
        if (asked && !due && !taken && !hasCase) {
            broken.add("nobody will ever look at refund " + refund.id().number() + " again: " + refund.state());
        }
    }

    private static void ofCompensation(List<String> broken, Checkout checkout, Compensation compensation) {
        Order order = checkout.order(compensation.line());
        long times = checkout.compensated().stream()
                .filter(other -> other.line() == order.line())
                .count();
        if (times > 1) {
            broken.add("I2: order " + order.line() + " is compensated " + times + " times");
        }
        Money amount = compensation.amount();
        if (amount != null && !order.amount().isMoreThan(amount)) {
            broken.add("I2: the compensation of order " + order.line() + " is not below the price: " + amount);
        }
        boolean due = Due.waits(checkout, checkout.at()).stream()
                .anyMatch(wait -> wait.effect() == null || wait.effect().part().equals(Parts.of(compensation)));
        boolean refunded = compensation.refund() != null;
        if (compensation.state() == Compensation.State.DUE && !refunded && !due && order.takenBy() == null) {
            broken.add("nobody will ever look at compensation " + compensation.number() + " again");
        }
    }

    private static void ofMoney(List<String> broken, Checkout checkout) {
        boolean contradicted = checkout.cases().stream().anyMatch(known -> known.kind() == Case.Kind.CONFLICT);
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                Money left = Shares.left(checkout, payment, receipt);
                if (left.minorUnits() < 0 && !contradicted) {
                    broken.add("more goes back of " + receipt.tradeNumber() + " than came: " + left);
                }
            }
        }
        if (!contradicted && keptForNothing(checkout)) {
            broken.add("I1: money is kept for nothing, and nobody is told");
        }
    }

    /** Money that pays for orders which all ended without goods, that is not on its way back, and that has no case. */
    private static boolean keptForNothing(Checkout checkout) {
        long kept = 0;
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                kept += Math.max(0, Shares.left(checkout, payment, receipt).minorUnits());
            }
        }
        long earning = checkout.orders().stream()
                .filter(order -> order.stage() != Stage.CLOSED && order.stage() != Stage.REFUNDED)
                .mapToLong(order -> order.amount().minorUnits())
                .sum();
        boolean waived = checkout.settlingReceipts().stream().anyMatch(r -> r.verdict() == Receipt.Verdict.WAIVED);
        boolean told = checkout.cases().stream().anyMatch(Case::isOpen);
        boolean closedByAPerson = checkout.acts().keySet().stream().anyMatch(act -> act.startsWith("close-"));
        return kept > earning && !waived && !told && !closedByAPerson;
    }
}
