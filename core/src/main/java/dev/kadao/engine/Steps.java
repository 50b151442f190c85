package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.Reading;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Read, decide, commit: the only way in which a stored checkout changes. Runs on the caller's thread, in its lane. */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    private static final int MOST_CLAIMS = 10_000;

    private final CheckoutStore store;
    private final Committer committer;
    private final String worker;
    private final Lanes lanes;
    private final StoreTime time;
    private final Flights flights;
    private final Seldom seldom;
    private final Carried carried = new Carried();
    /** What this process may have a claim of; given back when it closes. */
    private final Set<CheckoutId> claims = ConcurrentHashMap.newKeySet();

    private volatile Consumer<Held> afterwards = held -> {};
    private volatile Consumer<StepEnd.Written> watcher = written -> {};

    Steps(
            CheckoutStore store,
            Committer committer,
            String worker,
            Lanes lanes,
            StoreTime time,
            Flights flights,
            Seldom seldom) {
        this.store = store;
        this.committer = committer;
        this.worker = worker;
        this.lanes = lanes;
        this.time = time;
        this.flights = flights;
        this.seldom = seldom;
    }

    /** What follows each written step, outside its lane: the local wake-up. */
    void afterwards(Consumer<Held> work) {
        afterwards = work;
    }

    /** Who is told what each step of an existing checkout wrote, after what follows it. Must not block. */
    void watcher(Consumer<StepEnd.Written> told) {
        watcher = told;
    }

    Instant now() {
        return time.now();
    }

    /** Makes a step of an existing checkout. Never throws but for bugs of the caller. */
    StepEnd step(CheckoutId id, Change.Intention intention, Rule rule) {
        StepEnd end = inLane(id, () -> decided(id, intention, rule));
        String part = rule.endingPart();
        if (part != null && !(end instanceof StepEnd.Failed)) {
            // Before what follows: the same part may be due again at once.
            flights.end(id, part);
        }
        if (end instanceof StepEnd.Written written) {
            afterwards.accept(written.held());
            watcher.accept(written);
        }
        return end;
    }

    /** Makes the first step of a checkout; {@code Unchanged} with what is stored if the id exists. */
    StepEnd place(Event.Placed event, Change change) {
        StepEnd end = inLane(event.id(), () -> {
            Verdict.Moved moved = Lifecycle.place(event);
            Committer.Result result = committer.write(null, change, moved, event.now(), Rule.PLAIN);
            if (result instanceof Committer.Done done) {
                carry(done.held());
                return new StepEnd.Written(done.held(), done.entries(), done.at());
            }
            if (result instanceof Committer.NotServed lacking) {
                return new StepEnd.NotServed(lacking.answer());
            }
            Held known = read(event.id());
            return known == null ? new StepEnd.Failed("the store did not write it") : new StepEnd.Unchanged(known);
        });
        if (end instanceof StepEnd.Written written) {
            afterwards.accept(written.held());
        }
        return end;
    }

    /**
     * Makes the first step of a checkout within a transaction of the caller; null if the id exists. No lane: nothing in
     * memory is touched, and the insert may wait as long as another transaction of a caller is open.
     */
    @Nullable
    Held placeWithin(JoinedCommit joined, Event.Placed event, Change change) {
        return committer.placeWithin(joined, change, Lifecycle.place(event), event.now());
    }

    /** Reads a checkout as the caller's transaction sees it; null if it sees none. */
    @Nullable
    Held readWithin(JoinedCommit joined, CheckoutId id) {
        return joined.read(id).map(stored -> Held.of(stored, worker)).orElse(null);
    }

    /** Takes over a checkout that was claimed for this worker, so that it is read once; null if its lane is busy. */
    @Nullable
    Held adopt(StoredCheckout stored) {
        return lanes.alone(stored.id(), () -> {
            Held known = carried.get(stored.id());
            Held latest = known != null && known.version() >= stored.version() ? known : Held.of(stored, worker);
            Held held = latest.withClaim();
            carry(held);
            return held;
        });
    }

    /**
     * What follows a written step, once more, for a checkout that could not be served then. Where it cannot be read, it is
     * found again by its due time.
     */
    void lookAgain(CheckoutId id) {
        try {
            Held known = carried.get(id);
            Held held = known == null ? read(id) : known;
            if (held != null) {
                afterwards.accept(held);
            }
        } catch (StoreException e) {
            LOG.debug("checkout {} was not looked at again: {}", id, Thrown.named(e));
        }
    }

    /** Writes the due time again and gives the claim back, for a checkout with nothing to do now. */
    void putBack(CheckoutId id) {
        inLane(id, () -> {
            Held held = carried.get(id);
            if (held == null) {
                held = read(id);
            }
            if (held == null || !held.claimed()) {
                return new StepEnd.Missing();
            }
            Instant now = time.now();
            Verdict.Moved same = new Verdict.Moved(held.checkout(), List.of());
            Change nothing = new Change(new Event.TimeCame(now), held.personal(), null);
            committer.write(held, nothing, same, now, Rule.GIVE_BACK);
            carried.remove(id);
            claims.remove(id);
            return new StepEnd.Missing();
        });
    }

    /** The checkouts of which this process may have the claim. */
    List<CheckoutId> claimed() {
        return claims.stream().sorted().toList();
    }

    /** Reads a checkout as it is stored now; null if there is none. */
    @Nullable
    Held read(CheckoutId id) {
        Reading reading = store.read(id);
        time.saw(reading.now());
        Optional<StoredCheckout> found = reading.checkout();
        return found.isEmpty() ? null : Held.of(found.get(), worker);
    }

    private StepEnd inLane(CheckoutId id, Supplier<StepEnd> work) {
        StepEnd end = lanes.alone(id, () -> {
            try {
                return work.get();
            } catch (RuntimeException e) {
                carried.remove(id);
                boolean ofStore = e instanceof StoreException;
                if (seldom.allows((ofStore ? "store" : "step " + id), Duration.ofMinutes(ofStore ? 1 : 60))) {
                    LOG.error("a step of checkout {} failed: {}", id, Thrown.named(e));
                }
                return new StepEnd.Failed(ofStore ? "the store failed" : "the checkout could not be read or decided");
            }
        });
        return end == null ? new StepEnd.Failed("too many steps of checkout " + id + " at once") : end;
    }

    private StepEnd decided(CheckoutId id, Change.Intention intention, Rule rule) {
        // One attempt more than the rule's: the first one may be on a state carried here while others wrote.
        for (int attempt = 0; attempt <= rule.attempts(); attempt++) {
            Held carriedHere = carried.get(id);
            Held held = carriedHere == null ? read(id) : carriedHere;
            if (held == null) {
                return new StepEnd.Missing();
            }
            Instant now = time.now();
            Optional<Change> change = intention.on(held, now);
            Verdict verdict = change.isEmpty() ? new Verdict.Repeated() : verdict(held, change.get(), now);
            if (verdict instanceof Verdict.Moved moved) {
                Committer.Result result = committer.write(held, change.orElseThrow(), moved, now, rule);
                if (result instanceof Committer.Done done) {
                    carry(done.held());
                    return new StepEnd.Written(done.held(), done.entries(), done.at());
                }
                carried.remove(id);
                if (result instanceof Committer.NotKept) {
                    return new StepEnd.Failed("the stock could not take in what a supplier sold");
                }
            } else if (carriedHere == null) {
                return unwritten(held, change.isPresent(), verdict);
            } else {
                // What writes nothing is not guarded by a version: it is only believed of a state read just now.
                carried.remove(carriedHere);
            }
        }
        return new StepEnd.Failed("other writers won " + rule.attempts() + " times");
    }

    private Verdict verdict(Held held, Change change, Instant now) {
        Verdict verdict = Lifecycle.decide(held.checkout(), change.event());
        boolean stockIsDue = verdict instanceof Verdict.Repeated
                && change.event() instanceof Event.TimeCame
                && committer.takesStockInCommit()
                && !StockInStep.due(held.checkout(), now).isEmpty();
        // Erasing decides nothing, and is written none the less.
        boolean erases = verdict instanceof Verdict.Repeated
                && change.personal().isErased()
                && !held.personal().isErased();
        // Of what is known already the keys may be others: those are kept, and nobody's.
        boolean bringsKeys = verdict instanceof Verdict.Repeated && change.supplied() != null;
        return stockIsDue || erases || bringsKeys ? new Verdict.Moved(held.checkout(), List.of()) : verdict;
    }

    private static StepEnd unwritten(Held held, boolean wanted, Verdict verdict) {
        if (!wanted) {
            return new StepEnd.NotWanted(held);
        }
        return verdict instanceof Verdict.Refused refused
                ? new StepEnd.Refused(refused, held)
                : new StepEnd.Unchanged(held);
    }

    private void carry(Held held) {
        carried.put(held);
        if (claims.size() >= MOST_CLAIMS) {
            // They only spare others a wait: a claim that is not given back lapses.
            claims.clear();
        }
        if (held.claimed()) {
            claims.add(held.id());
        } else {
            claims.remove(held.id());
        }
    }
}
