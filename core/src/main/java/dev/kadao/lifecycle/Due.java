package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Hold;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each part waits for. Every part that is not final waits for something by construction, so that stored state is
 * the whole work list: an effect to be run at a time, or a time at which {@code decide} is to look again.
 */
final class Due {
    private static final int MOST_EFFECTS = 8;
    /** How far one thread's time may lag behind another's; well below the margin of a send. */
    private static final Duration MOST_LAG = Duration.ofSeconds(1);

    private Due() {}

    /** One thing waited for; without an effect it is the time itself that decides. */
    record Wait(Instant at, @Nullable Effect effect) {}

    static @Nullable Instant next(Checkout checkout) {
        return waits(checkout, checkout.at()).stream()
                .map(Wait::at)
                .min(Instant::compareTo)
                .orElse(null);
    }

    static List<Effect> pending(Checkout checkout, Instant asked) {
        // The time as a process has it may lag behind what a step of its own has just recorded: what that step made due
        // is due, else its intent is refused and it waits for the claim to lapse. Only for so long: if the store's
        // clock
        // itself was set back, the checkout's own time is far ahead, and by it no gap and no quiet time would be kept.
        Instant own = checkout.at();
        Instant now = own.isAfter(asked) && !own.isAfter(asked.plus(MOST_LAG)) ? own : asked;
        List<Effect> effects = new ArrayList<>();
        for (Wait wait : waits(checkout, now)) {
            Effect effect = wait.effect();
            boolean room = effects.size() < MOST_EFFECTS;
            if (effect != null && room && !wait.at().isAfter(now) && !hasPart(effects, effect.part())) {
                effects.add(effect);
            }
        }
        return List.copyOf(effects);
    }

    /** Of keys before payment: everything that is due, since a request inside a commit takes nobody's time. */
    static List<Effect.OfStock> ofUnpaid(Checkout checkout, Instant now) {
        return waits(checkout, now).stream()
                .filter(wait -> !wait.at().isAfter(now))
                .map(Wait::effect)
                .filter(effect -> effect instanceof Effect.ReserveUnpaid || effect instanceof Effect.LetKeysGo)
                .map(Effect.OfStock.class::cast)
                .toList();
    }

    private static boolean hasPart(List<Effect> effects, String part) {
        return effects.stream().anyMatch(effect -> effect.part().equals(part));
    }

    /** Everything that is waited for, in no order. */
    static List<Wait> waits(Checkout checkout, Instant now) {
        List<Wait> waits = new ArrayList<>();
        checkout.payments().forEach(payment -> ofPayment(waits, checkout, payment));
        checkout.orders().stream()
                .filter(order -> order.takenBy() == null)
                .forEach(order -> ofOrder(waits, checkout, order, now));
        checkout.refunds().forEach(refund -> ofRefund(waits, checkout, refund));
        checkout.compensated().stream()
                .filter(RemedyPart::isAskedFor)
                .forEach(compensation -> ofCompensation(waits, checkout, compensation));
        checkout.held().forEach(hold -> ofHold(waits, checkout, hold));
        checkout.messages().stream()
                .filter(message -> message.state() == Message.State.DUE)
                .forEach(message -> waits.add(new Wait(
                        next(checkout, Parts.of(message), message.since()), new Effect.SendMessage(message.number()))));
        checkout.cases().stream()
                .filter(Case::isOpen)
                .forEach(open -> waits.add(new Wait(
                        next(checkout, Parts.of(open), open.openedAt()), new Effect.AlertCase(open.number()))));
        return waits;
    }

    private static Instant next(Checkout checkout, String part, Instant first) {
        Attempt attempt = checkout.schedule().of(part);
        return attempt == null ? first : attempt.next();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other) ? one : other;
    }

    private static void ofPayment(List<Wait> waits, Checkout checkout, Payment payment) {
        int number = payment.id().number();
        String part = Parts.of(payment);
        switch (payment.state()) {
            case REQUESTED ->
                waits.add(new Wait(
                        earlier(next(checkout, part, payment.requestedAt()), payment.deadline()),
                        new Effect.OpenPayment(number)));
            case OPEN -> {
                Instant first = payment.requestedAt()
                        .plus(checkout.terms().paymentQueries().get(0));
                waits.add(new Wait(
                        earlier(next(checkout, part, first), payment.deadline()), new Effect.QueryPayment(number)));
            }
            case CLOSING -> {
                Attempt attempt = checkout.schedule().of(part);
                boolean tell = payment.gatewayTerms().canClose() && (attempt == null || attempt.count() % 2 == 0);
                waits.add(new Wait(
                        next(checkout, part, checkout.at()),
                        tell ? new Effect.ClosePayment(number) : new Effect.QueryPayment(number)));
            }
            case CLOSED, PAID, GIVEN_UP -> {
                return;
            }
        }
        waits.add(new Wait(payment.requestedAt().plus(Backoff.PATIENCE_WITH_GATEWAYS), null));
    }

    /** What an order itself waits for; nothing while an operator has taken it. */
    static List<Wait> of(Checkout checkout, Order order) {
        List<Wait> waits = new ArrayList<>();
        if (order.takenBy() == null) {
            ofOrder(waits, checkout, order, checkout.at());
        }
        return waits;
    }

    private static void ofOrder(List<Wait> waits, Checkout checkout, Order order, Instant now) {
        Terms terms = checkout.terms();
        Instant next = next(checkout, Parts.of(order), order.since());
        Instant rung = SlaPart.next(checkout, order);
        if (rung != null) {
            waits.add(new Wait(rung, null));
        }
        switch (order.stage()) {
            case AWAITING_PAYMENT -> {
                waits.add(new Wait(Closing.at(checkout), null));
                if (UnpaidKeys.areWanted(order)) {
                    waits.add(new Wait(next, new Effect.ReserveUnpaid(order.line())));
                }
            }
            case PAID -> {
                if (RiskPart.isAwaited(checkout)) {
                    waits.add(new Wait(next(checkout, Parts.RISK, order.since()), new Effect.AssessRisk()));
                } else if (order.route().kind() == Route.Kind.KEYS) {
                    waits.add(new Wait(next, new Effect.TakeKeys(order.line())));
                    ofStockWait(waits, terms, order);
                } else {
                    ofSupplier(waits, order, next);
                }
            }
            case RESERVED -> {
                waits.add(new Wait(next, new Effect.HandOverKeys(order.line())));
                waits.add(new Wait(order.since().plus(terms.stockWait()), null));
            }
            case DISPATCHING, UNCERTAIN -> ofDispatch(waits, checkout, order, now);
            case REPLACING -> {
                if (order.route().kind() == Route.Kind.KEYS) {
                    int replacement = order.keys().replacement() + 1;
                    waits.add(new Wait(next, new Effect.ReplaceKeys(order.line(), replacement)));
                    ofStockWait(waits, terms, order);
                } else {
                    ofSupplier(waits, order, next);
                }
            }
            case REFUNDING -> ofReturn(waits, checkout, order, next);
            case DELIVERED -> {
                if (order.windowEnd() != null) {
                    waits.add(new Wait(order.windowEnd(), null));
                }
            }
            case CLOSED, ON_HOLD -> ofUnpaidKeys(waits, checkout, order, next);
            case DISPUTED, COMPLETED, REFUNDED, PARKED -> {}
        }
    }

    /** What cannot be given back for so long is left to the sweep. */
    private static void ofUnpaidKeys(List<Wait> waits, Checkout checkout, Order order, Instant next) {
        Instant from = UnpaidKeys.goBackAt(checkout, order);
        if (from != null && next.isBefore(from.plus(Backoff.PATIENCE_WITH_GATEWAYS))) {
            waits.add(new Wait(later(next, from), new Effect.LetKeysGo(order.line())));
        }
    }

    private static void ofStockWait(List<Wait> waits, Terms terms, Order order) {
        Instant since = order.keys().waitingSince();
        if (since != null) {
            waits.add(new Wait(since.plus(terms.stockWait()), null));
        }
    }

    private static void ofSupplier(List<Wait> waits, Order order, Instant next) {
        String supplier = Suppliers.next(order);
        int number = order.dispatches().size() + 1;
        Instant at = later(next, Suppliers.quietFrom(order));
        Effect effect = supplier != null && number <= Suppliers.MOST_DISPATCHES
                ? new Effect.DispatchGoods(order.line(), number, supplier, 1)
                : null;
        waits.add(new Wait(at, effect));
    }

    private static void ofReturn(List<Wait> waits, Checkout checkout, Order order, Instant next) {
        Instant quiet = Suppliers.quietFrom(order);
        if (Moves.keysAreOut(order)) {
            waits.add(new Wait(next, new Effect.ReleaseKeys(order.line(), "refund")));
        } else if (quiet != null && !isUnderWay(Refunds.of(checkout, order))) {
            waits.add(new Wait(quiet, null));
        }
    }

    /** Whether the money is past waiting for the sends and not back yet: so long the refunds have their own times. */
    private static boolean isUnderWay(List<Refund> refunds) {
        return refunds.stream().noneMatch(refund -> refund.state() == Refund.State.WISHED)
                && refunds.stream().anyMatch(Refund::isOpen);
    }

    private static void ofDispatch(List<Wait> waits, Checkout checkout, Order order, Instant now) {
        Dispatch last = order.lastDispatch();
        if (last == null) {
            return;
        }
        waits.add(new Wait(Suppliers.endOf(order, last), null));
        Guarantee.Asking asking = Suppliers.asking(last);
        int number = last.id().number();
        String part = Parts.of(order);
        Effect resend = new Effect.DispatchGoods(
                order.line(), number, last.supplier(), last.started().send() + 1);
        Effect ask = new Effect.QueryDispatch(order.line(), number);
        Instant afterBackoff =
                next(checkout, part, last.since().plus(checkout.terms().retryFirst()));
        Instant quiet = last.unanswered() ? last.started().quietAt() : null;
        Attempt questions = checkout.schedule().of(Parts.questionsOf(order));
        Instant budget = questions == null ? null : questions.next();
        switch (last.state()) {
            case NOT_SENT -> waits.add(new Wait(afterBackoff, order.moneyMovedBack() ? null : resend));
            case ACCEPTED -> {
                if (asking != null) {
                    Instant first = last.since().plus(asking.gaps().get(0));
                    waits.add(new Wait(later(next(checkout, part, first), budget), ask));
                }
            }
            case UNKNOWN -> {
                if (Suppliers.isResendable(order, last, now)) {
                    waits.add(new Wait(later(afterBackoff, quiet), resend));
                } else if (asking != null) {
                    Instant first = later(Suppliers.settledAt(last, asking), last.since());
                    waits.add(new Wait(later(next(checkout, part, first), budget), ask));
                }
            }
            case STARTED, DELIVERED, REPLACED, DECLINED, UNAVAILABLE, PARTIAL, STOPPED -> {}
        }
    }

    private static void ofHold(List<Wait> waits, Checkout checkout, Hold hold) {
        if (hold.isMoving() && !Moves.isStopped(checkout.order(hold.line()))) {
            Instant next = next(checkout, Parts.of(hold), hold.since());
            Instant end = hold.since().plus(Backoff.PATIENCE_WITH_GATEWAYS);
            waits.add(
                    next.isBefore(end)
                            ? new Wait(next, new Effect.MoveHold(hold.line(), hold.asked()))
                            : new Wait(end, null));
        }
    }

    private static void ofCompensation(List<Wait> waits, Checkout checkout, Compensation compensation) {
        if (Moves.isStopped(checkout.order(compensation.line()))) {
            return;
        }
        Instant next = next(checkout, Parts.of(compensation), compensation.since());
        Instant end = compensation.since().plus(Backoff.PATIENCE_WITH_GATEWAYS);
        waits.add(
                next.isBefore(end)
                        ? new Wait(next, new Effect.GrantCompensation(compensation.number()))
                        : new Wait(end, null));
    }

    private static void ofRefund(List<Wait> waits, Checkout checkout, Refund refund) {
        int number = refund.id().number();
        String part = Parts.of(refund);
        int send = refund.started() == null ? 1 : refund.started().send() + 1;
        boolean taken = refund.line() != null && Moves.isStopped(checkout.order(refund.line()));
        Instant end = refund.wishedAt().plus(Backoff.PATIENCE_WITH_GATEWAYS);
        switch (refund.state()) {
            case DUE -> {
                if (!taken) {
                    waits.add(new Wait(next(checkout, part, refund.since()), new Effect.RefundMoney(number, send)));
                }
            }
            case STARTED -> {
                if (refund.started() != null) {
                    waits.add(new Wait(refund.started().quietAt(), null));
                }
            }
            case UNKNOWN, PENDING -> {
                Instant first = refund.since().plus(checkout.terms().retryFirst());
                Instant next = next(checkout, part, first);
                if (next.isBefore(end)) {
                    waits.add(new Wait(next, new Effect.QueryRefund(number)));
                } else if (checkout.openCase(Case.Kind.OTHER, refund.id().toString()) == null) {
                    waits.add(new Wait(end, null));
                }
            }
            case WISHED, DONE, DECLINED, CANCELLED -> {}
        }
    }
}
