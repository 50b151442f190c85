package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.order.Order;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds stock that arrived to the orders that wait for it, longest paid first, until one finds none. */
final class StockFeeding {
    private static final Logger LOG = LoggerFactory.getLogger(StockFeeding.class);
    private static final String WAITING = "waiting";
    private static final int PAGE = 100;
    private static final int MOST = 10_000;

    private final CheckoutStore store;
    private final Steps steps;
    private final Flights flights;
    private final Clockwork clockwork;
    private final Clockwork.Crew crew;
    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    /** SKUs being fed; true if more arrived meanwhile. */
    private final Map<String, Boolean> feeding = new HashMap<>();

    StockFeeding(
            CheckoutStore store,
            Steps steps,
            Flights flights,
            Clockwork clockwork,
            Clockwork.Crew crew,
            Duration limit) {
        this.store = store;
        this.steps = steps;
        this.flights = flights;
        this.clockwork = clockwork;
        this.crew = crew;
        this.limit = limit;
    }

    void arrived(String sku) {
        lock.lock();
        try {
            // The walk under way may have passed the first of those that wait: it is then made once more.
            if (feeding.put(sku, feeding.containsKey(sku)) != null) {
                return;
            }
        } finally {
            lock.unlock();
        }
        if (!crew.submit(() -> feed(sku))) {
            ended(sku);
        }
    }

    private void feed(String sku) {
        try {
            walk(sku);
        } catch (StoreException e) {
            LOG.warn(
                    "feeding new stock of '{}' to waiting orders stopped: {}. They try by themselves",
                    sku,
                    Thrown.named(e));
        } finally {
            if (ended(sku)) {
                arrived(sku);
            }
        }
    }

    private boolean ended(String sku) {
        lock.lock();
        try {
            Boolean more = feeding.remove(sku);
            return more != null && more;
        } finally {
            lock.unlock();
        }
    }

    private void walk(String sku) {
        IndexHit after = null;
        for (int fed = 0; fed < MOST; fed += PAGE) {
            List<IndexHit> page = page(sku, after);
            for (IndexHit hit : page) {
                if (!isServed(hit)) {
                    return;
                }
                after = hit;
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    private List<IndexHit> page(String sku, @Nullable IndexHit after) {
        return store.view(view -> view.find(new IndexQuery(WAITING, sku + " ", true, after, PAGE)));
    }

    /** Tries one order; answers whether there may be stock for the next one. */
    private boolean isServed(IndexHit hit) {
        int line = hit.number();
        StepEnd end = steps.step(
                hit.checkout(),
                (held, now) ->
                        held.hasLine(line) ? Change.of(held, new Event.StockArrived(now, line)) : Optional.empty(),
                Rule.PLAIN);
        if (end instanceof StepEnd.Failed) {
            return false;
        }
        clockwork.await(flights.landing(hit.checkout(), "o" + line), limit);
        Held after = steps.read(hit.checkout());
        if (after == null || !after.hasLine(line)) {
            return true;
        }
        Order order = after.checkout().order(line);
        boolean waits = order.stage() == Stage.PAID || order.stage() == Stage.REPLACING;
        return !waits || order.keys().waitingSince() == null;
    }
}
