package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Event.MessageTold.Telling;
import dev.kadao.order.Case;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import dev.kadao.order.Schedule;
import dev.kadao.port.Alert;
import dev.kadao.port.NotToldException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people are told: the buyer by messages, the operators by one line of the log per alert. */
final class PeopleCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PeopleCalls.class);

    /** A case that cannot be told is tried again much sooner; the log says it once. */
    private static final Duration A_WHILE = Duration.ofHours(12);

    private final Calls calls;
    private final Ports ports;
    private final Answers answers;
    private final Duration limit;
    private final Seldom seldom;

    PeopleCalls(Calls calls, Ports ports, Answers answers, Duration limit, Seldom seldom) {
        this.calls = calls;
        this.ports = ports;
        this.answers = answers;
        this.limit = limit;
        this.seldom = seldom;
    }

    void tell(Held held, Effect.SendMessage effect) {
        Message message = held.checkout().message(effect.message());
        Order order = held.checkout().order(message.line());
        Optional<String> recipient = held.personal().text(order.recipient());
        String reference = held.id() + "_m" + message.number();
        Schedule.Attempt before = held.checkout().schedule().of(effect.part());
        boolean last = before != null && before.count() + 1 >= Effect.SendMessage.MOST_TRIES;
        // A try that went beyond its limit was counted then: its late "not told" is no second one.
        AtomicBoolean counted = new AtomicBoolean();
        Ports.Teller teller = ports.teller();
        calls.ask(
                teller == null ? null : teller.adapter(),
                "the notifier",
                new Calls.Question<>(
                        held.id(),
                        effect,
                        limit,
                        () -> {
                            if (teller == null) {
                                return Tried.NOT_TOLD;
                            }
                            try {
                                teller.port().tell(order.id(), message.kind(), recipient, reference);
                                return Tried.TOLD;
                            } catch (NotToldException notTold) {
                                return noted(reference, last, notTold);
                            }
                        },
                        tried -> tried == Tried.BROKEN,
                        reason -> {
                            counted.set(true);
                            warnOfTheLast(reference, last, reason);
                            return Tried.UNCLEAR;
                        },
                        (now, at, tried) -> counted.get() && tried.isFailure()
                                ? Optional.empty()
                                : Change.of(now, new Event.MessageTold(at, effect.message(), tried.telling))));
    }

    /** How a try ended, and whether that counts against the notifier. */
    private enum Tried {
        TOLD(Telling.TOLD),
        NOT_TOLD(Telling.NOT_TOLD),
        /** No answer, or not in time. */
        UNCLEAR(Telling.NOT_TOLD),
        BROKEN(Telling.NOT_TOLD),
        NEVER(Telling.NEVER);

        private final Telling telling;

        Tried(Telling telling) {
            this.telling = telling;
        }

        /** Whether the notifier itself said that it failed. */
        boolean isFailure() {
            return this == NOT_TOLD || this == BROKEN;
        }
    }

    private static Tried noted(String reference, boolean last, NotToldException notTold) {
        String reason = String.valueOf(notTold.getMessage()).replaceAll("\\p{Cntrl}", " ");
        return switch (notTold.kind()) {
            case NEVER -> {
                LOG.info("message {} is not told and not tried again: {}", reference, reason);
                yield Tried.NEVER;
            }
            case RECIPIENT -> {
                if (hasBrokenPart(notTold)) {
                    LOG.warn("message {} was not told, a notifier failed: {}", reference, reason);
                } else {
                    LOG.info("message {} was not told: {}", reference, reason);
                }
                warnOfTheLast(reference, last, reason);
                yield Tried.NOT_TOLD;
            }
            case NOTIFIER -> {
                LOG.warn("message {} was not told, the notifier failed: {}", reference, reason);
                warnOfTheLast(reference, last, reason);
                yield Tried.BROKEN;
            }
        };
    }

    private static boolean hasBrokenPart(NotToldException notTold) {
        return Stream.of(notTold.getSuppressed())
                .anyMatch(part -> part instanceof NotToldException one && one.kind() == NotToldException.Kind.NOTIFIER);
    }

    private static void warnOfTheLast(String reference, boolean last, String reason) {
        if (last) {
            LOG.warn(
                    "message {} is given up after {} tries, the last one: {}. The buyer was perhaps never told",
                    reference,
                    Effect.SendMessage.MOST_TRIES,
                    reason);
        }
    }

    /** At least once: its next time is planned only when somebody was told. */
    void alert(Held held, Effect.AlertCase effect, Instant at) {
        Case open = held.checkout().caseNumber(effect.caseNumber());
        int level = open.levelAt(at);
        String subject = held.id() + "_c" + open.number();
        String sentence = sentence(held, open, level);
        Schedule.Attempt before = held.checkout().schedule().of(effect.part());
        if (seldom.allows("alert " + subject + " " + level, A_WHILE) || before == null) {
            LOG.warn("{}", sentence);
        }
        Alarm alarm = ports.alarm();
        if (alarm == null) {
            answers.store(held.id(), effect.part(), (now, storeNow) -> alerted(now, storeNow, open, level, true));
            return;
        }
        Alert.Kind kind = open.kind() == Case.Kind.STUCK ? Alert.Kind.STUCK : Alert.Kind.CASE;
        Alert alert = new Alert(kind, subject, sentence, at, level);
        calls.ask(
                alarm.adapter(),
                "the alert sink",
                new Calls.Question<>(
                        held.id(),
                        effect,
                        limit,
                        () -> alarm.isTold(alert),
                        told -> !told,
                        reason -> {
                            alarm.missed(reason);
                            return false;
                        },
                        (now, storeNow, told) -> alerted(now, storeNow, open, level, told)));
    }

    private static String sentence(Held held, Case open, int level) {
        List<Case.Evidence> evidence = open.evidence();
        return "case " + open.number() + " of checkout " + held.id() + " is open"
                + (level == 0 ? "" : " beyond its time (level " + level + ", it was due " + open.dueAt() + ")") + ": "
                + open.kind() + " about " + open.subject() + ", "
                + (evidence.isEmpty()
                        ? "no evidence"
                        : evidence.get(evidence.size() - 1).fact())
                + ". A person must look at it at the desk";
    }

    private static Optional<Change> alerted(Held held, Instant at, Case open, int level, boolean told) {
        return Change.of(held, new Event.CaseAlerted(at, open.number(), level, told));
    }
}
