package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings recorded with a checkout at placing. {@code decide} reads these and no other, so that changed settings
 * hold for new checkouts only.
 *
 * @param paymentDeadline from placing (or a further payment) to the moment the gateway is asked and told to close
 * @param paymentQueries gaps between asking for an unseen payment; the last repeats
 * @param closeGrace how much a gateway that does not answer may delay closing at most
 * @param latePayment what happens to money that arrives after closing
 * @param stockWait how long a paid order waits for stock
 * @param stockWaitOver what follows when that is over
 * @param retryFirst first back-off of what was not sent, is unknown, or lacks stock; doubles up to {@code retryMax}
 * @param disputeWindow from delivery to completion
 * @param sla the promise to the buyer
 * @param notifies whether a notifier is configured, so that messages are queued
 * @param overdue how orders end that are owed for too long; null if a person ends them
 * @param handling by when people are to be done; null for checkouts placed before this was recorded
 * @param remedies compensation and escrow; null for neither
 * @param resends how often a buyer may have the news of one order's delivery told again; null for checkouts placed before
 *     this was recorded, see {@link #mostResends()}
 */
public record Terms(
        Duration paymentDeadline,
        List<Duration> paymentQueries,
        Duration closeGrace,
        LatePayment latePayment,
        Duration stockWait,
        WaitOver stockWaitOver,
        Duration retryFirst,
        Duration retryMax,
        Duration disputeWindow,
        Sla sla,
        boolean notifies,
        @Nullable Overdue overdue,
        @Nullable Handling handling,
        @Nullable Remedies remedies,
        @Nullable Integer resends) {

    /** Where nobody says otherwise: each goes to an address that may be a stranger's. */
    public static final int USUAL_RESENDS = 5;

    /** Terms that say nothing of how often a delivery is told again. */
    public Terms(
            Duration paymentDeadline,
            List<Duration> paymentQueries,
            Duration closeGrace,
            LatePayment latePayment,
            Duration stockWait,
            WaitOver stockWaitOver,
            Duration retryFirst,
            Duration retryMax,
            Duration disputeWindow,
            Sla sla,
            boolean notifies,
            @Nullable Overdue overdue,
            @Nullable Handling handling,
            @Nullable Remedies remedies) {
        this(
                paymentDeadline,
                paymentQueries,
                closeGrace,
                latePayment,
                stockWait,
                stockWaitOver,
                retryFirst,
                retryMax,
                disputeWindow,
                sla,
                notifies,
                overdue,
                handling,
                remedies,
                null);
    }

    /** What happens to money that arrives after closing: deliver if the stock allows, else give it back. */
    public enum LatePayment {
        DELIVER,
        REFUND
    }

    /** What follows when stock was waited for long enough. */
    public enum WaitOver {
        REFUND,
        PARK
    }

    /**
     * The promise to the buyer, counted from the payment.
     *
     * @param late from here on the order is late
     * @param redispatch from here on whatever may safely be done is done at once
     * @param escalate from here on a person is told
     */
    public record Sla(Duration late, Duration redispatch, Duration escalate) {
        public Sla {
            require(
                    late.compareTo(redispatch) <= 0 && late.compareTo(escalate) <= 0,
                    "sla: late " + late + " must not be after redispatch " + redispatch + " or escalate " + escalate);
        }
    }

    /**
     * How an order ends that is owed for too long.
     *
     * @param after counted as the promise is; from here on the money goes back by itself, where that is surely safe: nothing
     *     was handed over and no dispatch is open or unclear. Everywhere else a person decides, and is told so. Not before the
     *     promise's escalation
     */
    public record Overdue(Duration after) {}

    /**
     * By when people are to be done.
     *
     * @param cases with a case of any other kind
     * @param complaints with a case that a buyer's complaint opened
     * @param disputes with a dispute
     * @param secondPerson whether a refund or an attested delivery needs a second person
     * @param forGoods whether the release of a hold and a replacement need one, too; null if not
     */
    public record Handling(
            Duration cases,
            Duration complaints,
            Duration disputes,
            boolean secondPerson,
            @Nullable Boolean forGoods) {
        /** One by which goods need one person alone. */
        public Handling(Duration cases, Duration complaints, Duration disputes, boolean secondPerson) {
            this(cases, complaints, disputes, secondPerson, null);
        }
    }

    /**
     * What is done for the buyer beyond goods or money back.
     *
     * @param escrow whether what is received is held until the order is completed
     * @param compensation the rules for what came too late; null for none
     */
    public record Remedies(boolean escrow, @Nullable List<CompensationTerms> compensation) {
        /** So that the terms stay small: they are kept with every checkout. */
        public static final int MOST_RULES = 10;

        public Remedies {
            compensation = compensation == null ? null : List.copyOf(compensation);
            require(
                    compensation == null || compensation.size() <= MOST_RULES,
                    "at most " + MOST_RULES + " rules of compensation, not "
                            + (compensation == null ? 0 : compensation.size()));
        }
    }

    public Terms {
        paymentQueries = List.copyOf(paymentQueries);
        require(!paymentQueries.isEmpty(), "payment queries need at least one gap such as PT30S");
        require(paymentQueries.size() <= 20, "at most 20 payment query gaps, not " + paymentQueries.size());
        require(
                paymentQueries.stream().allMatch(gap -> gap.compareTo(Duration.ZERO) > 0),
                "payment query gaps must be positive: " + paymentQueries);
        require(
                retryFirst.compareTo(Duration.ZERO) > 0 && retryFirst.compareTo(retryMax) <= 0,
                "retry: first " + retryFirst + " must be positive and not above max " + retryMax);
        require(
                overdue == null || overdue.after().compareTo(sla.escalate()) >= 0,
                "overdue orders are refunded after " + (overdue == null ? "" : overdue.after())
                        + ", before a person is told of them at sla escalate " + sla.escalate());
    }

    /** How often a buyer may have the news of one order's delivery told again. */
    public int mostResends() {
        return resends == null ? USUAL_RESENDS : resends;
    }
}
