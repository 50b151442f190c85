package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Case.Kind;
import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Refund;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cases: opened and closed by what was decided before them, and alerted again daily while they are open. */
final class CasePart {
    private static final Duration ALERT_AGAIN = Duration.ofDays(1);
    private static final Set<Kind> CLOSED_BY_AN_END = EnumSet.of(Kind.LATE, Kind.STUCK, Kind.PARKED);
    private static final Set<Kind> ABOUT_AMOUNTS = EnumSet.of(Kind.SHORT, Kind.OVER, Kind.OTHER_CURRENCY);

    private CasePart() {}

    static void react(Draft draft, Event event) {
        if (event instanceof Event.CaseAlerted alerted) {
            alerted(draft, alerted, draft.checkout().caseNumber(alerted.caseNumber()));
        }
        if (event instanceof Event.StatementDiffered differed && !wasTold(draft.checkout(), differed)) {
            draft.openCase(Kind.CONFLICT, differed.subject(), differed.line(), differed.payment(), differed.fact());
        }
        draft.decided(Entry.DispatchAccepted.class).forEach(accepted -> openForPeople(draft, accepted));
        draft.decided(Entry.OrderUnfunded.class).forEach(unfunded -> callPeopleBack(draft, unfunded.line()));
        draft.decided(Entry.MoneyReceived.class).forEach(received -> openForAmount(draft, received));
        draft.decided(Entry.DeliveryAttested.class).forEach(attested -> openForMoneyKept(draft, attested.line()));
        draft.decided(Entry.OrderHeld.class).forEach(held -> openForRisk(draft, held.line()));
        draft.decided(Entry.OrderParked.class)
                .forEach(parked -> draft.openCase(
                        Kind.PARKED, draft.order(parked.line()).id().toString(), parked.line(), null, parked.cause()));
        draft.decided(Entry.OrderDisputed.class).forEach(disputed -> openForDispute(draft, disputed.line(), disputed));
        draft.decided(Entry.RefundDeclined.class).forEach(declined -> openForRefund(draft, declined));
        draft.decided(Entry.ActProposed.class).forEach(proposed -> openForApproval(draft, proposed));
        draft.decided(Entry.DispatchDeclined.class).forEach(declined -> noteInParkedCase(draft, declined));
        closeWhatHasEnded(draft);
    }

    /** Told once more when its time is over, and daily; what could not be told is tried again sooner. */
    private static void alerted(Draft draft, Event.CaseAlerted alerted, Case known) {
        if (!known.isOpen()) {
            return;
        }
        String part = Parts.of(known);
        if (!alerted.told()) {
            draft.tryAgain(part, Backoff.message(draft.checkout().terms(), draft.tries(part)), false);
            return;
        }
        if (alerted.level() > known.level()) {
            draft.add(new Entry.CaseEscalated(known.number(), alerted.level()));
        }
        Duration untilDue = Duration.between(draft.now(), known.dueAt());
        boolean dueFirst = !untilDue.isNegative() && !untilDue.isZero() && untilDue.compareTo(ALERT_AGAIN) < 0;
        draft.tryAgain(part, dueFirst ? untilDue : ALERT_AGAIN, false);
    }

    /** A statement may be gone through again after a person has closed the case. */
    private static boolean wasTold(Checkout checkout, Event.StatementDiffered differed) {
        return checkout.cases().stream()
                .anyMatch(known -> known.kind() == Kind.CONFLICT
                        && known.subject().equals(differed.subject())
                        && known.evidence().contains(Case.Evidence.of(differed.fact())));
    }

    /** The kind of case about an amount that is not the exact one; null for amounts that need nobody. */
    static @Nullable Kind kindFor(Verdict verdict) {
        return switch (verdict) {
            case SHORT -> Kind.SHORT;
            case OVER -> Kind.OVER;
            case OTHER_CURRENCY -> Kind.OTHER_CURRENCY;
            case MATCHED, LATE, SURPLUS, WAIVED -> null;
        };
    }

    private static void openForAmount(Draft draft, Entry.MoneyReceived received) {
        Kind kind = kindFor(received.verdict());
        if (kind != null) {
            String fact = received.amount() + " received, " + draft.checkout().total() + " owed";
            Integer line = draft.checkout().orders().size() == 1 ? 1 : null;
            draft.openCase(kind, received.tradeNumber(), line, received.payment(), fact);
        }
    }

    /** What came instead of the price stays where it is if a person marks the order as delivered: more than it costs, maybe. */
    private static void openForMoneyKept(Draft draft, int line) {
        Checkout checkout = draft.checkout();
        if (checkout.isSettled()) {
            return;
        }
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                Kind kind = kindFor(receipt.verdict());
                Money left = Shares.left(checkout, payment, receipt);
                if (kind != null && left.isPositive()) {
                    String fact = "order " + draft.order(line).id() + " is marked as delivered and " + left
                            + " of this money is kept, " + checkout.total() + " owed: see what of it is to go back";
                    draft.openCase(
                            kind, receipt.tradeNumber(), null, payment.id().number(), fact);
                }
            }
        }
    }

    private static void openForRisk(Draft draft, int line) {
        String rule = draft.checkout().riskHold();
        if (rule != null) {
            boolean oncePaid = draft.decided(Entry.RiskAssessed.class).findAny().isPresent();
            String when = oncePaid ? "held once paid: " : "held at placing: ";
            draft.openCase(Kind.RISK, draft.order(line).id().toString(), line, null, when + rule);
        }
    }

    private static void openForDispute(Draft draft, int line, Entry.OrderDisputed disputed) {
        draft.openCase(
                Kind.DISPUTE,
                draft.order(line).id().toString(),
                line,
                null,
                new Case.Evidence("the buyer disputes the goods" + HoldPart.beside(draft, line), disputed.reason()));
    }

    private static void openForRefund(Draft draft, Entry.RefundDeclined declined) {
        Refund refund = draft.checkout().refund(declined.refund());
        String fact = refund.amount() + " is to be paid back by other means: " + declined.reason()
                + (refund.line() == null ? "" : HoldPart.beside(draft, refund.line()));
        draft.openCase(
                Kind.REFUND_DECLINED,
                refund.id().toString(),
                refund.line(),
                refund.payment().number(),
                fact);
    }

    /** What people are to hand over is due with them, not at once: they are alerted when the time is over. */
    private static void openForPeople(Draft draft, Entry.DispatchAccepted accepted) {
        Order order = draft.order(accepted.line());
        Dispatch dispatch = order.dispatch(accepted.dispatch());
        Instant due = order.dueWithPeople();
        if (dispatch == null || due == null || !dispatch.equals(order.lastDispatch())) {
            return;
        }
        String subject = dispatch.id().toString();
        String fact = order.quantity() + " x " + order.sku() + " to be handed over by our staff before " + due
                + ": mark it delivered with evidence, or refund it";
        draft.openCase(Kind.DELIVERY, subject, order.line(), null, Case.Evidence.of(fact), due);
        Case open = draft.checkout().openCase(Kind.DELIVERY, subject);
        if (open != null) {
            draft.plan(Parts.of(open), new Attempt(0, due, null, false));
        }
    }

    private static void callPeopleBack(Draft draft, int line) {
        Order order = draft.order(line);
        Dispatch last = order.lastDispatch();
        Case open = last == null
                ? null
                : draft.checkout().openCase(Kind.DELIVERY, last.id().toString());
        if (open != null && order.dueWithPeople() != null) {
            String fact = "the gateway gave the money back: hand nothing over any more, and refund the order";
            draft.openCase(Kind.DELIVERY, open.subject(), line, null, fact);
            draft.hurry(Parts.of(open));
        }
    }

    private static void openForApproval(Draft draft, Entry.ActProposed proposed) {
        String fact = proposed.act() + " is proposed by " + proposed.actor() + " with act '" + proposed.actId()
                + "': another person is to approve or decline it";
        String subject = draft.order(proposed.line()).id().toString();
        draft.openCase(Kind.APPROVAL, subject, proposed.line(), null, new Case.Evidence(fact, proposed.reason()));
    }

    private static void noteInParkedCase(Draft draft, Entry.DispatchDeclined declined) {
        if (draft.order(declined.line()).stage() == Stage.PARKED) {
            String fact = "dispatch " + declined.dispatch() + " is declined by the supplier: " + declined.reason();
            draft.openCase(Kind.PARKED, draft.order(declined.line()).id().toString(), declined.line(), null, fact);
        }
    }

    private static void closeWhatHasEnded(Draft draft) {
        for (Case open : draft.checkout().cases()) {
            if (open.isOpen() && hasEnded(draft.checkout(), open)) {
                draft.add(new Entry.CaseClosed(open.number(), "the order moved on"));
            }
        }
    }

    private static boolean hasEnded(Checkout checkout, Case open) {
        if (ABOUT_AMOUNTS.contains(open.kind())) {
            return !amountHoldsSomebody(checkout) && !isKeptForDelivered(checkout);
        }
        if (open.line() == null) {
            return false;
        }
        if (open.kind() == Kind.APPROVAL) {
            return checkout.order(open.line()).proposal() == null;
        }
        Stage stage = checkout.order(open.line()).stage();
        if (CLOSED_BY_AN_END.contains(open.kind())) {
            boolean over = stage == Stage.DELIVERED || stage == Stage.COMPLETED || stage == Stage.REFUNDED;
            boolean sentAgain = open.kind() == Kind.PARKED && stage != Stage.PARKED;
            return over || sentAgain;
        }
        if (open.kind() == Kind.DELIVERY) {
            return stage != Stage.DISPATCHING;
        }
        if (open.kind() == Kind.RISK) {
            return stage != Stage.ON_HOLD;
        }
        boolean decided = stage != Stage.DISPUTED && stage != Stage.COMPLETED;
        return open.kind() == Kind.DISPUTE && decided;
    }

    /** An order on hold waits for a person alone, even after another order of its cart was released. */
    private static boolean amountHoldsSomebody(Checkout checkout) {
        boolean paidInFull =
                checkout.settlingReceipts().stream().anyMatch(receipt -> receipt.verdict() != Verdict.WAIVED);
        return !paidInFull && checkout.orders().stream().anyMatch(order -> order.stage() == Stage.ON_HOLD);
    }

    /** Whether there is only money that nobody has decided about, for goods that the buyer has. */
    private static boolean isKeptForDelivered(Checkout checkout) {
        return !checkout.isSettled()
                && checkout.orders().stream().anyMatch(Order::isDelivered)
                && checkout.payments().stream()
                        .anyMatch(payment -> payment.receipts().stream()
                                .anyMatch(receipt -> receipt.isHeld()
                                        && Shares.left(checkout, payment, receipt)
                                                .isPositive()));
    }

    /** Whether nobody would look at an order any more if this case were closed by hand. */
    static boolean isNeeded(Checkout checkout, Case open) {
        if (ABOUT_AMOUNTS.contains(open.kind())) {
            return amountHoldsSomebody(checkout);
        }
        if (open.kind() == Kind.APPROVAL) {
            return open.line() != null && checkout.order(open.line()).proposal() != null;
        }
        Stage stage = open.line() == null ? null : checkout.order(open.line()).stage();
        return (open.kind() == Kind.PARKED && stage == Stage.PARKED)
                || (open.kind() == Kind.DELIVERY && stage == Stage.DISPATCHING)
                || (open.kind() == Kind.RISK && stage == Stage.ON_HOLD)
                || (open.kind() == Kind.DISPUTE && stage == Stage.DISPUTED)
                || (open.kind() == Kind.CONFLICT
                        && open.line() != null
                        && HoldPart.isLeftToPeople(checkout, open.line()));
    }
}
