package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Personal;
import dev.kadao.order.Stage;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Shows keys: the stock marks them as seen first, then it is recorded with its origin, then the buyer gets them. What
 * cannot be recorded is not shown.
 */
final class Revealing {
    private final Reads reads;
    private final Steps steps;
    private final Answers answers;
    private final Ports ports;
    private final Clockwork clockwork;
    private final Duration limit;

    Revealing(Reads reads, Steps steps, Answers answers, Ports ports, Clockwork clockwork, Duration limit) {
        this.reads = reads;
        this.steps = steps;
        this.answers = answers;
        this.ports = ports;
        this.clockwork = clockwork;
        this.limit = limit;
    }

    /** @param origin where they are asked for; null if that is not known */
    Revelation reveal(OrderId id, @Nullable String origin) {
        Held held;
        try {
            held = steps.read(id.checkout());
        } catch (StoreException e) {
            return busy(id, "the store failed");
        }
        if (held == null || !held.hasLine(id.line())) {
            return new Revelation.NotShown(new Outcome.NotFound("there is no " + id), null);
        }
        Order order = held.checkout().order(id.line());
        if (!order.route().givesKeys()) {
            return refused("order " + id + " is no order of keys: there is none to show", receipt(held, order));
        }
        boolean shows = switch (order.stage()) {
            case DELIVERED, COMPLETED -> true;
            case DISPUTED -> order.keys().revealed();
            case AWAITING_PAYMENT,
                    CLOSED,
                    ON_HOLD,
                    PAID,
                    RESERVED,
                    DISPATCHING,
                    UNCERTAIN,
                    REPLACING,
                    REFUNDING,
                    REFUNDED,
                    PARKED -> false;
        };
        if (!shows) {
            return refused(
                    "order " + id + " is " + order.stage() + ": keys are shown in DELIVERED and COMPLETED"
                            + (order.stage() == Stage.DISPUTED
                                    ? ", and in DISPUTED only if they were seen before"
                                    : ""),
                    null);
        }
        return shown(id, order, origin);
    }

    private Revelation shown(OrderId id, Order order, @Nullable String origin) {
        Reply<RevealAnswer> reply = asked(id);
        if (!(reply instanceof Reply.Answered<RevealAnswer> answered)) {
            return busy(id, reply == null ? "the key inventory is not reached" : reply.reason());
        }
        if (answered.value() instanceof RevealAnswer.Erased) {
            return refused(
                    "order " + id
                            + " was delivered, but the shop keeps keys for a limited time, which is over: they are"
                            + " erased and cannot be shown any more",
                    null);
        }
        if (!(answered.value() instanceof RevealAnswer.Revealed revealed)) {
            boolean fromStock = order.keys().state() == Keys.State.HANDED_OVER;
            return refused(
                    fromStock
                            ? "order " + id + " has no keys any more: they were taken back just now"
                            : "order " + id + " was handed over by a person and not from the stock: there are no keys"
                                    + " here to show",
                    null);
        }
        Change.Intention seen = seen(id, origin);
        if (steps.step(id.checkout(), seen, Rule.PLAIN) instanceof StepEnd.Failed failed) {
            if (!order.keys().revealed()) {
                // The stock has marked them: that fact is brought in later, and the buyer asks again.
                answers.store(id.checkout(), null, seen);
            }
            return busy(id, failed.reason());
        }
        return new Revelation.Shown(revealed.keys());
    }

    private static Change.Intention seen(OrderId id, @Nullable String origin) {
        return (held, now) -> {
            Personal personal = held.personal();
            boolean first = !held.checkout().order(id.line()).keys().revealed();
            Event event = new Event.KeysShown(now, id.line(), Origins.commitment(personal, origin));
            return Optional.of(new Change(event, Origins.remembering(personal, origin, first), null));
        };
    }

    private @Nullable Reply<RevealAnswer> asked(OrderId id) {
        Ports.Stock stock = ports.stock();
        if (stock == null || !(stock.adapter().enter() instanceof Adapter.Ticket ticket)) {
            return null;
        }
        CompletableFuture<Reply<RevealAnswer>> told = new CompletableFuture<>();
        ticket.call(new GuardedCall.Order<RevealAnswer>(
                "reveal of " + id, limit, limit, () -> stock.port().reveal(id), answer -> false, told::complete));
        return clockwork.await(told, limit.plus(limit)) ? told.getNow(new Reply.Overdue<>(limit)) : null;
    }

    private static Revelation busy(OrderId id, String reason) {
        return new Revelation.NotShown(
                new Outcome.Busy("the keys of " + id + " cannot be shown right now: " + reason + ". Ask again"), null);
    }

    private static Revelation refused(String sentence, @Nullable String receipt) {
        return new Revelation.NotShown(new Outcome.Refused(Outcome.Why.WRONG_STAGE, sentence), receipt);
    }

    /** The receipt of the delivered dispatch: its commitment stands in the journal, its text on the erasable side. */
    private @Nullable String receipt(Held held, Order order) {
        Optional<Dispatch> delivered = order.dispatches().stream()
                .filter(dispatch -> dispatch.state() == Dispatch.State.DELIVERED)
                .findFirst();
        if (delivered.isEmpty()) {
            return null;
        }
        return reads.journal(held.id()).stream()
                .map(Reads.Recorded::entry)
                .filter(Entry.DispatchDelivered.class::isInstance)
                .map(Entry.DispatchDelivered.class::cast)
                .filter(entry -> entry.line() == order.line())
                .flatMap(entry -> held.personal().text(entry.receipt()).stream())
                .findFirst()
                .orElse(null);
    }
}
