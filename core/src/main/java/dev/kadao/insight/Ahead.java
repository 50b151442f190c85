package dev.kadao.insight;

import dev.kadao.insight.NextEvent.What;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Keys;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies ahead of one order, as the stored document has it: by its schedule, its terms and its promise. */
final class Ahead {
    /** As long as the lifecycle leaves between telling a person and ending an order. */
    private static final Duration LAST_TRY = Duration.ofMinutes(1);

    /** As long as the lifecycle asks a gateway before a person looks it up. */
    private static final Duration PATIENCE_WITH_GATEWAYS = Duration.ofDays(31);

    private final Checkout checkout;
    private final Order order;
    private final Instant now;
    private final List<NextEvent> events = new ArrayList<>();

    private Ahead(Checkout checkout, Order order, Instant now) {
        this.checkout = checkout;
        this.order = order;
        this.now = now;
    }

    /** Everything that is waited for, in no order. */
    static List<NextEvent> of(Checkout checkout, Order order, Instant now) {
        Ahead ahead = new Ahead(checkout, order, now);
        if (Diagnosis.isStopped(order)) {
            ahead.personDecides();
        } else {
            ahead.ofStage();
        }
        return List.copyOf(ahead.events);
    }

    /** By when a person is to be done with what is open about the order; null if that is over or nobody said. */
    static @Nullable Instant caseDue(Checkout checkout, Order order, Instant now) {
        return openCases(checkout, order)
                .filter(known -> decides(known.kind(), order.stage()))
                .map(Case::due)
                .filter(due -> due != null && due.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Whether a person has a case about the order, beside the task of handing it over. */
    static boolean hasCase(Checkout checkout, Order order) {
        return openCases(checkout, order).anyMatch(known -> known.kind() != Case.Kind.DELIVERY);
    }

    /** One about an amount concerns every order of the cart. */
    private static Stream<Case> openCases(Checkout checkout, Order order) {
        return checkout.cases().stream()
                .filter(Case::isOpen)
                .filter(known -> known.line() == null
                        ? order.stage() == Stage.ON_HOLD && decides(known.kind(), Stage.ON_HOLD)
                        : known.line() == order.line());
    }

    private static boolean decides(Case.Kind kind, Stage stage) {
        return switch (kind) {
            case SHORT, OVER, OTHER_CURRENCY, RISK -> stage == Stage.ON_HOLD;
            case PARKED, REFUND_DECLINED -> stage == Stage.PARKED;
            case DISPUTE -> stage == Stage.DISPUTED || stage == Stage.COMPLETED;
            case LATE, STUCK -> Diagnosis.isOwed(stage);
            case CONFLICT, SUPPLIED_TWICE, DELIVERY, OTHER, APPROVAL -> false;
        };
    }

    private void ofStage() {
        switch (order.stage()) {
            case AWAITING_PAYMENT -> awaitingPayment();
            case PAID -> {
                toBeTaken(What.KEYS_TAKEN);
                rungs();
            }
            case REPLACING -> {
                toBeTaken(What.KEYS_REPLACED);
                rungs();
            }
            case RESERVED -> {
                add(What.HANDED_OVER, next("o", order.since()));
                add(What.PERSON_TAKES_OVER, order.since().plus(checkout.terms().stockWait()));
                rungs();
            }
            case DISPATCHING, UNCERTAIN -> {
                Dispatch last = order.lastDispatch();
                if (last != null) {
                    dispatch(last);
                }
                rungs();
            }
            case REFUNDING -> refunding();
            case DELIVERED -> delivered();
            case ON_HOLD, DISPUTED, PARKED -> personDecides();
            case COMPLETED -> {
                if (openCases(checkout, order).anyMatch(known -> known.kind() == Case.Kind.DISPUTE)) {
                    personDecides();
                }
            }
            case CLOSED, REFUNDED -> {}
        }
    }

    private void awaitingPayment() {
        Instant deadline = checkout.payments().stream()
                .map(Payment::deadline)
                .max(Instant::compareTo)
                .orElse(checkout.placedAt().plus(checkout.terms().paymentDeadline()));
        if (deadline.isAfter(now)) {
            add(What.PAYMENT_DEADLINE, deadline);
        } else {
            boolean watched = checkout.payments().stream().anyMatch(Payment::isWatched);
            add(What.CLOSES, watched ? deadline.plus(checkout.terms().closeGrace()) : deadline);
        }
    }

    private void toBeTaken(What fromStock) {
        Instant next = next("o", order.since());
        if (order.route().kind() != Route.Kind.KEYS) {
            Instant quiet = order.dispatches().stream()
                    .filter(Dispatch::unanswered)
                    .map(dispatch -> dispatch.started().quietAt())
                    .max(Instant::compareTo)
                    .orElse(next);
            add(What.SENT_TO_SUPPLIER, later(next, quiet));
            return;
        }
        Instant waitingSince = order.keys().waitingSince();
        if (waitingSince == null) {
            add(fromStock, next);
        } else {
            add(What.STOCK_LOOKED_UP, next);
            boolean refunds = checkout.terms().stockWaitOver() == Terms.WaitOver.REFUND;
            add(
                    refunds ? What.REFUNDED_FOR_STOCK : What.PERSON_TAKES_OVER,
                    waitingSince.plus(checkout.terms().stockWait()));
        }
    }

    private void dispatch(Dispatch last) {
        Guarantee.Asking asking = last.supplierTerms().guarantee().howToAsk();
        Instant processed = last.firstSentAt().plus(last.supplierTerms().processing());
        switch (last.state()) {
            case STARTED -> add(What.SUPPLIER_ANSWERS, last.started().quietAt());
            case NOT_SENT -> {
                add(
                        What.SENT_AGAIN,
                        next("o", last.since().plus(checkout.terms().retryFirst())));
                add(What.PERSON_TAKES_OVER, processed);
            }
            case ACCEPTED -> {
                Instant withPeople = last.dueWithPeople();
                if (withPeople != null) {
                    withPeople(withPeople);
                    return;
                }
                if (asking != null) {
                    asked(next("o", last.since().plus(asking.gaps().get(0))));
                }
                add(What.PERSON_TAKES_OVER, processed);
            }
            case UNKNOWN -> unknown(last, asking);
            case DELIVERED, REPLACED, DECLINED, UNAVAILABLE, PARTIAL, STOPPED -> {}
        }
    }

    /** The shop's own people have it already: that a person takes over is no news. */
    private void withPeople(Instant due) {
        if (due.isAfter(now)) {
            add(What.STAFF_DUE, due);
        } else {
            personDecides();
        }
    }

    private void unknown(Dispatch last, Guarantee.@Nullable Asking asking) {
        Instant resendable = order.moneyMovedBack() ? null : last.resendableUntil();
        Instant end = asking == null ? last.since() : last.firstSentAt().plus(asking.horizon());
        if (asking != null && last.vouched()) {
            end = later(end, order.since().plus(asking.patience()));
        }
        if (resendable != null && now.isBefore(resendable)) {
            Instant backoff = next("o", last.since().plus(checkout.terms().retryFirst()));
            add(
                    What.SENT_AGAIN,
                    last.unanswered() ? later(backoff, last.started().quietAt()) : backoff);
            end = later(end, resendable);
        } else if (asking != null) {
            Instant question = asked(next("o", later(last.started().at().plus(asking.settle()), last.since())));
            Attempt attempt = checkout.schedule().of("o" + order.line());
            Instant missing = attempt == null ? null : attempt.missingSince();
            end = missing == null ? end : earlier(end, later(question, missing.plus(asking.patience())));
        }
        add(What.PERSON_TAKES_OVER, end);
    }

    private Instant asked(Instant next) {
        Attempt budget = checkout.schedule().of("q" + order.line());
        Instant at = budget == null ? next : later(next, budget.next());
        add(What.SUPPLIER_ASKED, at);
        return at;
    }

    /** The rungs of the promise that were not reached yet. */
    private void rungs() {
        Terms.Sla sla = checkout.sla(order);
        if (checkout.terms().notifies()) {
            rung(Rung.LATE, What.BUYER_TOLD, sla.late());
        }
        if (mayBeTriedAgain(order)) {
            rung(Rung.REDISPATCH, What.TRIED_AGAIN, sla.redispatch());
        }
        rung(Rung.ESCALATE, What.PERSON_TOLD, sla.escalate());
        Terms.Overdue overdue = checkout.terms().overdue();
        if (overdue != null) {
            ended(overdue);
        }
    }

    /** Not before a person was told, and was given a moment. */
    private void ended(Terms.Overdue overdue) {
        Instant from = order.paidAt();
        if (from == null || !order.hasReached(Rung.ESCALATE) || order.hasReached(Rung.END_WAITS)) {
            return;
        }
        Instant told = openCases(checkout, order)
                .filter(known -> known.kind() == Case.Kind.LATE || known.kind() == Case.Kind.STUCK)
                .map(known -> known.openedAt().plus(LAST_TRY))
                .max(Comparator.naturalOrder())
                .orElse(from);
        Instant owed = from.plus(overdue.after());
        rung(Rung.END, What.ENDED, Duration.between(from, later(owed, told)));
    }

    /** Whether anything may safely be done at the rung of trying again, as the order stands now. */
    static boolean mayBeTriedAgain(Order order) {
        Dispatch last = order.lastDispatch();
        boolean underWay = order.stage() == Stage.DISPATCHING || order.stage() == Stage.UNCERTAIN;
        if (!underWay || last == null || last.state() != Dispatch.State.ACCEPTED) {
            return true;
        }
        return last.dueWithPeople() == null && last.supplierTerms().guarantee().howToAsk() != null;
    }

    private void rung(Rung rung, What what, Duration wait) {
        Instant from = order.paidAt();
        if (from != null && !order.hasReached(rung)) {
            add(what, from.plus(wait));
        }
    }

    private void refunding() {
        List<Refund> ours = checkout.refunds().stream()
                .filter(this::isOurs)
                .filter(refund -> refund.state() != Refund.State.CANCELLED)
                .toList();
        What what = ours.stream().anyMatch(Refund::isOpen) ? What.REFUND_SENT : What.REFUND_COMPLETED;
        boolean isUnderWay =
                !ours.isEmpty() && ours.stream().noneMatch(refund -> refund.state() == Refund.State.WISHED);
        if (keysAreOut()) {
            add(what, next("o", order.since()));
        } else if (!isUnderWay) {
            order.dispatches().stream()
                    .filter(Dispatch::unanswered)
                    .map(dispatch -> dispatch.started().quietAt())
                    .max(Instant::compareTo)
                    .ifPresent(quiet -> add(what, quiet));
        }
        ours.forEach(this::refund);
    }

    /** Money goes back once the keys are back. */
    private boolean keysAreOut() {
        return switch (order.route().kind()) {
            case KEYS -> order.keys().state() != Keys.State.RETURNED;
            case SOURCED -> order.keys().state() == Keys.State.HANDED_OVER;
            case TOP_UP -> false;
        };
    }

    private boolean isOurs(Refund refund) {
        return refund.line() != null && refund.line() == order.line();
    }

    private void refund(Refund refund) {
        String part = "r" + refund.id().number();
        switch (refund.state()) {
            case DUE -> add(What.REFUND_SENT, nextOf(part, refund.since()));
            case STARTED ->
                add(
                        What.GATEWAY_ANSWERS,
                        Objects.requireNonNull(refund.started()).quietAt());
            case UNKNOWN, PENDING -> {
                Instant next = nextOf(part, refund.since().plus(checkout.terms().retryFirst()));
                if (next.isBefore(refund.wishedAt().plus(PATIENCE_WITH_GATEWAYS))) {
                    add(What.GATEWAY_ASKED, next);
                } else {
                    personDecides();
                }
            }
            case WISHED, DONE, DECLINED, CANCELLED -> {}
        }
    }

    private void delivered() {
        boolean unseen = order.route().givesKeys() && !order.keys().revealed();
        if (unseen && checkout.terms().notifies() && checkout.resendsLeft(order) > 0) {
            rung(Rung.REDISPATCH, What.TOLD_AGAIN, checkout.sla(order).redispatch());
        }
        if (order.windowEnd() != null) {
            add(What.WINDOW_ENDS, order.windowEnd());
        }
    }

    private void personDecides() {
        events.add(new NextEvent(What.PERSON_DECIDES, caseDue(checkout, order, now)));
    }

    private void add(What what, Instant at) {
        events.add(new NextEvent(what, later(at, now)));
    }

    private Instant next(String letter, Instant first) {
        return nextOf(letter + order.line(), first);
    }

    private Instant nextOf(String part, Instant first) {
        Attempt attempt = checkout.schedule().of(part);
        return attempt == null ? first : attempt.next();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
