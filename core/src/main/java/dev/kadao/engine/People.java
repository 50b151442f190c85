package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Entry;
import dev.kadao.order.OrderId;
import dev.kadao.order.Personal;
import dev.kadao.order.Questions;
import dev.kadao.order.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What buyers and operators ask for, as events. */
final class People {
    /** So much of a question is kept for the person who reads it. */
    private static final int MOST_WORDS = 1_000;

    private final Steps steps;
    private final Ports ports;
    private final Placing placing;

    People(Steps steps, Ports ports, Placing placing) {
        this.steps = steps;
        this.ports = ports;
        this.placing = placing;
    }

    /** Makes the event of an existing order. */
    private interface EventOf {
        Event at(Instant now);
    }

    Outcome confirm(OrderId order) {
        return ofOrder(order, now -> new Event.Confirmed(now, order.line()));
    }

    Outcome complain(OrderId order) {
        return ofOrder(order, now -> new Event.Complained(now, order.line()));
    }

    /**
     * Records a question and does what is to be done because of it.
     *
     * @param decides what that is, from the state that the step meets; pure
     */
    Outcome question(OrderId order, String words, Function<Snapshot, Questioned> decides) {
        return outcome(
                order.toString(),
                steps.step(
                        order.checkout(),
                        (held, now) -> held.hasLine(order.line())
                                ? questioned(held, now, order, words, decides)
                                : Optional.empty(),
                        Rule.PLAIN));
    }

    private static Optional<Change> questioned(
            Held held, Instant now, OrderId order, String words, Function<Snapshot, Questioned> decides) {
        Questioned asked = decides.apply(held.snapshot(now));
        Questions known = held.checkout().order(order.line()).questions();
        boolean kept = asked.person() != Questioned.Person.NOT_NEEDED
                && (known == null || known.handedOver() < Questions.MOST_HANDED_OVER)
                && !held.personal().isErased();
        String text = words.codePointCount(0, words.length()) > MOST_WORDS
                ? words.substring(0, words.offsetByCodePoints(0, MOST_WORDS))
                : words;
        Event event = new Event.Questioned(
                now,
                order.line(),
                asked.intent(),
                asked.nudges(),
                Event.Questioned.Person.valueOf(asked.person().name()),
                asked.fact(),
                kept ? held.personal().commitTo(text) : null);
        return Optional.of(new Change(event, kept ? held.personal().with(text) : held.personal(), null));
    }

    private Outcome ofOrder(OrderId order, EventOf event) {
        return outcome(
                order.toString(),
                steps.step(
                        order.checkout(),
                        (held, now) -> held.hasLine(order.line()) ? Change.of(held, event.at(now)) : Optional.empty(),
                        Rule.PLAIN));
    }

    Outcome dispute(OrderId order, String reason) {
        return outcome(
                order.toString(),
                steps.step(
                        order.checkout(),
                        (held, now) -> {
                            if (!held.hasLine(order.line())) {
                                return Optional.empty();
                            }
                            Commitment commitment = held.personal().commitTo(reason);
                            Event event = new Event.Disputed(now, order.line(), commitment);
                            return Optional.of(new Change(event, Change.remembering(held.personal(), reason), null));
                        },
                        Rule.PLAIN));
    }

    Outcome review(OrderId order, int stars, @Nullable String text) {
        StepEnd end = steps.step(order.checkout(), Reviewing.intention(order, stars, text), Rule.PLAIN);
        return text != null
                        && end instanceof StepEnd.NotWanted not
                        && not.held().hasLine(order.line())
                ? new Outcome.Refused(Outcome.Why.BAD_INPUT, Reviewing.refusal(not.held(), order, text))
                : outcome(order.toString(), end);
    }

    Outcome erase(CheckoutId checkout) {
        StepEnd end = steps.step(checkout, Erasing.intention(), Rule.PLAIN);
        return end instanceof StepEnd.NotWanted needed
                ? new Outcome.Refused(Outcome.Why.WRONG_STAGE, Erasing.refusal(checkout, needed.held()))
                : outcome("checkout " + checkout, end);
    }

    Outcome act(CheckoutId checkout, PersonAct act) {
        String evidence = act.evidence();
        String digest = Ids.sha256(
                act.act(),
                String.valueOf(act.line()),
                String.valueOf(act.caseNumber()),
                String.valueOf(act.version()),
                act.actor(),
                act.reason(),
                (evidence == null ? "" : "=" + evidence) + (act.count() == null ? "" : " x" + act.count()));
        Event.DeskAct deskAct = Event.DeskAct.valueOf(act.act());
        return outcome(
                act.line() == 0 ? "case " + act.caseNumber() + " of " + checkout : checkout + "." + act.line(),
                steps.step(
                        checkout,
                        (held, now) -> {
                            if (!exists(held, act)) {
                                return Optional.empty();
                            }
                            Personal personal = held.personal();
                            Event event = new Event.Acted(
                                    now,
                                    act.id(),
                                    digest,
                                    deskAct,
                                    act.line(),
                                    act.caseNumber(),
                                    act.version(),
                                    act.actor(),
                                    personal.commitTo(act.reason()),
                                    evidence == null ? null : personal.commitTo(evidence),
                                    act.count());
                            return Optional.of(new Change(event, remembering(personal, act), null));
                        },
                        Rule.PLAIN));
    }

    private static boolean exists(Held held, PersonAct act) {
        return act.line() == 0
                ? act.caseNumber() >= 1
                        && act.caseNumber() <= held.checkout().cases().size()
                : held.hasLine(act.line());
    }

    private static Personal remembering(Personal personal, PersonAct act) {
        Personal withReason = Change.remembering(personal, act.reason());
        String evidence = act.evidence();
        return evidence == null ? withReason : Change.remembering(withReason, evidence);
    }

    Opening openPayment(CheckoutId checkout, String name) {
        Ports.Gateway gateway = ports.gateway(name);
        if (gateway == null) {
            return new Opening.NotOpened(
                    new Outcome.Refused(Outcome.Why.BAD_INPUT, "gateway '" + name + "' is not configured"));
        }
        StepEnd end = steps.step(
                checkout,
                (held, now) -> Change.of(held, new Event.PaymentWanted(now, name, gateway.terms(), null)),
                Rule.PLAIN);
        if (!(end instanceof StepEnd.Written written)) {
            return new Opening.NotOpened(outcome(checkout.toString(), end));
        }
        int number = written.entries().stream()
                .filter(Entry.PaymentRequested.class::isInstance)
                .map(entry -> ((Entry.PaymentRequested) entry).payment())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no payment was requested of " + checkout));
        return opening(written.held().snapshot(steps.now()), number);
    }

    /** The payment with what the gateway answered, if it did in time. Called outside of the intake. */
    Opening opened(Opening.Opened requested) {
        int number = requested.payment().id().number();
        return opening(placing.awaited(requested.snapshot(), number), number);
    }

    private static Opening opening(Snapshot snapshot, int number) {
        return new Opening.Opened(snapshot, snapshot.checkout().payment(number));
    }

    Outcome outcome(String subject, StepEnd end) {
        if (end instanceof StepEnd.Written written) {
            return new Outcome.Done(written.held().snapshot(steps.now()), false, did(written.entries()));
        }
        if (end instanceof StepEnd.Unchanged known) {
            return new Outcome.Done(known.held().snapshot(steps.now()), true, List.of());
        }
        if (end instanceof StepEnd.Refused refused) {
            return new Outcome.Refused(
                    why(refused.verdict().refusal()), refused.verdict().sentence());
        }
        return end instanceof StepEnd.Failed failed
                ? new Outcome.Busy(subject + " cannot be changed right now: " + failed.reason() + ". Ask again")
                : new Outcome.NotFound("there is no " + subject);
    }

    private static List<String> did(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.ComplaintMade.class::isInstance)
                .flatMap(entry -> ((Entry.ComplaintMade) entry).did().stream())
                .distinct()
                .toList();
    }

    private static Outcome.Why why(Verdict.Refusal refusal) {
        return switch (refusal) {
            case WRONG_STAGE, NOT_DUE -> Outcome.Why.WRONG_STAGE;
            case OTHER_VERSION -> Outcome.Why.OTHER_VERSION;
            case ACT_ID_TAKEN -> Outcome.Why.ACT_ID_TAKEN;
            case LIMIT_REACHED -> Outcome.Why.LIMIT_REACHED;
            case MISSING_EVIDENCE, OTHER_COUNT, OTHER_RECIPIENT -> Outcome.Why.BAD_INPUT;
        };
    }
}
