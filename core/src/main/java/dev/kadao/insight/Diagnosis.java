package dev.kadao.insight;

import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Order;
import dev.kadao.order.Schedule;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "I paid and it has not arrived: is it stuck, or just not there yet?" for one order at one moment.
 * {@link Texts} says it in a sentence.
 *
 * @param since when the present stage was entered
 * @param eta while the goods are owed: by when they should be there, by hand the time that staff have for it; once
 *     late, when the supplier's or the stock's time is over, else the next time of the SLA (at which nothing is done by
 *     itself yet); always in the future; null where nobody can say
 * @param whoseTurn who moves next; the operator also where one has stopped the automation, or where the shop's own
 *     people hand over
 */
public record Diagnosis(
        Verdict verdict,
        Stage stage,
        Instant since,
        @Nullable Instant eta,
        Stage.Turn whoseTurn,
        NextStep nextStep) {

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

    /**
     * Diagnoses an order.
     *
     * @param now the store's time
     */
    public static Diagnosis of(Checkout checkout, int line, Instant now) {
        Order order = checkout.order(line);
        boolean owed = isOwed(order.stage());
        Verdict verdict = owed ? promised(checkout, order, now) : byStage(order.stage());
        Instant eta = owed ? eta(checkout, order, verdict, now) : null;
        boolean stopped = order.takenBy() != null && order.stage().turn() != Stage.Turn.BUYER;
        boolean withPeople = order.dueWithPeople() != null;
        return new Diagnosis(
                verdict,
                order.stage(),
                order.since(),
                eta,
                stopped || withPeople ? Stage.Turn.OPERATOR : order.stage().turn(),
                stopped ? NextStep.PERSON_DECIDES : NextStep.of(checkout, order));
    }

    /** Whether the goods are owed now and nobody's decision is waited for, so that the SLA speaks. */
    private static boolean isOwed(Stage stage) {
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
        if (now.isBefore(promisedFrom(order, sla.late()))) {
            return Verdict.ON_TIME;
        }
        boolean beyond = !now.isBefore(promisedFrom(order, sla.escalate()));
        return !beyond && isAlive(checkout, order) ? Verdict.LATE : Verdict.STUCK;
    }

    private static Instant promisedFrom(Order order, Duration wait) {
        Instant start = order.paidAt() == null ? order.since() : order.paidAt();
        return start.plus(wait);
    }

    /** Whether the last word was a sign of life. A supplier that cannot be asked says "processing" once. */
    private static boolean isAlive(Checkout checkout, Order order) {
        Schedule.Attempt attempt = checkout.schedule().of("o" + order.line());
        return attempt == null ? isProcessing(order) : attempt.alive();
    }

    private static boolean isProcessing(Order order) {
        Dispatch last = order.lastDispatch();
        return order.stage() == Stage.DISPATCHING && last != null && last.state() == Dispatch.State.ACCEPTED;
    }

    private static @Nullable Instant eta(Checkout checkout, Order order, Verdict verdict, Instant now) {
        Terms.Sla sla = checkout.sla(order);
        Instant dueWithPeople = order.dueWithPeople();
        if (dueWithPeople != null && dueWithPeople.isAfter(now)) {
            return dueWithPeople;
        }
        if (verdict == Verdict.ON_TIME) {
            return promisedFrom(order, sla.late());
        }
        Instant limit = verdict == Verdict.LATE ? patienceEnds(checkout, order) : null;
        if (limit != null && limit.isAfter(now)) {
            return limit;
        }
        Instant redispatch = promisedFrom(order, sla.redispatch());
        Instant escalate = promisedFrom(order, sla.escalate());
        if (redispatch.isAfter(now)) {
            return redispatch;
        }
        return escalate.isAfter(now) ? escalate : null;
    }

    private static @Nullable Instant patienceEnds(Checkout checkout, Order order) {
        Instant waitingSince = order.keys().waitingSince();
        if (waitingSince != null) {
            return waitingSince.plus(checkout.terms().stockWait());
        }
        Dispatch last = order.lastDispatch();
        return last != null && isProcessing(order)
                ? last.firstSentAt().plus(last.supplierTerms().processing())
                : null;
    }
}
