package dev.kadao.codec;

import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names under which variants are stored, for ever: a class may be renamed, its name here may not. */
final class Names {
    private Names() {}

    static Map<Class<?>, String> guarantees() {
        return Map.of(
                Guarantee.Idempotent.class, "idempotent",
                Guarantee.Queryable.class, "queryable",
                Guarantee.AtMostOnce.class, "at-most-once");
    }

    static Map<Class<?>, String> paymentWords() {
        return Map.of(
                PaymentWord.Paid.class, "paid",
                PaymentWord.Pending.class, "pending",
                PaymentWord.Closed.class, "closed",
                PaymentWord.NotFound.class, "not-found",
                PaymentWord.MovedBack.class, "moved-back",
                PaymentWord.Unknown.class, "unknown");
    }

    static Map<Class<?>, String> entries() {
        Map<Class<?>, String> names = new LinkedHashMap<>();
        moneySide(names);
        orderSide(names);
        dispatches(names);
        theRest(names);
        return names;
    }

    private static void moneySide(Map<Class<?>, String> names) {
        names.put(Entry.CheckoutPlaced.class, "checkout-placed");
        names.put(Entry.PaymentRequested.class, "payment-requested");
        names.put(Entry.PaymentOpened.class, "payment-opened");
        names.put(Entry.PaymentClosingBegun.class, "payment-closing-begun");
        names.put(Entry.PaymentClosed.class, "payment-closed");
        names.put(Entry.PaymentGivenUp.class, "payment-given-up");
        names.put(Entry.MoneyReceived.class, "money-received");
        names.put(Entry.MoneyJudgedAnew.class, "money-judged-anew");
        names.put(Entry.MoneyMovedBack.class, "money-moved-back");
        names.put(Entry.RefundWished.class, "refund-wished");
        names.put(Entry.RefundFellDue.class, "refund-fell-due");
        names.put(Entry.RefundStarted.class, "refund-started");
        names.put(Entry.RefundUnclear.class, "refund-unclear");
        names.put(Entry.RefundPending.class, "refund-pending");
        names.put(Entry.RefundDone.class, "refund-done");
        names.put(Entry.RefundDeclined.class, "refund-declined");
        names.put(Entry.RefundCancelled.class, "refund-cancelled");
    }

    private static void orderSide(Map<Class<?>, String> names) {
        names.put(Entry.OrderPaid.class, "order-paid");
        names.put(Entry.OrderHeld.class, "order-held");
        names.put(Entry.HoldReleased.class, "hold-released");
        names.put(Entry.OrderClosed.class, "order-closed");
        names.put(Entry.OrderUnfunded.class, "order-unfunded");
        names.put(Entry.RecipientConfirmed.class, "recipient-confirmed");
        names.put(Entry.RecipientCorrected.class, "recipient-corrected");
        names.put(Entry.StockMissed.class, "stock-missed");
        names.put(Entry.KeysReserved.class, "keys-reserved");
        names.put(Entry.UnpaidKeysSettled.class, "unpaid-keys-settled");
        names.put(Entry.KeysHandedOver.class, "keys-handed-over");
        names.put(Entry.KeysReturned.class, "keys-returned");
        names.put(Entry.KeysRevealed.class, "keys-revealed");
        names.put(Entry.KeysRevealedAgain.class, "keys-revealed-again");
        names.put(Entry.KeysReplaced.class, "keys-replaced");
        names.put(Entry.OrderDelivered.class, "order-delivered");
        names.put(Entry.DeliveryAttested.class, "delivery-attested");
        names.put(Entry.OrderUncertain.class, "order-uncertain");
        names.put(Entry.OrderParked.class, "order-parked");
        names.put(Entry.OrderReadied.class, "order-readied");
        names.put(Entry.OrderRefunding.class, "order-refunding");
        names.put(Entry.OrderRefunded.class, "order-refunded");
        names.put(Entry.OrderCompleted.class, "order-completed");
        names.put(Entry.OrderDisputed.class, "order-disputed");
        names.put(Entry.OrderReviewed.class, "order-reviewed");
        names.put(Entry.DisputeRejected.class, "dispute-rejected");
        names.put(Entry.ReplacementDecided.class, "replacement-decided");
        names.put(Entry.RetryDecided.class, "retry-decided");
        names.put(Entry.RefundDecided.class, "refund-decided");
        names.put(Entry.ActProposed.class, "act-proposed");
        names.put(Entry.ProposalApproved.class, "proposal-approved");
        names.put(Entry.ProposalDeclined.class, "proposal-declined");
        names.put(Entry.OrderTaken.class, "order-taken");
        names.put(Entry.OrderGivenBack.class, "order-given-back");
        names.put(Entry.ComplaintMade.class, "complaint-made");
        names.put(Entry.QuestionAsked.class, "question-asked");
        names.put(Entry.RungReached.class, "rung-reached");
    }

    private static void dispatches(Map<Class<?>, String> names) {
        names.put(Entry.DispatchStarted.class, "dispatch-started");
        names.put(Entry.DispatchNotSent.class, "dispatch-not-sent");
        names.put(Entry.DispatchAccepted.class, "dispatch-accepted");
        names.put(Entry.DispatchUnclear.class, "dispatch-unclear");
        names.put(Entry.DispatchDelivered.class, "dispatch-delivered");
        names.put(Entry.DispatchDeclined.class, "dispatch-declined");
        names.put(Entry.DispatchPartial.class, "dispatch-partial");
        names.put(Entry.DispatchStopped.class, "dispatch-stopped");
        names.put(Entry.DispatchQuieted.class, "dispatch-quieted");
    }

    private static void theRest(Map<Class<?>, String> names) {
        names.put(Entry.RiskAssessed.class, "risk-assessed");
        names.put(Entry.MessageQueued.class, "message-queued");
        names.put(Entry.MessageSent.class, "message-sent");
        names.put(Entry.MessageGivenUp.class, "message-given-up");
        names.put(Entry.CaseOpened.class, "case-opened");
        names.put(Entry.CaseExtended.class, "case-extended");
        names.put(Entry.CaseClosed.class, "case-closed");
        names.put(Entry.CaseEscalated.class, "case-escalated");
        names.put(Entry.ActRecorded.class, "act-recorded");
        names.put(Entry.EscrowBegun.class, "escrow-begun");
        names.put(Entry.EscrowMoved.class, "escrow-moved");
        names.put(Entry.EscrowReleaseDecided.class, "escrow-release-decided");
        names.put(Entry.EscrowClawBackWished.class, "escrow-claw-back-wished");
        names.put(Entry.CompensationDecided.class, "compensation-decided");
        names.put(Entry.CompensationGranted.class, "compensation-granted");
        names.put(Entry.CompensationDeclined.class, "compensation-declined");
        names.put(Entry.CompensationUnclear.class, "compensation-unclear");
        names.put(Entry.CompensationCancelled.class, "compensation-cancelled");
    }
}
