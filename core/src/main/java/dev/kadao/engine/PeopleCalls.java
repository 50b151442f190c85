package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.order.Case;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import java.time.Duration;
import java.util.Optional;
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
                                return false;
                            }
                            teller.port().tell(order.id(), message.kind(), recipient, reference);
                            return true;
                        },
                        told -> !told,
                        reason -> false,
                        (now, at, told) -> Change.of(now, new Event.MessageTold(at, effect.message(), told))));
    }

    void alert(Held held, Effect.AlertCase effect) {
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
        answers.store(
                held.id(), effect.part(), (now, at) -> Change.of(now, new Event.CaseAlerted(at, effect.caseNumber())));
    }
}
