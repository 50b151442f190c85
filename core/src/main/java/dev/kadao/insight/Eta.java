package dev.kadao.insight;

import dev.kadao.insight.Diagnosis.EtaRule;
import dev.kadao.insight.Diagnosis.Verdict;
import dev.kadao.insight.NextEvent.What;
import dev.kadao.insight.RecentTimes.Quantiles;
import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By when the buyer has the goods, or knows more; and the rule that says so. */
record Eta(@Nullable Instant at, EtaRule rule) {
    /** However fast deliveries were, nobody is told less than this after the payment. */
    static final Duration SHORTEST = Duration.ofSeconds(5);

    private static final Eta NONE = new Eta(null, EtaRule.NONE);

    /** For goods that are owed, and for what a person decides; none otherwise. */
    static Eta of(Checkout checkout, Order order, Verdict verdict, Instant now, RecentTimes recent) {
        boolean owed = verdict == Verdict.ON_TIME || verdict == Verdict.LATE || verdict == Verdict.STUCK;
        boolean withPerson =
                verdict == Verdict.WITH_PERSON || verdict == Verdict.COMPLETED || Diagnosis.isStopped(order);
        if (withPerson) {
            return orNone(EtaRule.CASE_DUE, Ahead.caseDue(checkout, order, now), now);
        }
        Instant staff = order.dueWithPeople();
        if (owed && staff != null && staff.isAfter(now)) {
            return new Eta(staff, EtaRule.STAFF);
        }
        return switch (verdict) {
            case ON_TIME -> onTime(checkout, order, now, recent);
            case LATE -> earliest(Stream.of(limit(checkout, order, now), rung(checkout, order, now, false)));
            case STUCK -> stuck(checkout, order, now);
            case NOT_PAID, CLOSED, WITH_PERSON, DELIVERED, COMPLETED, REFUNDING, REFUNDED -> NONE;
        };
    }

    private static Eta onTime(Checkout checkout, Order order, Instant now, RecentTimes recent) {
        if (order.keys().waitingSince() != null) {
            // How fast others were says nothing about goods that are not there, and neither does the promise.
            return limit(checkout, order, now);
        }
        Instant from = promisedFrom(order);
        Instant promise = from.plus(checkout.sla(order).late());
        Optional<Quantiles> times = goesItsUsualWay(order) ? recent.of(order.sku(), supplier(order)) : Optional.empty();
        Instant usual = times.map(known -> from.plus(wholeSeconds(known.p95()))).orElse(promise);
        return usual.isBefore(promise) && usual.isAfter(now)
                ? new Eta(usual, EtaRule.RECENT)
                : new Eta(promise, EtaRule.PROMISE);
    }

    /** What was refused, unanswered or is replaced takes longer than others took. */
    private static boolean goesItsUsualWay(Order order) {
        return switch (order.stage()) {
            case PAID, RESERVED -> order.dispatches().isEmpty();
            case DISPATCHING ->
                order.dispatches().size() == 1
                        && order.dispatches().get(0).state() != Dispatch.State.NOT_SENT
                        && order.keys().replacement() == 0;
            case AWAITING_PAYMENT,
                    CLOSED,
                    ON_HOLD,
                    UNCERTAIN,
                    DELIVERED,
                    DISPUTED,
                    REPLACING,
                    COMPLETED,
                    REFUNDING,
                    REFUNDED,
                    PARKED -> false;
        };
    }

    private static @Nullable String supplier(Order order) {
        Dispatch last = order.lastDispatch();
        if (order.route().kind() == Route.Kind.KEYS) {
            return null;
        }
        return last == null ? order.route().suppliers().get(0) : last.supplier();
    }

    private static Duration wholeSeconds(Duration time) {
        Duration rounded = time.getNano() == 0 ? time : Duration.ofSeconds(time.getSeconds() + 1);
        return rounded.compareTo(SHORTEST) < 0 ? SHORTEST : rounded;
    }

    private static Eta stuck(Checkout checkout, Order order, Instant now) {
        Eta rung = rung(checkout, order, now, true);
        if (rung.at() != null) {
            return rung;
        }
        Eta person = orNone(EtaRule.CASE_DUE, Ahead.caseDue(checkout, order, now), now);
        return earliest(Stream.of(person, limit(checkout, order, now)));
    }

    /** The end of waiting for stock or for the supplier's last word. */
    private static Eta limit(Checkout checkout, Order order, Instant now) {
        return earliest(Ahead.of(checkout, order, now).stream().map(event -> limit(order, event, now)));
    }

    private static Eta limit(Order order, NextEvent event, Instant now) {
        if (event.what() == What.REFUNDED_FOR_STOCK) {
            return orNone(EtaRule.STOCK_OR_REFUND, event.at(), now);
        }
        if (event.what() != What.PERSON_TAKES_OVER) {
            return NONE;
        }
        boolean stock = order.route().kind() == Route.Kind.KEYS || order.stage() == Stage.RESERVED;
        return orNone(stock ? EtaRule.STOCK_OR_PERSON : EtaRule.SUPPLIER_LIMIT, event.at(), now);
    }

    /** The next rung of the promise that does something; late with a sign of life only people are waited for. */
    private static Eta rung(Checkout checkout, Order order, Instant now, boolean withRedispatch) {
        Terms.Sla sla = checkout.sla(order);
        Instant from = promisedFrom(order);
        Terms.Overdue overdue = checkout.terms().overdue();
        Eta redispatch = withRedispatch && Ahead.mayBeTriedAgain(order)
                ? orNone(EtaRule.REDISPATCH, from.plus(sla.redispatch()), now)
                : NONE;
        Eta escalate = orNone(EtaRule.ESCALATION, from.plus(sla.escalate()), now);
        Eta end = overdue == null ? NONE : orNone(EtaRule.END, from.plus(overdue.after()), now);
        return earliest(Stream.of(redispatch, escalate, end));
    }

    static Instant promisedFrom(Order order) {
        return order.paidAt() == null ? order.since() : order.paidAt();
    }

    private static Eta orNone(EtaRule rule, @Nullable Instant at, Instant now) {
        return at != null && at.isAfter(now) ? new Eta(at, rule) : NONE;
    }

    private static Eta earliest(Stream<Eta> etas) {
        Eta first = NONE;
        for (Eta eta : etas.toList()) {
            if (eta.at() != null && (first.at() == null || eta.at().isBefore(first.at()))) {
                first = eta;
            }
        }
        return first;
    }
}
