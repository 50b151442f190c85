package dev.kadao.insight;

import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Order;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "I paid and it has not arrived: is it stuck, or just not there yet?" for one order at one moment.
 * {@link Texts} says it in a sentence.
 *
 * @param node the place on the buyer's {@link Track} where the order is
 * @param since when the present stage was entered
 * @param eta by when the goods should be there or, once late, by when something changes, as {@code etaRule} says;
 *     always in the future; null where nobody can say
 * @param whoseTurn who moves next; the operator also where one has stopped the automation, or where the shop's own
 *     people hand over or a completed order is disputed; the gateway while it is asked about an unpaid order whose
 *     deadline is over
 * @param buyerCan what the buyer can do now, the most useful first
 * @param next what happens next and when; null if nothing does by itself
 * @param withCase whether a person has an open case about it
 * @param compensation what the buyer gets, or got, on top for a wait that has ended; null if nothing
 * @param asOf the time for which this holds
 */
public record Diagnosis(
        Verdict verdict,
        Stage stage,
        Track.Place node,
        Instant since,
        @Nullable Instant eta,
        EtaRule etaRule,
        Stage.Turn whoseTurn,
        NextStep nextStep,
        List<Choice> buyerCan,
        @Nullable NextEvent next,
        boolean withCase,
        @Nullable Compensation compensation,
        Instant asOf) {

    /** How an order stands. The names are shown, for ever. */
    public enum Verdict {
        NOT_PAID,
        CLOSED,
        /** Paid less than the SLA's {@code late} ago. */
        ON_TIME,
        /** Later than that, with a sign of life from whoever's turn it is. */
        LATE,
        /** Late with no sign of life, or beyond the SLA's {@code escalate} whatever the answers. */
        STUCK,
        WITH_PERSON,
        DELIVERED,
        COMPLETED,
        REFUNDING,
        REFUNDED
    }

    /** Where an ETA comes from. The words are shown, for ever. */
    public enum EtaRule {
        /**
         * While on time: within it 95 of 100 orders of this SKU and supplier were delivered lately, in whole seconds,
         * at least 5 s after the payment. An order that is not there by then is told the promise instead, as is one
         * for which the promise is earlier.
         */
        RECENT,
        /** While on time: the SLA's {@code late}. */
        PROMISE,
        /** The time that the shop's own people have to hand it over. */
        STAFF,
        /** Stock is waited for until then; without it the money goes back. */
        STOCK_OR_REFUND,
        /** Stock is waited for until then; without it a person decides. */
        STOCK_OR_PERSON,
        /** The supplier has until then to say how it ends; then a person decides. */
        SUPPLIER_LIMIT,
        /** Stuck: the SLA's {@code redispatch}, when whatever may safely be done is done at once. */
        REDISPATCH,
        /** Late or stuck: the SLA's {@code escalate}, when a person is told. */
        ESCALATION,
        /** The shop's rule ends the order then, where that is safe. */
        END,
        /** A person is to be done by then. */
        CASE_DUE,
        /** There is no ETA. */
        NONE;

        /** The word that is shown. */
        public String word() {
            return wordOf(this);
        }
    }

    /** What a buyer can do. The words are shown, for ever. */
    public enum Choice {
        /** Nothing needs to be done. */
        WAIT,
        PAY,
        /** See the keys. */
        COLLECT,
        /** Say that everything has arrived. */
        CONFIRM,
        /** Ask where it is: those whose turn it is are asked, and once late a person is told. */
        COMPLAIN,
        /** Say that the goods are wrong or have not arrived. */
        DISPUTE,
        CORRECT_RECIPIENT,
        CONTACT_SUPPORT,
        /** Have the news of the delivery told once more, by asking where it is; so often and no more, see the terms. */
        RESEND_MESSAGE;

        /** The word that is shown. */
        public String word() {
            return wordOf(this);
        }
    }

    public Diagnosis {
        buyerCan = List.copyOf(buyerCan);
    }

    /**
     * Diagnoses an order, with nothing known of how long others took.
     *
     * @param now the store's time
     */
    public static Diagnosis of(Checkout checkout, int line, Instant now) {
        return of(checkout, line, now, RecentTimes.NONE);
    }

    /**
     * Diagnoses an order.
     *
     * @param now the store's time
     * @param recent how long deliveries took lately
     */
    public static Diagnosis of(Checkout checkout, int line, Instant now, RecentTimes recent) {
        Order order = checkout.order(line);
        boolean owed = isOwed(order.stage());
        Verdict verdict = owed ? promised(checkout, order, now) : byStage(order.stage());
        Eta eta = Eta.of(checkout, order, verdict, now, recent);
        boolean stopped = isStopped(order);
        NextEvent next = NextEvent.of(checkout, order, now);
        return new Diagnosis(
                verdict,
                order.stage(),
                Track.place(order),
                order.since(),
                eta.at(),
                eta.rule(),
                turn(order, stopped, next),
                stopped ? NextStep.PERSON_DECIDES : NextStep.of(checkout, order),
                Choices.of(checkout, order, verdict, next),
                next,
                Ahead.hasCase(checkout, order),
                compensation(checkout, line),
                now);
    }

    private static @Nullable Compensation compensation(Checkout checkout, int line) {
        return checkout.compensated().stream()
                .filter(given -> given.line() == line && given.state() != Compensation.State.CANCELLED)
                .findFirst()
                .orElse(null);
    }

    /** Whether an operator has stopped the automation of an order that has not ended. */
    static boolean isStopped(Order order) {
        return order.takenBy() != null
                && order.stage().turn() != Stage.Turn.BUYER
                && !order.stage().isFinal();
    }

    private static Stage.Turn turn(Order order, boolean stopped, @Nullable NextEvent next) {
        boolean disputed = order.stage() == Stage.COMPLETED && next != null;
        if (stopped || disputed || order.dueWithPeople() != null) {
            return Stage.Turn.OPERATOR;
        }
        boolean closes = next != null && next.what() == NextEvent.What.CLOSES;
        return closes ? Stage.Turn.GATEWAY : order.stage().turn();
    }

    private static String wordOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the goods are owed now and nobody's decision is waited for, so that the SLA speaks. */
    static boolean isOwed(Stage stage) {
        return switch (stage) {
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING -> true;
            case AWAITING_PAYMENT, CLOSED, ON_HOLD, DELIVERED, DISPUTED, COMPLETED, REFUNDING, REFUNDED, PARKED ->
                false;
        };
    }

    private static Verdict byStage(Stage stage) {
        return switch (stage) {
            case AWAITING_PAYMENT -> Verdict.NOT_PAID;
            case CLOSED -> Verdict.CLOSED;
            case ON_HOLD, DISPUTED, PARKED -> Verdict.WITH_PERSON;
            case DELIVERED -> Verdict.DELIVERED;
            case COMPLETED -> Verdict.COMPLETED;
            case REFUNDING -> Verdict.REFUNDING;
            case REFUNDED -> Verdict.REFUNDED;
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING -> Verdict.ON_TIME;
        };
    }

    private static Verdict promised(Checkout checkout, Order order, Instant now) {
        Terms.Sla sla = checkout.sla(order);
        if (isBefore(now, order, sla.late())) {
            return Verdict.ON_TIME;
        }
        return isBefore(now, order, sla.escalate()) && checkout.hasSignOfLife(order) ? Verdict.LATE : Verdict.STUCK;
    }

    private static boolean isBefore(Instant now, Order order, Duration wait) {
        return now.isBefore(Eta.promisedFrom(order).plus(wait));
    }
}
