package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Started;
import dev.kadao.policy.EngineSettings;
import dev.kadao.port.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls of effects: a repeatable at once, an act only after its intent is found written by this worker. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Steps steps;
    private final Answers answers;
    private final Flights flights;
    private final Clockwork clockwork;
    private final String worker;
    private final EngineSettings settings;
    private final Seldom seldom;

    Calls(
            Steps steps,
            Answers answers,
            Flights flights,
            Clockwork clockwork,
            String worker,
            EngineSettings settings,
            Seldom seldom) {
        this.steps = steps;
        this.answers = answers;
        this.flights = flights;
        this.clockwork = clockwork;
        this.worker = worker;
        this.settings = settings;
        this.seldom = seldom;
    }

    /** Makes the event of an answer, for the state that it finds. */
    interface Said<T> {
        Optional<Change> on(Held held, Instant now, T answer);
    }

    /**
     * A call that may be repeated at will.
     *
     * @param limit of the call
     * @param unclear the answer to record when there is none, from the reason
     */
    record Question<T>(
            CheckoutId id,
            Effect effect,
            Duration limit,
            Callable<T> work,
            Predicate<T> isFailure,
            Function<String, T> unclear,
            Said<T> said) {}

    /**
     * A call that needs the right to it first.
     *
     * @param intent asks for that right
     * @param work makes the call from the state that the intent left
     * @param notBegun the answer to record when the call was surely not made
     */
    record Act<T>(
            CheckoutId id,
            Effect effect,
            Duration limit,
            IntentOf intent,
            Work<T> work,
            Predicate<T> isFailure,
            Function<String, T> unclear,
            Function<String, T> notBegun,
            Said<T> said) {}

    /** Makes the event that asks for the right to an act. */
    interface IntentOf {
        Optional<Change> on(Held held, Instant now, Started started);
    }

    /** The call of an act. */
    interface Work<T> {
        T call(Held held, Deadline deadline);
    }

    /** Records when what was not begun comes due again; nothing else follows. */
    void putOff(CheckoutId id, Effect effect, Change.Intention putOff) {
        answers.store(id, effect.part(), putOff);
    }

    /** Asks; the part of the effect is under way already. A null adapter is one that is gone. */
    <T> void ask(@Nullable Adapter adapter, String name, Question<T> question) {
        if (adapter == null) {
            tell(question, question.unclear().apply(name + " is retired"), false);
            return;
        }
        Adapter.Entry entry = adapter.enter();
        if (!(entry instanceof Adapter.Ticket ticket)) {
            // The schedule must move on even while nothing is called.
            tell(question, question.unclear().apply(((Adapter.Shut) entry).reason()), false);
            return;
        }
        ticket.call(new GuardedCall.Order<>(
                question.id() + " " + question.effect().id(),
                question.limit(),
                settings.sendWindow(),
                question.work(),
                question.isFailure(),
                reply -> {
                    boolean late = reply instanceof Reply.Answered<T> answered && answered.late();
                    tell(question, value(reply, question.unclear()), late);
                }));
    }

    private <T> void tell(Question<T> question, T answer, boolean late) {
        answers.store(
                question.id(),
                late ? null : question.effect().part(),
                (held, now) -> question.said().on(held, now, answer));
    }

    /** Acts; the part of the effect is under way already, and ends here if the right to it is not had. */
    <T> void act(@Nullable Adapter adapter, String name, Act<T> act) {
        Adapter.Entry entry = adapter == null ? null : adapter.enter();
        if (entry instanceof Adapter.Shut shut) {
            noteShut(name, shut.reason());
            notNow(act.id(), act.effect());
        } else {
            act((Adapter.Ticket) entry, name, act);
        }
    }

    /** Nothing is written: it stays pending, and is found again when the claim has lapsed. */
    void notNow(CheckoutId id, Effect effect) {
        flights.end(id, effect.part());
    }

    /** Acts with the right to the call, which is given back if the right to the act is not had; null if it is retired. */
    <T> void act(Adapter.@Nullable Ticket ticket, String name, Act<T> act) {
        // Taken before the intent's commit is sent: see the deadline.
        Instant wall = clockwork.wall().instant();
        long nanos = clockwork.nanos();
        Started[] asked = new Started[1];
        StepEnd end = intended(act, asked);
        if (!(end instanceof StepEnd.Written written) || asked[0] == null) {
            if (ticket != null) {
                ticket.release();
            }
            flights.end(act.id(), act.effect().part());
            return;
        }
        int send = asked[0].send();
        if (ticket == null) {
            tell(act, act.unclear().apply(name + " is retired: nothing was sent"), false);
        } else {
            call(ticket, act, written.held(), deadline(wall, nanos, asked[0], written.at()));
        }
        LOG.debug("{} {} was started as send {}", act.id(), act.effect().id(), send);
    }

    private <T> StepEnd intended(Act<T> act, Started[] asked) {
        return steps.step(
                act.id(),
                (held, now) -> {
                    Instant sendBefore = now.plus(settings.sendWindow());
                    Instant quietAt = sendBefore.plus(act.limit()).plus(settings.margin());
                    Started started = new Started(send(act.effect()), worker, now, sendBefore, quietAt);
                    asked[0] = started;
                    return act.intent().on(held, now, started);
                },
                Rule.INTENT);
    }

    private static int send(Effect effect) {
        if (effect instanceof Effect.DispatchGoods dispatch) {
            return dispatch.send();
        }
        return ((Effect.RefundMoney) effect).send();
    }

    private <T> void call(Adapter.Ticket ticket, Act<T> act, Held held, Deadline deadline) {
        Callable<T> work = () -> deadline.isExpired()
                ? act.notBegun().apply("the time to send was over before a slot was free")
                : act.work().call(held, deadline);
        ticket.call(new GuardedCall.Order<>(
                act.id() + " " + act.effect().id(),
                act.limit(),
                settings.sendWindow(),
                work,
                act.isFailure(),
                reply -> {
                    if (reply instanceof Reply.Overdue<T>) {
                        // Its caller may still write until the send deadline: the document says from when on not.
                        flights.end(act.id(), act.effect().part());
                        return;
                    }
                    boolean late = reply instanceof Reply.Answered<T> answered && answered.late();
                    T answer = reply instanceof Reply.NotBegun<T>
                            ? act.notBegun().apply(reply.reason())
                            : value(reply, act.unclear());
                    tell(act, answer, late);
                }));
    }

    private <T> void tell(Act<T> act, T answer, boolean late) {
        answers.store(
                act.id(),
                late ? null : act.effect().part(),
                (held, now) -> act.said().on(held, now, answer));
    }

    /**
     * Expires before what others read in the document. The right was reckoned from the store's time as this process had
     * it, which may lag, by as much as the process was paused while an answer came in. So the window is what the store's
     * own clock had left of it at the commit, counted from a moment of this machine before that.
     */
    private Deadline deadline(Instant wall, long nanos, Started right, Instant committed) {
        Duration left = Duration.between(committed, right.sendBefore());
        Duration window = left.compareTo(settings.sendWindow()) < 0 ? left : settings.sendWindow();
        return new Deadline(wall.plus(window), clockwork.wall(), nanos + window.toNanos(), clockwork::nanos);
    }

    void noteShut(String name, String reason) {
        if (seldom.allows("shut " + name, Duration.ofMinutes(1))) {
            LOG.warn("nothing is sent to {} for now: {}", name, reason);
        }
    }

    private static <T> T value(Reply<T> reply, Function<String, T> unclear) {
        return reply instanceof Reply.Answered<T> answered ? answered.value() : unclear.apply(reply.reason());
    }
}
