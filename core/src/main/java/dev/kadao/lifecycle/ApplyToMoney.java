package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.RefundId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the entries about payments and refunds. */
final class ApplyToMoney {
    private ApplyToMoney() {}

    /** The checkout after an entry about a payment; null if it is about something else. */
    static @Nullable Checkout payment(Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.PaymentRequested requested) {
            PaymentId id = new PaymentId(checkout.id(), requested.payment());
            return checkout.with(new Payment(
                    id,
                    requested.gateway(),
                    requested.gatewayTerms(),
                    requested.amount(),
                    Payment.State.REQUESTED,
                    at,
                    requested.deadline(),
                    null,
                    List.of()));
        }
        if (entry instanceof Entry.PaymentOpened opened) {
            return checkout.with(checkout.payment(opened.payment()).opened(opened.payWith()));
        }
        if (entry instanceof Entry.PaymentClosingBegun begun) {
            return checkout.with(checkout.payment(begun.payment()).with(Payment.State.CLOSING));
        }
        if (entry instanceof Entry.PaymentClosed closed) {
            return checkout.with(checkout.payment(closed.payment()).with(Payment.State.CLOSED));
        }
        if (entry instanceof Entry.PaymentGivenUp givenUp) {
            return checkout.with(checkout.payment(givenUp.payment()).with(Payment.State.GIVEN_UP));
        }
        return receipt(checkout, entry, at);
    }

    private static @Nullable Checkout receipt(Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.MoneyReceived received) {
            Money none = Money.zero(received.amount().currency());
            Receipt receipt = new Receipt(received.tradeNumber(), received.amount(), at, received.verdict(), none);
            return checkout.with(checkout.payment(received.payment())
                    .with(Payment.State.PAID)
                    .with(receipt));
        }
        if (entry instanceof Entry.MoneyJudgedAnew judged) {
            Payment payment = checkout.payment(judged.payment());
            Receipt known = known(payment, judged.tradeNumber());
            return checkout.with(payment.with(
                    new Receipt(known.tradeNumber(), known.amount(), known.at(), judged.verdict(), known.movedBack())));
        }
        if (entry instanceof Entry.MoneyMovedBack moved) {
            Payment payment = checkout.payment(moved.payment());
            Receipt known = known(payment, moved.tradeNumber());
            return checkout.with(payment.with(
                    new Receipt(known.tradeNumber(), known.amount(), known.at(), known.verdict(), moved.amount())));
        }
        return null;
    }

    private static Receipt known(Payment payment, String tradeNumber) {
        Receipt known = payment.receipt(tradeNumber);
        if (known == null) {
            throw new InvalidValueException("payment " + payment.id() + " has no receipt '" + tradeNumber + "'");
        }
        return known;
    }

    /** The checkout after an entry about a refund; null if it is about something else. */
    static @Nullable Checkout refund(Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.RefundWished wished) {
            Refund fresh = new Refund(
                    new RefundId(checkout.id(), wished.refund()),
                    new PaymentId(checkout.id(), wished.payment()),
                    wished.tradeNumber(),
                    wished.amount(),
                    wished.line(),
                    wished.cause(),
                    Refund.State.WISHED,
                    null,
                    at,
                    at);
            return Apply.changed(checkout.with(fresh), wished.line());
        }
        if (entry instanceof Entry.RefundStarted started) {
            Refund refund = checkout.refund(started.refund());
            return checkout.with(refund.with(Refund.State.STARTED, started.started(), at));
        }
        if (entry instanceof Entry.RefundFellDue due) {
            return moved(checkout, due.refund(), Refund.State.DUE, at);
        }
        if (entry instanceof Entry.RefundUnclear unclear) {
            return moved(checkout, unclear.refund(), Refund.State.UNKNOWN, at);
        }
        if (entry instanceof Entry.RefundPending pending) {
            return moved(checkout, pending.refund(), Refund.State.PENDING, at);
        }
        if (entry instanceof Entry.RefundDone done) {
            return moved(checkout, done.refund(), Refund.State.DONE, at);
        }
        if (entry instanceof Entry.RefundDeclined declined) {
            return moved(checkout, declined.refund(), Refund.State.DECLINED, at);
        }
        return entry instanceof Entry.RefundCancelled cancelled
                ? moved(checkout, cancelled.refund(), Refund.State.CANCELLED, at)
                : null;
    }

    private static Checkout moved(Checkout checkout, int number, Refund.State state, Instant at) {
        Refund refund = checkout.refund(number).with(state, at);
        return Apply.changed(checkout.with(refund), refund.line());
    }
}
