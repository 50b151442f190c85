package dev.kadao.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact that was decided about a checkout, complete in itself: amounts and chosen times are in it, so that folding the
 * entries gives the checkout whatever later versions would decide. Stored under an explicit name for ever.
 */
public sealed interface Entry {

    /** A fact about one order. */
    sealed interface OfOrder extends Entry {
        int line();
    }

    /**
     * A checkout was placed.
     *
     * @param riskHold why its orders are to be held for a person once they are paid; null if they are not
     * @param asksOncePaid whether advisers are asked about risk once it is paid; null if they are not
     */
    record CheckoutPlaced(
            CheckoutId id,
            Terms terms,
            Money total,
            @Nullable Commitment account,
            String tokenHash,
            boolean tokenGiven,
            List<PlacedOrder> orders,
            @Nullable String riskHold,
            @Nullable Boolean asksOncePaid)
            implements Entry {
        public CheckoutPlaced {
            orders = List.copyOf(orders);
        }
    }

    /** One order of a {@link CheckoutPlaced}. */
    record PlacedOrder(int line, String sku, int quantity, Money amount, Commitment recipient, Route route) {}

    // payments

    record PaymentRequested(int payment, String gateway, GatewayTerms gatewayTerms, Money amount, Instant deadline)
            implements Entry {}

    record PaymentOpened(int payment, PayWith payWith) implements Entry {}

    record PaymentClosingBegun(int payment) implements Entry {}

    record PaymentClosed(int payment) implements Entry {}

    record PaymentGivenUp(int payment) implements Entry {}

    record MoneyReceived(int payment, String tradeNumber, Money amount, Receipt.Verdict verdict) implements Entry {}

    /** Money that was short, over or in another currency became surplus, or was accepted by a person. */
    record MoneyJudgedAnew(int payment, String tradeNumber, Receipt.Verdict verdict) implements Entry {}

    /** The gateway gave money back without us: {@code amount} in all so far. */
    record MoneyMovedBack(int payment, String tradeNumber, Money amount) implements Entry {}

    /**
     * The advisers were asked about risk once it was paid.
     *
     * @param hold why what is paid is held for a person; null if it is not
     */
    record RiskAssessed(@Nullable String hold) implements Entry {}

    // orders: payment side

    record OrderPaid(int line, boolean late) implements OfOrder {}

    record OrderHeld(int line) implements OfOrder {}

    record HoldReleased(int line, String actor, Commitment reason) implements OfOrder {}

    record OrderClosed(int line) implements OfOrder {}

    /** The gateway gave this order's money back without us; what is in flight is settled first. */
    record OrderUnfunded(int line) implements OfOrder {}

    // orders: recipient

    /** The buyer confirmed the recipient on record. */
    record RecipientConfirmed(int line, Commitment recipient) implements OfOrder {}

    /** The buyer put another recipient in the place of the one on record; nothing had gone there. */
    record RecipientCorrected(int line, Commitment from, Commitment to) implements OfOrder {}

    // orders: keys

    record StockMissed(int line) implements OfOrder {}

    record KeysReserved(int line) implements OfOrder {}

    /** Keys were reserved for an order that is not paid, or could not be, or went back to stock again. */
    record UnpaidKeysSettled(int line, Keys.AtPlacing outcome) implements OfOrder {}

    /**
     * Keys became the buyer's.
     *
     * @param took see {@link Delivery}; null unless this is the order's first delivery
     */
    record KeysHandedOver(
            int line, @Nullable Instant windowEnd, @Nullable Duration took) implements OfOrder {}

    /** Reserved keys went back to stock, or handed-over ones became void. */
    record KeysReturned(int line, int revealedSlots) implements OfOrder {}

    /**
     * The buyer saw the order's current keys for the first time.
     *
     * @param origin commitment to where they were asked for; null if that is not known
     */
    record KeysRevealed(int line, @Nullable Commitment origin) implements OfOrder {}

    /** The buyer, or whoever has the token, saw them again. */
    record KeysRevealedAgain(int line, @Nullable Commitment origin) implements OfOrder {}

    record KeysReplaced(int line, int replacement, @Nullable Instant windowEnd) implements OfOrder {}

    // orders: dispatches

    record DispatchStarted(int line, int dispatch, String supplier, SupplierTerms supplierTerms, Started started)
            implements OfOrder {}

    /** The send did surely not reach the supplier. */
    record DispatchNotSent(int line, int dispatch, String reason) implements OfOrder {}

    record DispatchAccepted(
            int line, int dispatch, @Nullable String supplierOrder) implements OfOrder {}

    /** No clear answer: from now on it is asked or resent as declared, never guessed. */
    record DispatchUnclear(int line, int dispatch, String reason) implements OfOrder {}

    /**
     * The supplier handed over.
     *
     * @param receipt commitment to the supplier's receipt
     * @param supplierOrder the supplier's own number; null if it said none
     */
    record DispatchDelivered(
            int line,
            int dispatch,
            Commitment receipt,
            @Nullable String supplierOrder) implements OfOrder {}

    record DispatchDeclined(int line, int dispatch, boolean supplierWide, String reason) implements OfOrder {}

    /** Less than ordered, or without a valid proof. */
    record DispatchPartial(int line, int dispatch, int delivered, String reason) implements OfOrder {}

    /** No more sends of this dispatch. */
    record DispatchStopped(int line, int dispatch, String reason) implements OfOrder {}

    /** The caller of the last send reported, or can no longer be under way. */
    record DispatchQuieted(int line, int dispatch) implements OfOrder {}

    // orders: stages

    /**
     * A supplier's goods are the buyer's.
     *
     * @param took see {@link Delivery}; null unless this is the order's first delivery
     */
    record OrderDelivered(
            int line, @Nullable Instant windowEnd, @Nullable Duration took) implements OfOrder {}

    /**
     * A person stands for it that the goods arrived, all of them.
     *
     * @param took see {@link Delivery}; null unless this is the order's first delivery
     * @param count how many, where that was said: the order's quantity then
     */
    record DeliveryAttested(
            int line,
            String actor,
            Commitment reason,
            Commitment evidence,
            @Nullable Instant windowEnd,
            @Nullable Duration took,
            @Nullable Integer count)
            implements OfOrder {}

    record OrderUncertain(int line) implements OfOrder {}

    record OrderParked(int line, String cause) implements OfOrder {}

    /** Nothing is under way: the order waits for stock or a supplier again. */
    record OrderReadied(int line) implements OfOrder {}

    record OrderRefunding(int line, String cause) implements OfOrder {}

    record OrderRefunded(int line) implements OfOrder {}

    record OrderCompleted(int line, boolean byBuyer) implements OfOrder {}

    record OrderDisputed(int line, Commitment reason) implements OfOrder {}

    /**
     * The buyer said what the order was like.
     *
     * @param text commitment to what was written; null if nothing was
     */
    record OrderReviewed(int line, int stars, @Nullable Commitment text) implements OfOrder {}

    record DisputeRejected(int line, String actor, Commitment reason) implements OfOrder {}

    record ReplacementDecided(int line, String actor, Commitment reason) implements OfOrder {}

    /** A person sent the order on its way again. */
    record RetryDecided(int line, String actor, Commitment reason) implements OfOrder {}

    record RefundDecided(int line, String actor, Commitment reason) implements OfOrder {}

    /**
     * One person wants something done that needs another one.
     *
     * @param count how many were handed over, as the proposer said it; null if nothing was said
     */
    record ActProposed(
            int line,
            String actId,
            Proposal.Act act,
            String actor,
            Commitment reason,
            @Nullable Commitment evidence,
            @Nullable Integer count)
            implements OfOrder {}

    /** Another person approved what was proposed under that act id; what was decided follows in the same step. */
    record ProposalApproved(int line, String actId, String actor, Commitment reason) implements OfOrder {}

    /** A person, the proposer perhaps, does not want it done. */
    record ProposalDeclined(int line, String actId, String actor, Commitment reason) implements OfOrder {}

    record OrderTaken(int line, String actor) implements OfOrder {}

    record OrderGivenBack(int line, String actor) implements OfOrder {}

    /**
     * The goods have been owed for so long that something is done about it; once for one beginning of the promise.
     *
     * @param from when the promise began
     */
    record RungReached(int line, Ladder.Rung rung, Instant from) implements OfOrder {}

    record ComplaintMade(int line, List<String> did) implements OfOrder {
        public ComplaintMade {
            did = List.copyOf(did);
        }
    }

    /**
     * The shop's support was asked about the order.
     *
     * @param settled whether facts answered it and no person was needed
     */
    record QuestionAsked(int line, Intent intent, boolean settled) implements OfOrder {}

    // refunds

    record RefundWished(
            int refund,
            int payment,
            String tradeNumber,
            Money amount,
            @Nullable Integer line,
            String cause) implements Entry {}

    record RefundFellDue(int refund) implements Entry {}

    record RefundStarted(int refund, Started started) implements Entry {}

    record RefundUnclear(int refund, String reason) implements Entry {}

    record RefundPending(int refund) implements Entry {}

    record RefundDone(int refund) implements Entry {}

    record RefundDeclined(int refund, String reason) implements Entry {}

    record RefundCancelled(int refund, String reason) implements Entry {}

    // compensation

    /** The wait for an order ended too late: the buyer is to get something on top. */
    record CompensationDecided(
            int compensation,
            int line,
            Compensation.Kind kind,
            @Nullable Money amount,
            @Nullable String coupon,
            @Nullable Integer refund)
            implements Entry {}

    record CompensationGranted(int compensation) implements Entry {}

    record CompensationDeclined(int compensation, String reason) implements Entry {}

    /** Nobody could say for too long whether it was granted. */
    record CompensationUnclear(int compensation) implements Entry {}

    record CompensationCancelled(int compensation, String reason) implements Entry {}

    // escrow

    /** An order is paid: its money is to be held. */
    record EscrowBegun(int line, Money amount) implements Entry {}

    record EscrowMoved(int line, Hold.State state) implements Entry {}

    /** A person wants the merchant to have what is held for a completed order. */
    record EscrowReleaseDecided(int line, String actor, Commitment reason) implements OfOrder {}

    /** The buyer has the money back while it is not known whether the merchant got it: it is claimed back then. */
    record EscrowClawBackWished(int line) implements Entry {}

    // messages, cases, acts

    record MessageQueued(int message, int line, Message.Kind kind) implements Entry {}

    record MessageSent(int message) implements Entry {}

    record MessageGivenUp(int message) implements Entry {}

    /**
     * Work for a person began.
     *
     * @param due by when a person is to have ended it; null in what was recorded before cases had a time
     */
    record CaseOpened(
            int caseNumber,
            Case.Kind kind,
            String subject,
            @Nullable Integer line,
            @Nullable Integer payment,
            Case.Evidence evidence,
            @Nullable Instant due)
            implements Entry {}

    /** Nobody ended it by its time: it was told again, more urgently. */
    record CaseEscalated(int caseNumber, int level) implements Entry {}

    record CaseExtended(int caseNumber, Case.Evidence evidence) implements Entry {}

    record CaseClosed(int caseNumber, String by) implements Entry {}

    record ActRecorded(String actId, String digest) implements Entry {}
}
