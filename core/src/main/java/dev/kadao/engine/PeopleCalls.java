package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Event.MessageTold.Telling;
import dev.kadao.order.Case;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import dev.kadao.order.Schedule;
import dev.kadao.port.NotToldException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people are told: the buyer by messages, the operators by one line of the log per alert. */
final class PeopleCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PeopleCalls.class);

    private final Calls calls;
    private final Ports ports;
    private final Answers answers;
    private final Duration limit;

    PeopleCalls(Calls calls, Ports ports, Answers answers, Duration limit) {
        this.calls = calls;
        this.ports = ports;
        this.answers = answers;
        this.limit = limit;
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

    void alert(Held held, Effect.AlertCase effect, Instant at) {
        Case open = held.checkout().caseNumber(effect.caseNumber());
        LOG.warn(
                "case {} of checkout {} is open: {} about {}, {}. A person must look at it at the desk",
                open.number(),
                held.id(),
                open.kind(),
                open.subject(),
                open.evidence().isEmpty()
                        ? "no evidence"
                        : open.evidence().get(open.evidence().size() - 1).fact());
        int level = open.levelAt(at);
        answers.store(
                held.id(),
                effect.part(),
                (now, storeNow) -> Change.of(now, new Event.CaseAlerted(storeNow, effect.caseNumber(), level, true)));
    }
}
