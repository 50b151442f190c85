package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Verdict.Refusal;
import dev.kadao.order.Case;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Refund;
import dev.kadao.order.Review;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What buyers do: confirm, complain, dispute; and the end of the time in which they may. */
final class BuyerPart {
    /** A complaint nudges nobody again for this long; from the sixth on for twice as long each time, at most a day. */
    private static final Duration COMPLAINT_PAUSE = Duration.ofMinutes(1);

    private static final int QUICK_COMPLAINTS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private BuyerPart() {}

    static void react(Draft draft, Event event, int line) {
        if (event instanceof Event.Confirmed confirmed && confirmed.line() == line) {
            confirmed(draft, draft.order(line));
        } else if (event instanceof Event.Disputed disputed && disputed.line() == line) {
            disputed(draft, draft.order(line), disputed);
        } else if (event instanceof Event.Reviewed reviewed && reviewed.line() == line) {
            reviewed(draft, draft.order(line), reviewed);
        } else if (event instanceof Event.Complained complained && complained.line() == line) {
            complained(draft, draft.order(line));
        } else if (event instanceof Event.TimeCame) {
            Order order = draft.order(line);
            boolean over = order.windowEnd() != null && Moves.isOver(draft, order.windowEnd());
            if (order.stage() == Stage.DELIVERED && over && order.takenBy() == null) {
                draft.add(new Entry.OrderCompleted(line, false));
            }
        }
    }

    private static void confirmed(Draft draft, Order order) {
        if (order.stage() == Stage.DELIVERED) {
            draft.add(new Entry.OrderCompleted(order.line(), true));
        } else if (order.stage() != Stage.COMPLETED) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "order " + order.id() + " is " + order.stage() + ": only a DELIVERED order can be confirmed");
        }
    }

    /**
     * Only who got the goods can say so, and only once. A review that was given stays, whatever becomes of the order: else
     * a shop could pay for the end of a bad one.
     */
    private static void reviewed(Draft draft, Order order, Event.Reviewed reviewed) {
        Review known = order.review();
        String hindrance = hindranceToReview(draft, order);
        if (known != null) {
            if (known.stars() != reviewed.stars() || !Objects.equals(known.text(), reviewed.text())) {
                draft.refuse(
                        Refusal.LIMIT_REACHED,
                        "order " + order.id() + " has its review already: an order has one, and it stays as it is");
            }
        } else if (hindrance == null) {
            draft.add(new Entry.OrderReviewed(order.line(), reviewed.stars(), reviewed.text()));
        } else {
            draft.refuse(Refusal.WRONG_STAGE, "order " + order.id() + " cannot be reviewed: " + hindrance);
        }
    }

    private static @Nullable String hindranceToReview(Draft draft, Order order) {
        if (order.stage() != Stage.COMPLETED) {
            return "it is " + order.stage()
                    + ", and only a COMPLETED one can be, once the buyer has confirmed it or its"
                    + " dispute window is over";
        }
        if (order.moneyMovedBack()
                || Refunds.of(draft.checkout(), order).stream().anyMatch(Refund::counts)) {
            return "its money went back, or is on its way";
        }
        return draft.checkout().openCase(Case.Kind.DISPUTE, order.id().toString()) == null
                ? null
                : "its dispute is not decided yet; review it after that";
    }

    private static void disputed(Draft draft, Order order, Event.Disputed disputed) {
        int line = order.line();
        if (order.stage() == Stage.DELIVERED) {
            draft.add(new Entry.OrderDisputed(line, disputed.reason()));
        } else if (order.stage() == Stage.COMPLETED) {
            if (draft.checkout().openCase(Case.Kind.DISPUTE, order.id().toString()) == null) {
                draft.openCase(
                        Case.Kind.DISPUTE,
                        order.id().toString(),
                        line,
                        null,
                        new Case.Evidence(
                                "the buyer disputes the goods after completion" + HoldPart.beside(draft, line),
                                disputed.reason()));
            }
        } else if (order.stage() != Stage.DISPUTED) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "order " + order.id() + " is " + order.stage()
                            + ": only a DELIVERED or COMPLETED order can be disputed");
        }
    }

    private static void complained(Draft draft, Order order) {
        Stage stage = order.stage();
        boolean unpaidHold = stage == Stage.ON_HOLD && !draft.checkout().isSettled();
        if (stage == Stage.AWAITING_PAYMENT || stage == Stage.CLOSED || unpaidHold) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "order " + order.id() + " is " + stage + ": there is nothing to complain about before it is PAID");
            return;
        }
        nudge(draft, order, false);
    }

    /**
     * Does at once whatever is safe, and records what that was. What goes on by itself is hurried at most once a minute, and
     * ever more seldom for whoever keeps asking, so that nobody fills the journal; a person is told without delay.
     */
    static List<String> nudge(Draft draft, Order order, boolean payments) {
        String part = Parts.complaintsOf(order);
        Attempt pause = draft.checkout().schedule().of(part);
        List<String> hurried = new ArrayList<>();
        if (pause == null || !draft.now().isBefore(pause.next())) {
            if (payments) {
                nudgePayments(draft, hurried);
            }
            nudgeGateway(draft, order, hurried);
            nudgeSupplier(draft, order, hurried);
            nudgeMessage(draft, order, hurried);
        }
        List<String> did = new ArrayList<>(hurried);
        openCaseOnceLate(draft, order, did);
        if (!did.isEmpty()) {
            draft.add(new Entry.ComplaintMade(order.line(), did));
        }
        if (!hurried.isEmpty()) {
            int count = draft.tries(part) + 1;
            draft.plan(part, new Attempt(count, draft.now().plus(pauseAfter(count)), null, false));
        }
        return did;
    }

    private static Duration pauseAfter(int complaints) {
        int doublings = Math.min(Math.max(0, complaints - QUICK_COMPLAINTS), 11);
        Duration pause = COMPLAINT_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** A buyer who says that he paid is not told to wait for the next question: his payments are asked about now. */
    private static void nudgePayments(Draft draft, List<String> did) {
        for (Payment payment : draft.checkout().payments()) {
            if (payment.state() == Payment.State.OPEN || payment.state() == Payment.State.CLOSING) {
                draft.hurry(Parts.of(payment));
                if (!did.contains("asked-gateway")) {
                    did.add("asked-gateway");
                }
            }
        }
    }

    private static void nudgeGateway(Draft draft, Order order, List<String> did) {
        if (order.stage() != Stage.REFUNDING) {
            return;
        }
        for (Refund refund : draft.checkout().refunds()) {
            boolean ours = refund.line() != null && refund.line() == order.line();
            if (ours && (refund.state() == Refund.State.UNKNOWN || refund.state() == Refund.State.PENDING)) {
                draft.hurry(Parts.of(refund));
                did.add("asked-gateway");
            }
        }
    }

    private static void nudgeSupplier(Draft draft, Order order, List<String> did) {
        Dispatch last = order.lastDispatch();
        boolean underWay = order.stage() == Stage.DISPATCHING || order.stage() == Stage.UNCERTAIN;
        Guarantee.Asking asking = last == null ? null : Suppliers.asking(last);
        if (!underWay || last == null || asking == null) {
            return;
        }
        boolean settled = last.state() == Dispatch.State.UNKNOWN
                && !Suppliers.isResendable(order, last, draft.now())
                && !draft.now().isBefore(Suppliers.settledAt(last, asking));
        Attempt questions = draft.checkout().schedule().of(Parts.questionsOf(order));
        boolean mayBeAsked = questions == null || !draft.now().isBefore(questions.next());
        if (mayBeAsked && (settled || last.state() == Dispatch.State.ACCEPTED)) {
            draft.hurry(Parts.of(order));
            did.add("asked-supplier");
        }
    }

    private static void nudgeMessage(Draft draft, Order order, List<String> did) {
        if (draft.checkout().isUnseen(order) && MessagePart.again(draft, order)) {
            did.add("resent-message");
        }
    }

    private static void openCaseOnceLate(Draft draft, Order order, List<String> did) {
        boolean late = order.paidAt() != null
                && Moves.isOver(
                        draft, order.paidAt().plus(draft.checkout().sla(order).late()));
        if (order.stage().owesGoods() && late && SlaPart.openCase(draft.checkout(), order) == null) {
            Terms.Handling handling = draft.checkout().terms().handling();
            draft.openCase(
                    SlaPart.kindOfCase(draft.checkout(), order),
                    order.id().toString(),
                    order.line(),
                    null,
                    Case.Evidence.of("the buyer complains: " + order.stage()),
                    handling == null ? null : draft.now().plus(handling.complaints()));
            did.add("opened-case");
        }
    }
}
