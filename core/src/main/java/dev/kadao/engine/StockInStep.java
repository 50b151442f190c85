package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a step asks of stock that lies in the same database, and how it is finished with the answers. Pure. */
final class StockInStep {

    /** A decision so far: what it leaves, and of which events and entries it is made. */
    record Decided(Checkout after, List<Entry> entries, List<String> events) {
        Decided {
            entries = List.copyOf(entries);
            events = List.copyOf(events);
        }
    }

    /** What is to be done with the keys that came with the event. */
    record Intake(Checkout before, Supplied supplied, Event.SupplierSaid said, StockRequest request) {}

    private final Decided before;
    private final Instant now;
    private final boolean backsOff;
    private final @Nullable Intake intake;
    private final List<Effect.OfStock> effects;

    /**
     * @param backsOff whether stock that could not be tried is tried again later only, not at once
     * @param intake null where the event brought no keys
     */
    StockInStep(Decided before, Instant now, boolean backsOff, @Nullable Intake intake) {
        this.before = before;
        this.now = now;
        this.backsOff = backsOff;
        this.intake = intake;
        this.effects = due(before.after(), now);
    }

    static List<Effect.OfStock> due(Checkout checkout, Instant now) {
        Stream<Effect.OfStock> pending = Lifecycle.pending(checkout, now).stream()
                .filter(effect -> effect instanceof Effect.OfStock && !(effect instanceof Effect.HandOverKeys))
                .map(Effect.OfStock.class::cast);
        return Stream.concat(pending, Lifecycle.pendingUnpaid(checkout, now).stream())
                .distinct()
                .toList();
    }

    boolean isEmpty() {
        return effects.isEmpty() && intake == null;
    }

    /** The intake first: what becomes of it may change what the rest is for. */
    List<StockRequest> requests() {
        List<StockRequest> requests = new ArrayList<>();
        if (intake != null) {
            requests.add(intake.request());
        }
        effects.forEach(effect -> requests.add(request(before.after().order(effect.line()), effect)));
        return requests;
    }

    /** Whether keys that came were not kept: then nothing may be written of the answer that brought them. */
    boolean isLost(List<StockAnswer> answers) {
        return intake != null && answers.get(0) instanceof StockAnswer.NotTried;
    }

    private static StockRequest request(Order order, Effect.OfStock effect) {
        if (effect instanceof Effect.ReleaseKeys release) {
            return new StockRequest.Release(order.id(), release.cause());
        }
        if (effect instanceof Effect.ReserveUnpaid) {
            Route.Reserving reserving = order.route().reserving();
            int cap = reserving == null ? 0 : reserving.cap();
            boolean orNothing = reserving != null && reserving.orRefuse();
            return new StockRequest.ReserveUnpaid(order.id(), order.sku(), order.quantity(), cap, orNothing);
        }
        if (effect instanceof Effect.LetKeysGo) {
            return new StockRequest.LetGo(order.id());
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
        Decided start = before;
        List<StockAnswer> ofEffects = answers;
        if (intake != null) {
            start = with(intake, answers.get(0));
            ofEffects = answers.subList(1, answers.size());
        }
        Checkout after = start.after();
        List<Entry> entries = new ArrayList<>(start.entries());
        List<String> events = new ArrayList<>(start.events());
        for (int i = 0; i < ofEffects.size(); i++) {
            if (ofEffects.get(i) instanceof StockAnswer.NotTried && !backsOff) {
                continue;
            }
            Event event = new Event.StockSaid(now, effects.get(i).line(), ofEffects.get(i));
            if (Lifecycle.decide(after, event) instanceof Verdict.Moved moved) {
                after = kept(after, moved);
                entries.addAll(moved.entries());
                events.add(event.identity());
            }
        }
        return new Decided(after, entries, events);
    }

    private Decided with(Intake taken, StockAnswer answer) {
        if (answer instanceof StockAnswer.Taken) {
            return before;
        }
        return answer instanceof StockAnswer.NotTried
                ? new Decided(taken.before(), List.of(), List.of())
                : taken.supplied().unfit(taken.before(), taken.said(), answer);
    }

    /** The decision if the stock gives whatever it is asked for. */
    Decided hoped() {
        return with(hopedAnswers());
    }

    List<StockAnswer> hopedAnswers() {
        List<StockAnswer> hoped = new ArrayList<>();
        if (intake != null) {
            hoped.add(new StockAnswer.Taken());
        }
        effects.forEach(effect -> hoped.add(hoped(effect)));
        return List.copyOf(hoped);
    }

    private static StockAnswer hoped(Effect.OfStock effect) {
        if (effect instanceof Effect.ReserveUnpaid) {
            return new StockAnswer.ForUnpaid(new UnpaidAnswer.Reserved());
        }
        if (effect instanceof Effect.LetKeysGo) {
            return new StockAnswer.Gone();
        }
        return effect instanceof Effect.ReleaseKeys
                ? new StockAnswer.Returned(new ReleaseAnswer.Released())
                : new StockAnswer.Taken();
    }

    /** A step without entries changes the schedule alone: folding the journal would not find any other change. */
    static Checkout kept(Checkout before, Verdict.Moved moved) {
        return moved.entries().isEmpty() ? before.with(moved.after().schedule()) : moved.after();
    }
}
