package dev.kadao.lifecycle;

import dev.kadao.order.Delivery;
import dev.kadao.order.Dispatch;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Entry;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.Proposal;
import dev.kadao.order.Review;
import dev.kadao.order.Stage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Applies the entries about one order. */
final class ApplyToOrder {
    private ApplyToOrder() {}

    static Order apply(Order order, Entry.OfOrder entry, Instant at) {
        Order changed = money(order, entry, at);
        if (changed == null) {
            changed = keys(order, entry, at);
        }
        if (changed == null) {
            changed = dispatch(order, entry, at);
        }
        if (changed == null) {
            changed = stage(order, entry, at);
        }
        if (changed == null) {
            changed = person(order, entry, at);
        }
        if (changed == null) {
            throw new IllegalStateException(
                    "no way to apply " + entry.getClass().getSimpleName());
        }
        return changed;
    }

    private static @Nullable Order money(Order order, Entry.OfOrder entry, Instant at) {
        if (entry instanceof Entry.OrderPaid paid) {
            return order.paid(at, paid.late());
        }
        if (entry instanceof Entry.OrderHeld) {
            return order.with(Stage.ON_HOLD, at);
        }
        if (entry instanceof Entry.HoldReleased) {
            return order.paid(at, false);
        }
        if (entry instanceof Entry.OrderClosed) {
            return order.with(Stage.CLOSED, at);
        }
        if (entry instanceof Entry.OrderUnfunded) {
            return order.withMoneyMovedBack();
        }
        if (entry instanceof Entry.OrderRefunding) {
            return order.with(Stage.REFUNDING, at);
        }
        return entry instanceof Entry.OrderRefunded ? order.with(Stage.REFUNDED, at) : null;
    }

    private static @Nullable Order keys(Order order, Entry.OfOrder entry, Instant at) {
        if (entry instanceof Entry.StockMissed) {
            return order.with(order.keys().waiting(at));
        }
        if (entry instanceof Entry.KeysReserved) {
            return order.with(order.keys().with(Keys.State.RESERVED)).with(Stage.RESERVED, at);
        }
        if (entry instanceof Entry.UnpaidKeysSettled settled) {
            return order.with(order.keys().atPlacing(settled.outcome()));
        }
        if (entry instanceof Entry.KeysHandedOver handed) {
            return delivered(order.with(order.keys().with(Keys.State.HANDED_OVER)), handed.took(), false, at)
                    .withWindow(handed.windowEnd());
        }
        if (entry instanceof Entry.KeysReplaced replaced) {
            return order.with(order.keys().replaced(replaced.replacement()))
                    .with(Stage.DELIVERED, at)
                    .withWindow(replaced.windowEnd());
        }
        if (entry instanceof Entry.KeysReturned) {
            return order.with(order.keys().with(Keys.State.RETURNED));
        }
        if (entry instanceof Entry.KeysRevealed revealed) {
            return order.with(order.keys().shown(revealed.origin(), at));
        }
        return entry instanceof Entry.KeysRevealedAgain again
                ? order.with(order.keys().shown(again.origin(), at))
                : null;
    }

    private static @Nullable Order dispatch(Order order, Entry.OfOrder entry, Instant at) {
        if (entry instanceof Entry.DispatchStarted started) {
            return started(order, started, at);
        }
        if (entry instanceof Entry.DispatchNotSent notSent) {
            return order.with(known(order, notSent.dispatch()).with(Dispatch.State.NOT_SENT, false, at));
        }
        if (entry instanceof Entry.DispatchAccepted accepted) {
            Dispatch dispatch = known(order, accepted.dispatch());
            Order noted = order.with(
                    dispatch.known(accepted.supplierOrder()).with(Dispatch.State.ACCEPTED, dispatch.unanswered(), at));
            boolean underWayAgain = order.stage() == Stage.UNCERTAIN || order.stage() == Stage.PAID;
            return underWayAgain ? noted.with(Stage.DISPATCHING, at) : noted;
        }
        if (entry instanceof Entry.DispatchUnclear unclear) {
            Dispatch dispatch = known(order, unclear.dispatch());
            boolean callerIsOut = dispatch.unanswered() && dispatch.state() != Dispatch.State.STARTED;
            return order.with(dispatch.unclear(at).with(Dispatch.State.UNKNOWN, callerIsOut, at));
        }
        if (entry instanceof Entry.DispatchDelivered delivered) {
            Dispatch dispatch = known(order, delivered.dispatch());
            return order.with(dispatch.known(delivered.supplierOrder())
                    .with(Dispatch.State.DELIVERED, dispatch.unanswered(), at));
        }
        if (entry instanceof Entry.DispatchDeclined declined) {
            Dispatch.State state = declined.supplierWide() ? Dispatch.State.UNAVAILABLE : Dispatch.State.DECLINED;
            return moved(order, declined.dispatch(), state, at);
        }
        if (entry instanceof Entry.DispatchPartial partial) {
            return moved(order, partial.dispatch(), Dispatch.State.PARTIAL, at);
        }
        if (entry instanceof Entry.DispatchStopped stopped) {
            return moved(order, stopped.dispatch(), Dispatch.State.STOPPED, at);
        }
        if (entry instanceof Entry.DispatchQuieted quieted) {
            Dispatch dispatch = known(order, quieted.dispatch());
            return order.with(dispatch.with(dispatch.state(), false, dispatch.since()));
        }
        return null;
    }

    private static Order started(Order order, Entry.DispatchStarted entry, Instant at) {
        Dispatch known = order.dispatch(entry.dispatch());
        Dispatch started = known != null
                ? known.resent(entry.started(), at)
                : new Dispatch(
                        new DispatchId(order.id(), entry.dispatch()),
                        entry.supplier(),
                        entry.supplierTerms(),
                        Dispatch.State.STARTED,
                        entry.started(),
                        true,
                        at,
                        at,
                        null,
                        false,
                        false);
        Order noted = order.with(started);
        boolean begins = order.stage() == Stage.PAID || order.stage() == Stage.REPLACING;
        return begins ? noted.with(Stage.DISPATCHING, at) : noted;
    }

    private static Order moved(Order order, int number, Dispatch.State state, Instant at) {
        Dispatch dispatch = known(order, number);
        return order.with(dispatch.with(state, dispatch.unanswered(), at));
    }

    private static Dispatch known(Order order, int number) {
        Dispatch dispatch = order.dispatch(number);
        if (dispatch == null) {
            throw new InvalidValueException("order " + order.id() + " has no dispatch " + number + ": it has "
                    + order.dispatches().size());
        }
        return dispatch;
    }

    private static @Nullable Order stage(Order order, Entry.OfOrder entry, Instant at) {
        if (entry instanceof Entry.OrderDelivered delivered) {
            return delivered(order, delivered.took(), false, at).withWindow(delivered.windowEnd());
        }
        if (entry instanceof Entry.OrderUncertain) {
            return order.with(Stage.UNCERTAIN, at);
        }
        if (entry instanceof Entry.OrderParked) {
            return order.with(Stage.PARKED, at);
        }
        if (entry instanceof Entry.OrderReadied) {
            return order.with(order.keys().waiting(null)).with(Stage.PAID, at);
        }
        if (entry instanceof Entry.OrderCompleted) {
            return order.with(Stage.COMPLETED, at);
        }
        if (entry instanceof Entry.RungReached reached) {
            return order.reached(reached.rung(), reached.from());
        }
        return entry instanceof Entry.ComplaintMade ? order : null;
    }

    private static Order delivered(Order order, @Nullable Duration took, boolean byHand, Instant at) {
        Order delivered = order.with(Stage.DELIVERED, at);
        return took == null ? delivered : delivered.with(new Delivery(at, took, byHand));
    }

    /** What brought the present keys is a delivery no more, so that the next one is not taken for a second. */
    private static Order replacing(Order order, Instant at) {
        Order replacing = order.with(Stage.REPLACING, at).disputed(null).promisedFrom(at);
        for (Dispatch dispatch : order.dispatches()) {
            if (dispatch.state() == Dispatch.State.DELIVERED) {
                replacing = replacing.with(dispatch.with(Dispatch.State.REPLACED, dispatch.unanswered(), at));
            }
        }
        return replacing;
    }

    private static @Nullable Order person(Order order, Entry.OfOrder entry, Instant at) {
        if (entry instanceof Entry.RecipientConfirmed) {
            return order.confirmedFor(at);
        }
        if (entry instanceof Entry.RecipientCorrected corrected) {
            return order.corrected(corrected.to());
        }
        if (entry instanceof Entry.OrderDisputed) {
            return order.disputed(order.stage()).with(Stage.DISPUTED, at);
        }
        if (entry instanceof Entry.OrderReviewed reviewed) {
            return order.with(new Review(reviewed.stars(), reviewed.text(), at));
        }
        if (entry instanceof Entry.DisputeRejected) {
            Stage back = order.disputedFrom() == null ? Stage.DELIVERED : order.disputedFrom();
            return order.with(back, at).disputed(null);
        }
        if (entry instanceof Entry.ReplacementDecided) {
            return replacing(order, at);
        }
        if (entry instanceof Entry.DeliveryAttested attested) {
            return delivered(order, attested.took(), true, at).withWindow(attested.windowEnd());
        }
        if (entry instanceof Entry.RetryDecided) {
            Dispatch last = order.lastDispatch();
            return last == null ? order : order.with(last.vouchedFor());
        }
        if (entry instanceof Entry.RefundDecided) {
            return order.disputed(null);
        }
        if (entry instanceof Entry.ActProposed proposed) {
            return order.proposed(new Proposal(
                    proposed.actId(),
                    proposed.act(),
                    proposed.actor(),
                    proposed.reason(),
                    proposed.evidence(),
                    proposed.count(),
                    order.changes() + 1,
                    at));
        }
        if (entry instanceof Entry.ProposalApproved || entry instanceof Entry.ProposalDeclined) {
            return order.proposed(null);
        }
        if (entry instanceof Entry.OrderTaken taken) {
            return order.taken(taken.actor());
        }
        if (entry instanceof Entry.QuestionAsked asked) {
            return order.asked(asked.settled(), at);
        }
        if (entry instanceof Entry.EscrowReleaseDecided) {
            return order;
        }
        return entry instanceof Entry.OrderGivenBack ? order.taken(null) : null;
    }
}
