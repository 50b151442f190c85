package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Dispatch;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Order;
import dev.kadao.order.Personal;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Request;
import dev.kadao.port.QueryableDispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls to suppliers, and how their words become events. */
final class SupplierCalls {
    private final Calls calls;
    private final Ports ports;
    private final Clockwork clockwork;
    private final Duration usualLimit;
    private final Duration claimLease;
    private final Consumer<CheckoutId> again;

    /**
     * @param claimLease for so long a claim is worth something that was not used
     * @param again has a checkout looked at once more; does not block
     */
    SupplierCalls(
            Calls calls,
            Ports ports,
            Clockwork clockwork,
            Duration usualLimit,
            Duration claimLease,
            Consumer<CheckoutId> again) {
        this.calls = calls;
        this.ports = ports;
        this.clockwork = clockwork;
        this.usualLimit = usualLimit;
        this.claimLease = claimLease;
        this.again = again;
    }

    void dispatch(Held held, Effect.DispatchGoods effect) {
        Dispatch known = held.checkout().order(effect.line()).dispatch(effect.dispatch());
        // What may be there already is no new order: sent again, it is as good as asked about.
        boolean isNew = known == null || !known.doubtful();
        Duration back = Duration.ofDays(1);
        boolean onlyStandstills = true;
        Ports.Supplier full = null;
        for (String name : Lifecycle.suppliersFor(held.checkout(), effect)) {
            Ports.Supplier supplier = ports.supplier(name);
            if (supplier == null && !name.equals(effect.supplier())) {
                continue;
            }
            Adapter.Entry entry = supplier == null ? null : supplier.enter(isNew);
            if (!(entry instanceof Adapter.Shut shut)) {
                Effect.DispatchGoods chosen =
                        new Effect.DispatchGoods(effect.line(), effect.dispatch(), name, effect.send());
                dispatch(held, chosen, supplier, (Adapter.Ticket) entry, isNew);
                return;
            }
            calls.noteShut("supplier '" + name + "'", shut.reason());
            full = full == null && shut.isFull() ? supplier : full;
            Duration left =
                    supplier == null ? Duration.ZERO : supplier.standstill().left();
            onlyStandstills &= !left.isZero();
            back = left.compareTo(back) < 0 ? left : back;
        }
        if (onlyStandstills) {
            putOff(held, effect, effect.line(), effect.dispatch(), back);
        } else {
            calls.notNow(held.id(), effect);
            if (full != null) {
                full.adapter().whenFree(claimLease, () -> again.accept(held.id()));
            }
        }
    }

    private void dispatch(
            Held held,
            Effect.DispatchGoods effect,
            Ports.@Nullable Supplier supplier,
            Adapter.@Nullable Ticket ticket,
            boolean isNew) {
        SupplierTerms terms = supplier == null ? gone() : supplier.terms();
        long began = clockwork.nanos();
        calls.act(
                ticket,
                "supplier '" + effect.supplier() + "'",
                new Calls.Act<Answer>(
                        held.id(),
                        effect,
                        terms.callLimit(),
                        (now, at, started) -> Change.of(now, new Event.DispatchIntended(at, effect, terms, started)),
                        (now, deadline) ->
                                heard(supplier, toOrder(send(supplier, now, effect, deadline)), isNew, began),
                        SupplierCalls::isFailure,
                        Answer.Unknown::new,
                        Answer.NotSent::new,
                        (now, at, answer) ->
                                said(now, at, effect.line(), effect.dispatch(), effect.send(), toOrder(answer))));
    }

    private static Answer heard(Ports.@Nullable Supplier supplier, Answer answer, boolean isNew, long began) {
        if (supplier != null && isNew) {
            supplier.standstill().answered(answer, began);
        } else if (supplier != null) {
            supplier.standstill().told(answer);
        }
        return answer;
    }

    /** A supplier that is gone promises nothing: what is sent to it ends with a person at once. */
    private SupplierTerms gone() {
        return new SupplierTerms(new Guarantee.AtMostOnce(), usualLimit, usualLimit);
    }

    private static Answer send(
            Ports.@Nullable Supplier supplier, Held held, Effect.DispatchGoods effect, Deadline deadline) {
        if (supplier == null) {
            throw new IllegalStateException("a retired supplier is never called");
        }
        Order order = held.checkout().order(effect.line());
        Optional<String> recipient = held.personal().text(order.recipient());
        if (recipient.isEmpty()) {
            return new Answer.Partial(0, "nothing was sent: the recipient has been erased");
        }
        Request request = new Request(
                new DispatchId(order.id(), effect.dispatch()),
                order.sku(),
                order.quantity(),
                recipient.get(),
                order.amount(),
                effect.send());
        return Objects.requireNonNull(supplier.port().dispatch(request, deadline), "dispatch(..) answered null");
    }

    void query(Held held, Effect.QueryDispatch effect) {
        Dispatch dispatch = held.checkout().order(effect.line()).dispatch(effect.dispatch());
        if (dispatch == null) {
            throw new IllegalStateException("dispatch " + effect.id() + " of " + held.id() + " is asked but unknown");
        }
        Ports.Supplier supplier = ports.supplier(dispatch.supplier());
        if (supplier == null) {
            ask(held, effect, dispatch, null);
            return;
        }
        Pace.Turn turn = supplier.pace().next();
        if (!turn.isTaken()) {
            putOff(held, effect, effect.line(), effect.dispatch(), turn.delay());
        } else if (turn.delay().isZero()) {
            askInTurn(held, effect, dispatch, supplier);
        } else {
            clockwork.after(turn.delay(), () -> askInTurn(held, effect, dispatch, supplier));
        }
    }

    /** Sends go before questions, which therefore wait for no slot and leave one free. */
    private void askInTurn(Held held, Effect.QueryDispatch effect, Dispatch dispatch, Ports.Supplier supplier) {
        if (supplier.adapter().isPaused() || supplier.adapter().hasRoomToAsk()) {
            ask(held, effect, dispatch, supplier);
        } else {
            putOff(
                    held,
                    effect,
                    effect.line(),
                    effect.dispatch(),
                    supplier.pace().putOff());
        }
    }

    private void putOff(Held held, Effect effect, int line, int dispatch, Duration delay) {
        calls.putOff(
                held.id(), effect, (now, at) -> Change.of(now, new Event.PutOff(at, line, dispatch, at.plus(delay))));
    }

    private void ask(Held held, Effect.QueryDispatch effect, Dispatch dispatch, Ports.@Nullable Supplier supplier) {
        calls.ask(
                supplier == null ? null : supplier.adapter(),
                "supplier '" + dispatch.supplier() + "'",
                new Calls.Question<>(
                        held.id(),
                        effect,
                        supplier == null ? usualLimit : supplier.terms().callLimit(),
                        supplier == null ? () -> new Answer.Unknown("retired") : reading(supplier, dispatch),
                        SupplierCalls::isFailure,
                        Answer.Unknown::new,
                        (now, at, answer) -> said(now, at, effect.line(), effect.dispatch(), 0, toQuestion(answer))));
    }

    /** Only a question is answered with "not found": from the call that sent an order it settles nothing. */
    private static Answer toOrder(Answer answer) {
        return answer instanceof Answer.NotFound ? new Answer.Unknown("\"not found\" of an order just sent") : answer;
    }

    /** That a question was not sent says nothing of the order: it is asked again after its gap. */
    private static Answer toQuestion(Answer answer) {
        return answer instanceof Answer.NotSent notSent ? new Answer.Unknown(notSent.reason()) : answer;
    }

    /** A notice says neither that something was not sent nor that it was not found: then it is asked about. */
    static Answer inNotice(Answer answer) {
        return answer instanceof Answer.NotFound
                ? new Answer.Unknown("\"not found\" in a notice")
                : toQuestion(Objects.requireNonNull(answer, "read(..) gave no answer"));
    }

    private static Callable<Answer> reading(Ports.Supplier supplier, Dispatch dispatch) {
        if (!(supplier.port() instanceof QueryableDispatcher queryable)) {
            return () -> new Answer.Unknown("supplier '" + supplier.name() + "' cannot be asked any more");
        }
        Callable<Answer> twice = supplier.adapter()
                .twice(
                        () -> Objects.requireNonNull(queryable.query(dispatch.id()), "query(..) answered null"),
                        supplier.terms().callLimit(),
                        SupplierCalls::isFailure);
        return () -> {
            Answer answer = twice.call();
            supplier.standstill().told(answer);
            return answer;
        };
    }

    /** A definite no is an answer: what it says of the supplier as a whole is minded by its {@link Standstill}. */
    private static boolean isFailure(Answer answer) {
        return answer instanceof Answer.Unknown || answer instanceof Answer.NotSent;
    }

    /**
     * A supplier's word as an event; a receipt goes to the erasable side, under its commitment, and keys that were ordered
     * go to the stock.
     */
    static Optional<Change> said(Held held, Instant now, int line, int dispatch, int send, Answer spoken) {
        Order order = held.checkout().order(line);
        Personal personal = held.personal();
        Answer answer =
                SupplierTexts.kept(spoken, personal.text(order.recipient()).orElse(null));
        List<Secret> keys = order.route().kind() == Route.Kind.SOURCED ? keysOf(answer) : List.of();
        if (!keys.isEmpty()) {
            return Optional.of(supplied(held, now, order, dispatch, send, answer, keys));
        }
        Commitment receipt = null;
        if (answer instanceof Answer.Delivered delivered
                && delivered.proof() instanceof Proof.Receipt given
                && order.route().kind() != Route.Kind.SOURCED
                && !given.text().isBlank()) {
            String text = given.text().length() > 2_000 ? given.text().substring(0, 2_000) : given.text();
            receipt = personal.commitTo(text);
            personal = Change.remembering(personal, text);
        }
        return Optional.of(
                new Change(new Event.SupplierSaid(now, line, dispatch, send, answer, receipt), personal, null));
    }

    static List<Secret> keysOf(Answer answer) {
        if (answer instanceof Answer.Partial partial) {
            return partial.keys();
        }
        return answer instanceof Answer.Delivered delivered && delivered.proof() instanceof Proof.SuppliedKeys supplied
                ? supplied.keys()
                : List.of();
    }

    private static Change supplied(
            Held held, Instant now, Order order, int dispatch, int send, Answer answer, List<Secret> keys) {
        Personal personal = held.personal();
        Commitment receipt = null;
        Answer judged = answer;
        if (answer instanceof Answer.Delivered delivered) {
            String flaw = Supplied.flaw(keys, order.quantity());
            if (flaw == null) {
                String text = keys.size() + " keys, supplier's order "
                        + (delivered.supplierOrder() == null ? "unnamed" : delivered.supplierOrder());
                receipt = personal.commitTo(text);
                personal = Change.remembering(personal, text);
            } else {
                judged = new Answer.Partial(keys.size(), flaw);
            }
        }
        Event event = new Event.SupplierSaid(now, order.line(), dispatch, send, judged, receipt);
        List<Secret> storable = Supplied.storable(keys);
        Supplied supplied = storable.isEmpty() ? null : new Supplied(order.line(), dispatch, storable);
        return new Change(event, personal, null, supplied);
    }
}
