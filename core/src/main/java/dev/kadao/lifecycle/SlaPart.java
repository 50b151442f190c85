package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Keys;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Order;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The promise to the buyer as a ladder: each rung is reached once for one beginning of the promise, by time alone, and what
 * is done on it depends on where the order is. What was missed during a stop is made up for in one step. Counted from facts
 * (payment, release of a hold, decision to replace), so that nothing that merely touches an order puts it off.
 */
final class SlaPart {
    /** So that what a stop kept from being tried is tried, once a person was told and before the money goes back. */
    private static final Duration LAST_TRY = Duration.ofMinutes(1);

    private SlaPart() {}

    static void react(Draft draft, Event event, int line) {
        if (event instanceof Event.TimeCame) {
            timeCame(draft, line);
            return;
        }
        leaveToWhoTriesAgain(draft, line);
        if (draft.order(line).hasReached(Rung.END_WAITS)) {
            endOnceSettled(draft, line);
        }
    }

    private static void timeCame(Draft draft, int line) {
        for (Rung rung : Rung.values()) {
            Order order = draft.order(line);
            Instant from = order.paidAt();
            Instant at = at(draft.checkout(), order, rung);
            if (from == null || at == null || !Moves.isOver(draft, at)) {
                continue;
            }
            if (rung == Rung.END) {
                if (hasReachedNoOther(draft, line)) {
                    end(draft, order, from);
                }
            } else {
                draft.add(new Entry.RungReached(line, rung, from));
                act(draft, draft.order(line), rung);
            }
        }
    }

    /** In the very step that settles what was open, so that nothing new is begun before. */
    private static void endOnceSettled(Draft draft, int line) {
        Order order = draft.order(line);
        Instant from = order.paidAt();
        Instant at = at(draft.checkout(), order, Rung.END);
        if (from != null && at != null && Moves.isOver(draft, at)) {
            end(draft, order, from);
        }
    }

    /** What a person tries again after its end was due would else be ended before it is tried. */
    private static void leaveToWhoTriesAgain(Draft draft, int line) {
        Order order = draft.order(line);
        Instant from = order.paidAt();
        Terms.Overdue overdue = draft.checkout().terms().overdue();
        boolean again = draft.decided(Entry.RetryDecided.class).anyMatch(decided -> decided.line() == line);
        if (again
                && from != null
                && overdue != null
                && !order.hasReached(Rung.END)
                && Moves.isOver(draft, from.plus(overdue.after()))) {
            draft.add(new Entry.RungReached(line, Rung.END, from));
        }
    }

    private static boolean hasReachedNoOther(Draft draft, int line) {
        return draft.decided(Entry.RungReached.class).noneMatch(reached -> reached.line() == line);
    }

    /** When the next rung of an order is reached; null if none is. */
    static @Nullable Instant next(Checkout checkout, Order order) {
        return Arrays.stream(Rung.values())
                .map(rung -> at(checkout, order, rung))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Instant at(Checkout checkout, Order order, Rung rung) {
        Instant from = order.paidAt();
        if (from == null || order.takenBy() != null || order.hasReached(rung) || !isOwed(checkout, order, rung)) {
            return null;
        }
        Terms.Sla sla = checkout.sla(order);
        return switch (rung) {
            case LATE -> from.plus(sla.late());
            case REDISPATCH -> from.plus(sla.redispatch());
            case ESCALATE -> from.plus(sla.escalate());
            case END ->
                order.hasReached(Rung.END_WAITS) ? settledAt(checkout, order, from) : endsAt(checkout, order, from);
            case END_WAITS -> null; // instead of END, at its time
        };
    }

    /** Whether the rung is still ahead of an order in its stage: the goods are owed, or the buyer has not seen them. */
    private static boolean isOwed(Checkout checkout, Order order, Rung rung) {
        boolean unseen = order.stage() == Stage.DELIVERED
                && order.keys().state() == Keys.State.HANDED_OVER
                && !order.keys().revealed();
        return order.stage().owesGoods()
                || (rung == Rung.REDISPATCH && unseen && checkout.terms().notifies());
    }

    /** By the shop's policy, after a person was told; null if a person ends it. */
    private static @Nullable Instant endsAt(Checkout checkout, Order order, Instant from) {
        Terms.Overdue overdue = checkout.terms().overdue();
        if (overdue == null || !order.hasReached(Rung.ESCALATE)) {
            return null;
        }
        Instant owed = from.plus(overdue.after());
        return cases(checkout, order)
                .map(known -> known.openedAt().plus(LAST_TRY))
                .filter(told -> told.isAfter(owed))
                .max(Instant::compareTo)
                .orElse(owed);
    }

    /** From when on surely nothing is handed over any more; null while a dispatch may have been, or may be, executed. */
    private static @Nullable Instant settledAt(Checkout checkout, Order order, Instant from) {
        if (!wasNothingHandedOver(checkout, order)) {
            return null;
        }
        Instant quiet = Suppliers.quietFrom(order);
        return quiet == null ? from : quiet;
    }

    private static void act(Draft draft, Order order, Rung rung) {
        switch (rung) {
            case LATE -> {} // the buyer is told by the messages, which react to the entry
            case REDISPATCH -> doWhatIsSafe(draft, order);
            case ESCALATE ->
                tellPerson(
                        draft,
                        order,
                        "promised within " + draft.checkout().sla(order).escalate() + " of " + order.paidAt()
                                + ", and still " + order.stage());
            case END, END_WAITS -> throw new IllegalStateException("handled before");
        }
    }

    private static void doWhatIsSafe(Draft draft, Order order) {
        Dispatch last = order.lastDispatch();
        switch (order.stage()) {
            case PAID, RESERVED, REPLACING -> noLaterThan(draft, order, draft.now());
            case DISPATCHING, UNCERTAIN -> {
                // What the shop's own people have to hand over is due with them.
                if (last != null && order.dueWithPeople() == null) {
                    underItsOwnReference(draft, order, last);
                }
            }
            // Unseen keys: the messages react to the entry. Everywhere else no rung is reached.
            case DELIVERED, AWAITING_PAYMENT, CLOSED, ON_HOLD, DISPUTED, COMPLETED, REFUNDING, REFUNDED, PARKED -> {}
        }
    }

    /**
     * An open dispatch is sent again or asked about, as its supplier declared, and nothing else is sent beside it. One that a
     * supplier said it works on is not sent again: a supplier that cannot be asked tells by itself. Quiet times are added by
     * {@link Due}, and a supplier is not asked before it can have settled.
     */
    private static void underItsOwnReference(Draft draft, Order order, Dispatch last) {
        boolean resendable = Suppliers.isResendable(order, last, draft.now());
        Guarantee.Asking asking = Suppliers.asking(last);
        switch (last.state()) {
            case NOT_SENT -> noLaterThan(draft, order, draft.now());
            case ACCEPTED -> {
                if (asking != null) {
                    ask(draft, order, draft.now());
                }
            }
            case UNKNOWN -> {
                if (resendable) {
                    noLaterThan(draft, order, draft.now());
                } else if (asking != null) {
                    Instant settled = Suppliers.settledAt(last, asking);
                    ask(draft, order, settled.isAfter(draft.now()) ? settled : draft.now());
                }
            }
            // A send is under way, or nothing is open: there is nothing to hurry.
            case STARTED, DELIVERED, REPLACED, DECLINED, UNAVAILABLE, PARTIAL, STOPPED -> {}
        }
    }

    private static void ask(Draft draft, Order order, Instant at) {
        noLaterThan(draft, order, at);
        // Asked whatever was asked before; the bound holds for the questions after it.
        if (draft.tries(Parts.questionsOf(order)) > 0) {
            draft.hurry(Parts.questionsOf(order));
        }
    }

    /** Brings the order's next try forward, and leaves its count and what was heard last as they are. */
    private static void noLaterThan(Draft draft, Order order, Instant at) {
        String part = Parts.of(order);
        Attempt planned = draft.checkout().schedule().of(part);
        if (planned == null) {
            draft.plan(part, new Attempt(0, at, null, draft.checkout().hasSignOfLife(order)));
        } else if (at.isBefore(planned.next())) {
            draft.plan(part, new Attempt(planned.count(), at, planned.missingSince(), planned.alive()));
        }
    }

    /** The open case about an order that is late; null if there is none. */
    static @Nullable Case openCase(Checkout checkout, Order order) {
        return cases(checkout, order).filter(Case::isOpen).findFirst().orElse(null);
    }

    private static Stream<Case> cases(Checkout checkout, Order order) {
        String subject = order.id().toString();
        return checkout.cases().stream()
                .filter(known -> known.kind() == Case.Kind.LATE || known.kind() == Case.Kind.STUCK)
                .filter(known -> known.subject().equals(subject));
    }

    /** Late with a sign of life, stuck without one. */
    static Case.Kind kindOfCase(Checkout checkout, Order order) {
        return checkout.hasSignOfLife(order) ? Case.Kind.LATE : Case.Kind.STUCK;
    }

    /** By the case that is open about the order, be it with those who hand it over; else by one of its own. */
    private static void tellPerson(Draft draft, Order order, String fact) {
        Case known = openCase(draft.checkout(), order);
        Dispatch last = order.lastDispatch();
        if (known == null && last != null && order.dueWithPeople() != null) {
            known = draft.checkout().openCase(Case.Kind.DELIVERY, last.id().toString());
        }
        if (known == null) {
            Case.Kind kind = kindOfCase(draft.checkout(), order);
            draft.openCase(kind, order.id().toString(), order.line(), null, fact);
        } else {
            draft.openCase(known.kind(), known.subject(), order.line(), null, fact);
        }
    }

    /** Now if nothing can be handed over; else a person is told once, and it waits. */
    private static void end(Draft draft, Order order, Instant from) {
        Terms.Overdue overdue = draft.checkout().terms().overdue();
        String owed = "owed for " + (overdue == null ? "too long" : overdue.after());
        if (!nothingCanBeHandedOver(draft, order)) {
            draft.add(new Entry.RungReached(order.line(), Rung.END_WAITS, from));
            tellPerson(draft, draft.order(order.line()), owed + whatIsToBecomeOf(order));
            return;
        }
        draft.add(new Entry.RungReached(order.line(), Rung.END, from));
        for (Dispatch unsent : List.copyOf(order.dispatches())) {
            if (unsent.state() == Dispatch.State.NOT_SENT) {
                draft.add(new Entry.DispatchStopped(order.line(), unsent.id().number(), owed));
            }
        }
        Moves.refund(draft, order.line(), owed);
    }

    private static String whatIsToBecomeOf(Order order) {
        boolean settles = keysAreOurs(order) && order.dispatches().stream().anyMatch(Dispatch::isOpen);
        return settles
                ? " and may be handed over yet: the money goes back by itself only once the supplier has said that"
                        + " it is not; decide before, if you know"
                : " and may be handed over or was before, so that the money does not go back by itself: decide";
    }

    /** Whether surely nothing was, or will be, handed over but what we ourselves start from here on. */
    private static boolean nothingCanBeHandedOver(Draft draft, Order order) {
        return wasNothingHandedOver(draft.checkout(), order) && Suppliers.allQuiet(order, draft.now());
    }

    private static boolean wasNothingHandedOver(Checkout checkout, Order order) {
        return keysAreOurs(order)
                && order.dispatches().stream().allMatch(dispatch -> isSurelyUnexecuted(checkout, order, dispatch));
    }

    private static boolean keysAreOurs(Order order) {
        Keys.State keys = order.keys().state();
        return order.stage() != Stage.REPLACING && (keys == Keys.State.NONE || keys == Keys.State.RESERVED);
    }

    private static boolean isSurelyUnexecuted(Checkout checkout, Order order, Dispatch dispatch) {
        return switch (dispatch.state()) {
            case DECLINED, UNAVAILABLE -> true;
            case NOT_SENT -> !dispatch.doubtful();
            case STOPPED -> wasNotFound(checkout, order, dispatch);
            case STARTED, ACCEPTED, UNKNOWN, DELIVERED, REPLACED, PARTIAL -> false;
        };
    }

    /** Given up since its supplier does not know it, and has declared that to be its last word; not for a refund. */
    private static boolean wasNotFound(Checkout checkout, Order order, Dispatch stopped) {
        Guarantee.Asking asking = Suppliers.asking(stopped);
        boolean forRefund = order.moneyMovedBack()
                || checkout.refunds().stream().anyMatch(refund -> Refunds.isOfPrice(checkout, refund, order.line()));
        return asking != null && asking.notFoundIsFinal() && !stopped.vouched() && !forRefund;
    }
}
