package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a step asks of stock that lies in the same database, and how it is finished with the answers. Pure. */
final class StockInStep {

    /** A decision so far: what it leaves, and of which events and entries it is made. */
    record Decided(Checkout after, List<Entry> entries, List<String> events) {
        Decided {
            entries = List.copyOf(entries);
            events = List.copyOf(events);
        }
    }

    private final Decided before;
    private final Instant now;
    private final boolean backsOff;
    private final List<Effect.OfStock> effects;

    /** @param backsOff whether stock that could not be tried is tried again later only, not at once */
    StockInStep(Decided before, Instant now, boolean backsOff) {
        this.before = before;
        this.now = now;
        this.backsOff = backsOff;
        this.effects = due(before.after(), now);
    }

    static List<Effect.OfStock> due(Checkout checkout, Instant now) {
        return Lifecycle.pending(checkout, now).stream()
                .filter(effect -> effect instanceof Effect.OfStock && !(effect instanceof Effect.HandOverKeys))
                .map(Effect.OfStock.class::cast)
                .toList();
    }

    boolean isEmpty() {
        return effects.isEmpty();
    }

    List<StockRequest> requests() {
        return effects.stream()
                .map(effect -> request(before.after().order(effect.line()), effect))
                .toList();
    }

    private static StockRequest request(Order order, Effect.OfStock effect) {
        if (effect instanceof Effect.ReleaseKeys release) {
            return new StockRequest.Release(order.id(), release.cause());
        }
        if (effect instanceof Effect.ReplaceKeys replace) {
            return new StockRequest.Replace(order.id(), order.sku(), order.quantity(), replace.replacement());
        }
        Instant paidAt = order.paidAt();
        return new StockRequest.Take(
                order.id(), order.sku(), order.quantity(), paidAt == null ? order.since() : paidAt);
    }

    /** The decision, gone on with what the stock answered. */
    Decided with(List<StockAnswer> answers) {
        Checkout after = before.after();
        List<Entry> entries = new ArrayList<>(before.entries());
        List<String> events = new ArrayList<>(before.events());
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof StockAnswer.NotTried && !backsOff) {
                continue;
            }
            Event event = new Event.StockSaid(now, effects.get(i).line(), answers.get(i));
            if (Lifecycle.decide(after, event) instanceof Verdict.Moved moved) {
                after = kept(after, moved);
                entries.addAll(moved.entries());
                events.add(event.identity());
            }
        }
        return new Decided(after, entries, events);
    }

    /** The decision if the stock gives whatever it is asked for. */
    Decided hoped() {
        return with(hopedAnswers());
    }

    List<StockAnswer> hopedAnswers() {
        return effects.stream()
                .map(effect -> effect instanceof Effect.ReleaseKeys
                        ? new StockAnswer.Returned(new ReleaseAnswer.Released())
                        : (StockAnswer) new StockAnswer.Taken())
                .toList();
    }

    /** A step without entries changes the schedule alone: folding the journal would not find any other change. */
    static Checkout kept(Checkout before, Verdict.Moved moved) {
        return moved.entries().isEmpty() ? before.with(moved.after().schedule()) : moved.after();
    }
}
