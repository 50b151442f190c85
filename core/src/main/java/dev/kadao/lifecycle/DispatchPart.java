package dev.kadao.lifecycle;

import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Order;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import java.time.Instant;

/** Dispatches: the right to send, what suppliers say, and what may follow "sent, no clear answer". */
final class DispatchPart {
    private static final String MONEY_IS_BACK = "the gateway gave the money back";

    /** How long an order waits for suppliers that take none; about as long as one that is tried alone uses all its numbers. */
    private static final Duration LONGEST_STANDSTILL = Duration.ofDays(3);

    private DispatchPart() {}

    static void react(Draft draft, Event event, int line) {
        if (event instanceof Event.DispatchIntended intended
                && intended.effect().line() == line) {
            Effect.DispatchGoods effect = intended.effect();
            draft.add(new Entry.DispatchStarted(
                    line, effect.dispatch(), effect.supplier(), intended.supplierTerms(), intended.started()));
        } else if (event instanceof Event.SupplierSaid said && said.line() == line) {
            Dispatch dispatch = draft.order(line).dispatch(said.dispatch());
            if (dispatch != null) {
                said(draft, draft.order(line), dispatch, said);
                callerReported(draft, line, said);
            }
        } else if (event instanceof Event.PutOff off && off.line() == line) {
            putOff(draft, draft.order(line), off);
        } else if (event instanceof Event.TimeCame) {
            timeCame(draft, draft.order(line));
        }
    }

    private static void callerReported(Draft draft, int line, Event.SupplierSaid said) {
        Dispatch dispatch = draft.order(line).dispatch(said.dispatch());
        if (dispatch != null
                && dispatch.unanswered()
                && said.send() == dispatch.started().send()) {
            draft.add(new Entry.DispatchQuieted(line, said.dispatch()));
        }
    }

    private static void said(Draft draft, Order order, Dispatch dispatch, Event.SupplierSaid said) {
        Answer answer = said.answer();
        boolean byCaller = said.send() == dispatch.started().send();
        if (answer instanceof Answer.Delivered delivered && said.receipt() != null) {
            Deliveries.delivered(draft, order, dispatch, said.receipt(), delivered.supplierOrder());
        } else if (answer instanceof Answer.Delivered) {
            partial(draft, order, dispatch, 0, "the supplier said success without a valid proof");
        } else if (answer instanceof Answer.Partial partial) {
            partial(draft, order, dispatch, partial.delivered(), partial.reason());
        } else if (answer instanceof Answer.Accepted accepted) {
            accepted(draft, order, dispatch, accepted);
        } else if (answer instanceof Answer.Declined declined) {
            declined(draft, order, dispatch, declined);
        } else if (answer instanceof Answer.NotSent notSent) {
            if (byCaller && dispatch.state() == Dispatch.State.STARTED) {
                notSent(draft, order, dispatch, notSent.reason());
            }
        } else if (answer instanceof Answer.NotFound) {
            notFound(draft, order, dispatch);
        } else if (answer instanceof Answer.Unknown unknown) {
            if (byCaller && dispatch.state() == Dispatch.State.STARTED) {
                unclear(draft, order, dispatch, unknown.reason());
            } else if (said.send() == 0) {
                askAgain(draft, order, dispatch, false);
            }
        }
    }

    private static void partial(Draft draft, Order order, Dispatch dispatch, int delivered, String reason) {
        if (dispatch.wasDelivered() || dispatch.state() == Dispatch.State.PARTIAL) {
            return;
        }
        int line = order.line();
        draft.add(new Entry.DispatchPartial(line, dispatch.id().number(), delivered, reason));
        String fact = delivered + " of " + order.quantity() + " handed over, "
                + Math.max(0, order.quantity() - delivered) + " missing" + (reason.isBlank() ? "" : ": " + reason);
        if (isUnderWay(order) || isToBeSent(order)) {
            Moves.park(draft, line, fact);
        } else {
            Deliveries.handedOverInPart(draft, order, dispatch, fact);
        }
    }

    private static void accepted(Draft draft, Order order, Dispatch dispatch, Answer.Accepted accepted) {
        Dispatch.State state = dispatch.state();
        if (state == Dispatch.State.STOPPED) {
            acceptedAfterAll(draft, order, dispatch, accepted);
            return;
        }
        if (state == Dispatch.State.STARTED || state == Dispatch.State.UNKNOWN || state == Dispatch.State.NOT_SENT) {
            draft.add(new Entry.DispatchAccepted(order.line(), dispatch.id().number(), accepted.supplierOrder()));
        } else if (state != Dispatch.State.ACCEPTED) {
            return;
        }
        askAgain(draft, draft.order(order.line()), dispatch, true);
        Duration wish = accepted.askAgainAfter();
        String part = Parts.of(order);
        Attempt planned = draft.checkout().schedule().of(part);
        if (wish != null && planned != null && wish.compareTo(Duration.ZERO) > 0) {
            Duration bounded = wish.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : wish;
            draft.plan(part, new Attempt(planned.count(), draft.now().plus(bounded), null, true));
        }
    }

    /** What was given up, since the supplier did not know it, is worked on: nothing more may be sent beside it. */
    private static void acceptedAfterAll(Draft draft, Order order, Dispatch dispatch, Answer.Accepted accepted) {
        boolean last = dispatch.equals(order.lastDispatch());
        boolean refunding = order.stage() == Stage.REFUNDING && !last;
        if (!isToBeSent(order) && !isUnderWay(order) && !refunding) {
            return;
        }
        draft.add(new Entry.DispatchAccepted(order.line(), dispatch.id().number(), accepted.supplierOrder()));
        String fact = "supplier " + dispatch.supplier() + " works on dispatch " + dispatch.id() + " after all";
        if (refunding) {
            Deliveries.mayBeHandedOver(draft, order, fact);
        } else if (order.stage() != Stage.PAID || !last) {
            Moves.park(draft, order.line(), fact);
        }
    }

    private static void declined(Draft draft, Order order, Dispatch dispatch, Answer.Declined declined) {
        int line = order.line();
        int number = dispatch.id().number();
        if (dispatch.wasDelivered()) {
            Deliveries.reversed(draft, order, dispatch, declined.reason());
            return;
        }
        if (dispatch.state() == Dispatch.State.DECLINED || dispatch.state() == Dispatch.State.UNAVAILABLE) {
            return;
        }
        boolean current = dispatch.equals(order.lastDispatch());
        draft.add(new Entry.DispatchDeclined(line, number, declined.scope() == Scope.SUPPLIER, declined.reason()));
        boolean nobodyIsLeft = isToBeSent(order) && Suppliers.next(draft.order(line)) == null;
        if ((current && isUnderWay(order)) || nobodyIsLeft) {
            afterNo(draft, draft.order(line), declined);
        }
    }

    private static void afterNo(Draft draft, Order order, Answer.Declined declined) {
        int line = order.line();
        if (order.moneyMovedBack()) {
            Moves.refund(draft, line, MONEY_IS_BACK);
        } else if (Suppliers.next(order) == null) {
            Moves.refund(draft, line, "declined by the supplier: " + declined.reason());
        } else {
            boolean further = Suppliers.hasFurther(order);
            Moves.ready(draft, line);
            if (!further) {
                long rounds = order.dispatches().stream()
                        .filter(past -> past.state() == Dispatch.State.UNAVAILABLE)
                        .count();
                Duration gap = Backoff.round(draft.checkout().terms(), Math.max(0, (int) rounds - 1));
                draft.plan(
                        Parts.of(order), new Attempt((int) rounds, draft.now().plus(gap), null, true));
            }
        }
    }

    private static void notSent(Draft draft, Order order, Dispatch dispatch, String reason) {
        int line = order.line();
        int number = dispatch.id().number();
        if (dispatch.doubtful()) {
            unclear(draft, order, dispatch, "not sent again: " + reason);
            return;
        }
        draft.add(new Entry.DispatchNotSent(line, number, reason));
        if (order.moneyMovedBack() && isUnderWay(order)) {
            draft.add(new Entry.DispatchStopped(line, number, MONEY_IS_BACK));
            Moves.refund(draft, line, MONEY_IS_BACK);
        } else {
            int sends = dispatch.started().send();
            Duration gap = Backoff.retry(draft.checkout().terms(), sends - 1);
            draft.plan(Parts.of(order), new Attempt(sends, draft.now().plus(gap), null, false));
        }
    }

    /** A send without a clear answer: from here on the supplier's guarantee says what may follow. */
    private static void unclear(Draft draft, Order order, Dispatch dispatch, String reason) {
        int line = order.line();
        int number = dispatch.id().number();
        draft.add(new Entry.DispatchUnclear(line, number, reason));
        if (order.stage() == Stage.DISPATCHING) {
            draft.add(new Entry.OrderUncertain(line));
        }
        Order after = draft.order(line);
        Dispatch unknown = after.dispatch(number);
        if (unknown == null || !isUnderWay(after)) {
            return;
        }
        if (Suppliers.isResendable(after, unknown, draft.now())) {
            int sends = unknown.started().send();
            Duration gap = Backoff.retry(draft.checkout().terms(), sends - 1);
            draft.plan(Parts.of(after), new Attempt(sends, draft.now().plus(gap), null, false));
        } else if (Suppliers.asking(unknown) == null) {
            Moves.park(draft, line, "no clear answer from supplier " + unknown.supplier() + ": " + reason);
        }
    }

    private static void notFound(Draft draft, Order order, Dispatch dispatch) {
        Guarantee.Asking asking = Suppliers.asking(dispatch);
        boolean current = dispatch.equals(order.lastDispatch());
        boolean asked = dispatch.state() == Dispatch.State.UNKNOWN || dispatch.state() == Dispatch.State.ACCEPTED;
        if (asking == null || !current || !asked || !isUnderWay(order)) {
            return;
        }
        boolean settled = !draft.now().isBefore(Suppliers.notFoundCountsFrom(dispatch, asking));
        // One that said it has it and then does not know it contradicts itself: neither is believed.
        boolean last = dispatch.vouched() || (asking.notFoundIsFinal() && dispatch.state() == Dispatch.State.UNKNOWN);
        if (settled && last && dispatch.isQuiet(draft.now())) {
            int line = order.line();
            String reason = "supplier " + dispatch.supplier() + " does not know the reference";
            draft.add(new Entry.DispatchStopped(line, dispatch.id().number(), reason));
            if (order.moneyMovedBack()) {
                Moves.refund(draft, line, MONEY_IS_BACK);
            } else {
                Moves.tryNext(draft, line, reason);
            }
            return;
        }
        missing(draft, order, dispatch, asking);
    }

    private static void missing(Draft draft, Order order, Dispatch dispatch, Guarantee.Asking asking) {
        String part = Parts.of(order);
        Attempt attempt = draft.checkout().schedule().of(part);
        Instant since = attempt == null || attempt.missingSince() == null ? draft.now() : attempt.missingSince();
        if (Moves.isOver(draft, since.plus(asking.patience()))) {
            String cause = "supplier " + dispatch.supplier() + " has not known the reference since " + since;
            Moves.park(draft, order.line(), cause);
            return;
        }
        countQuestion(draft, order);
        Duration gap = Backoff.listed(asking.gaps(), draft.tries(part));
        draft.plan(part, new Attempt(draft.tries(part) + 1, draft.now().plus(gap), since, false));
    }

    /** What a notice says counts like an answer; one that comes before the next question is due puts that off no further. */
    private static void countQuestion(Draft draft, Order order) {
        String part = Parts.questionsOf(order);
        Attempt asked = draft.checkout().schedule().of(part);
        int count = asked == null ? 1 : asked.count() + 1;
        Instant earliest = draft.now();
        if (asked != null && draft.now().isBefore(asked.next())) {
            earliest = asked.next();
        } else if (count >= Backoff.QUICK_QUESTIONS) {
            earliest = draft.now().plus(Backoff.SLOW_QUESTIONS);
        }
        draft.plan(part, new Attempt(count, earliest, null, false));
    }

    /** What could not be begun comes due later, and nothing is held against anybody. */
    private static void putOff(Draft draft, Order order, Event.PutOff off) {
        Dispatch last = order.lastDispatch();
        boolean open = last != null && last.id().number() == off.dispatch() && last.isOpen() && isUnderWay(order);
        boolean wanted = isToBeSent(order) && order.dispatches().size() + 1 == off.dispatch();
        if (!open && !wanted) {
            return;
        }
        Instant paidAt = order.paidAt();
        boolean tooLong = paidAt != null && Moves.isOver(draft, paidAt.plus(LONGEST_STANDSTILL));
        if (!open && tooLong && order.takenBy() == null) {
            // Put off for ever it would use up no dispatch number, and nobody would be told.
            String cause = "no supplier has taken it since " + paidAt + ": they take no orders";
            Moves.park(draft, order.line(), cause);
            return;
        }
        String part = Parts.of(order);
        Attempt planned = draft.checkout().schedule().of(part);
        draft.plan(
                part,
                planned == null
                        ? new Attempt(0, off.until(), null, false)
                        : new Attempt(planned.count(), off.until(), planned.missingSince(), planned.alive()));
    }

    /** Plans the next question, or hands over to a person once asking can bring nothing more. */
    private static void askAgain(Draft draft, Order order, Dispatch dispatch, boolean alive) {
        Guarantee.Asking asking = Suppliers.asking(dispatch);
        Dispatch current = order.dispatch(dispatch.id().number());
        if (asking == null || current == null || !current.isOpen() || !isUnderWay(order)) {
            return;
        }
        countQuestion(draft, order);
        String part = Parts.of(order);
        Duration gap = Backoff.listed(asking.gaps(), draft.tries(part));
        draft.plan(part, new Attempt(draft.tries(part) + 1, draft.now().plus(gap), null, alive));
    }

    private static void timeCame(Draft draft, Order order) {
        Dispatch last = order.lastDispatch();
        if (last == null || order.takenBy() != null) {
            return;
        }
        if (isToBeSent(order) && order.dispatches().size() >= Suppliers.MOST_DISPATCHES) {
            Moves.park(draft, order.line(), "all " + Suppliers.MOST_DISPATCHES + " dispatches were used");
            return;
        }
        if (isToBeSent(order) && Suppliers.next(order) == null) {
            // Whoever got it here: with nobody to ask it would wait for ever, and nobody would be told.
            Moves.park(draft, order.line(), "every supplier has said no to it");
            return;
        }
        if (!last.isOpen() || !Moves.isOver(draft, Suppliers.endOf(order, last))) {
            return;
        }
        if (last.state() == Dispatch.State.STARTED) {
            unclear(draft, order, last, "no answer was recorded in time");
        } else if (isUnderWay(order)) {
            Moves.park(
                    draft,
                    order.line(),
                    (last.dueWithPeople() == null ? "supplier " : "our staff, asked as supplier ")
                            + last.supplier() + " gave no final answer since " + last.firstSentAt() + ": "
                            + last.state());
        }
    }

    /** Whether the next supplier is to be tried; keys from stock are replaced from stock and have no dispatches. */
    private static boolean isToBeSent(Order order) {
        return order.stage() == Stage.PAID || order.stage() == Stage.REPLACING;
    }

    private static boolean isUnderWay(Order order) {
        return order.stage() == Stage.DISPATCHING || order.stage() == Stage.UNCERTAIN;
    }
}
