package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The only code that changes a checkout. Reads the entry and the checkout, nothing else. */
final class Apply {
    private Apply() {}

    static Checkout apply(@Nullable Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.CheckoutPlaced placed) {
            return placed(placed, at);
        }
        if (checkout == null) {
            throw new InvalidValueException("a checkout's first entry is that it was placed, not " + entry);
        }
        return change(checkout.at(at), entry, at);
    }

    private static Checkout placed(Entry.CheckoutPlaced placed, Instant at) {
        List<Order> orders = placed.orders().stream()
                .map(order -> Order.placed(
                        new OrderId(placed.id(), order.line()),
                        order.sku(),
                        order.quantity(),
                        order.amount(),
                        order.recipient(),
                        order.route(),
                        at))
                .toList();
        return Checkout.placed(
                placed.id(),
                at,
                placed.terms(),
                placed.total(),
                placed.account(),
                placed.tokenHash(),
                placed.tokenGiven(),
                orders,
                placed.riskHold(),
                placed.asksOncePaid());
    }

    private static Checkout change(Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.OfOrder ofOrder) {
            return checkout.with(ofOrder.line(), order -> counted(ApplyToOrder.apply(order, ofOrder, at), ofOrder));
        }
        Checkout afterPayment = ApplyToMoney.payment(checkout, entry, at);
        if (afterPayment != null) {
            return afterPayment;
        }
        Checkout afterRefund = ApplyToMoney.refund(checkout, entry, at);
        if (afterRefund != null) {
            return afterRefund;
        }
        Checkout afterRemedy = ApplyToRemedies.apply(checkout, entry, at);
        if (afterRemedy != null) {
            return afterRemedy;
        }
        return messageOrCase(checkout, entry, at);
    }

    private static Order counted(Order order, Entry.OfOrder entry) {
        boolean unseen = entry instanceof Entry.ComplaintMade
                || entry instanceof Entry.DispatchQuieted
                || entry instanceof Entry.KeysRevealedAgain
                || entry instanceof Entry.OrderReviewed
                || entry instanceof Entry.QuestionAsked
                || entry instanceof Entry.RecipientConfirmed
                || entry instanceof Entry.RungReached
                || entry instanceof Entry.StockMissed;
        return unseen ? order : order.changed();
    }

    private static Checkout messageOrCase(Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.MessageQueued queued) {
            return checkout.with(new Message(queued.message(), queued.line(), queued.kind(), Message.State.DUE, at));
        }
        if (entry instanceof Entry.MessageSent sent) {
            return checkout.with(checkout.message(sent.message()).with(Message.State.SENT, at));
        }
        if (entry instanceof Entry.MessageGivenUp givenUp) {
            return checkout.with(checkout.message(givenUp.message()).with(Message.State.GIVEN_UP, at));
        }
        if (entry instanceof Entry.RiskAssessed assessed) {
            return checkout.withRiskAssessed(assessed.hold());
        }
        if (entry instanceof Entry.ActRecorded act) {
            return checkout.withAct(act.actId(), act.digest());
        }
        return caseEntry(checkout, entry, at);
    }

    private static Checkout caseEntry(Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.CaseOpened opened) {
            Case fresh = new Case(
                    opened.caseNumber(),
                    opened.kind(),
                    opened.subject(),
                    opened.line(),
                    opened.payment(),
                    at,
                    List.of(opened.evidence()),
                    null,
                    opened.due(),
                    null);
            return changed(checkout.with(fresh), seenBy(opened.kind(), opened.line()));
        }
        if (entry instanceof Entry.CaseExtended extended) {
            return checkout.with(checkout.caseNumber(extended.caseNumber()).with(extended.evidence()));
        }
        if (entry instanceof Entry.CaseEscalated escalated) {
            Case known = checkout.caseNumber(escalated.caseNumber());
            return checkout.with(known.escalated(escalated.level()));
        }
        if (entry instanceof Entry.CaseClosed closed) {
            Case known = checkout.caseNumber(closed.caseNumber());
            return changed(checkout.with(known.closed(at)), seenBy(known.kind(), known.line()));
        }
        throw new IllegalStateException("no way to apply " + entry.getClass().getSimpleName());
    }

    /** The order whose version a case changes: a wish for approval is a part of what is seen, and would lapse by it. */
    private static @Nullable Integer seenBy(Case.Kind kind, @Nullable Integer line) {
        return kind == Case.Kind.APPROVAL ? null : line;
    }

    static Checkout changed(Checkout checkout, @Nullable Integer line) {
        return line == null ? checkout : checkout.with(line, Order::changed);
    }
}
