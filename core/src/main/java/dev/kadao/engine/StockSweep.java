package dev.kadao.engine;

import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Stage;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.ReservingInventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases reservations in a stock elsewhere that no order will ever use: slow, bounded, on every node, which is harmless
 * since a release is idempotent.
 *
 * <p>A release cannot be taken back: the order is refused keys for ever. So it is only done on what never changes
 * again: a stage from which no way leads to keys. That makes it safe against steps under way, transactions not yet
 * visible and reads of the past alike, for whoever sees such a stage sees it for good. That an order is not to be found
 * proves nothing: it is left, unless the shop has declared that the stock is its own.
 */
final class StockSweep {
    private static final Logger LOG = LoggerFactory.getLogger(StockSweep.class);
    /** Reservations that are rightly left must not hide the later ones: then more are looked at, up to so many. */
    private static final int MOST_LOOKED_AT = 20_000;

    private final Ports.Stock stock;
    private final Steps steps;
    private final SweepSettings settings;
    private final Duration limit;
    private final Seldom seldom;
    private final Rounds rounds;
    private int lookAt;

    StockSweep(
            Ports.Stock stock,
            Steps steps,
            SweepSettings settings,
            Clockwork clockwork,
            Duration limit,
            Seldom seldom) {
        this.stock = stock;
        this.steps = steps;
        this.settings = settings;
        this.limit = limit;
        this.seldom = seldom;
        this.rounds = new Rounds("stock-sweep", "sweeping the key stock", settings.interval(), clockwork, this::sweep);
        this.lookAt = settings.batch();
    }

    void start() {
        rounds.start();
    }

    void stop() {
        rounds.stop();
    }

    private void sweep() {
        KeyInventory inventory = stock.port();
        int asked = lookAt;
        List<OrderId> old =
                answer("old reservations", () -> inventory.reservationsOlderThan(settings.olderThan(), asked));
        if (old == null) {
            return;
        }
        int released = 0;
        List<OrderId> unknown = new ArrayList<>();
        for (OrderId order : old) {
            if (rounds.isStopped() || released == settings.batch()) {
                break;
            }
            if (wasLetGo(order)) {
                released++;
                continue;
            }
            String cause = cause(order, unknown);
            if (cause != null) {
                ReleaseAnswer answer = answer("release of " + order, () -> inventory.release(order, cause));
                if (answer == null) {
                    return;
                }
                released++;
                LOG.info("the keys reserved for order {} were released ({}): {}", order, cause, answer);
            }
        }
        // Oldest first: what is left stands in front of the rest the next time, too.
        lookAt = released == 0 && old.size() == asked ? Math.min(2 * asked, MOST_LOOKED_AT) : settings.batch();
        tell(unknown);
    }

    /**
     * A reservation that reached the stock after it was given back, as its order closed. The order may still be paid, so it
     * is not released for good; if it is being paid right now, the hand-over finds nothing and keys are reserved again.
     */
    private boolean wasLetGo(OrderId id) {
        if (!(stock.port() instanceof ReservingInventory reserving)) {
            return false;
        }
        Held held = steps.read(id.checkout());
        if (held == null || !held.hasLine(id.line())) {
            return false;
        }
        Order order = held.checkout().order(id.line());
        if (order.stage() != Stage.CLOSED || order.route().reserving() == null) {
            return false;
        }
        Boolean done = answer("letting go of " + id, () -> {
            reserving.letGo(id);
            return true;
        });
        return done != null;
    }

    /** Why this order's reservation is to be released; null if it is left. */
    private @Nullable String cause(OrderId id, List<OrderId> unknown) {
        Held held = steps.read(id.checkout());
        if (held == null || !held.hasLine(id.line())) {
            if (settings.unknown() == SweepSettings.Unknown.RELEASE) {
                return "swept: no such order in the store";
            }
            unknown.add(id);
            return null;
        }
        Order order = held.checkout().order(id.line());
        return isUnwanted(order) ? "swept: the order is " + order.stage() : null;
    }

    /** Whether no way leads from here to keys of this reservation. Keys that are the buyer's are never touched. */
    static boolean isUnwanted(Order order) {
        Keys.State keys = order.keys().state();
        boolean over = order.stage() == Stage.REFUNDED || order.stage() == Stage.COMPLETED;
        return keys == Keys.State.RETURNED || (over && keys != Keys.State.HANDED_OVER);
    }

    private void tell(List<OrderId> unknown) {
        if (!unknown.isEmpty() && seldom.allows("swept unknown", Duration.ofDays(1))) {
            LOG.warn(
                    "{} reservations older than {} are left, for their orders are not in this store, {} the oldest:"
                            + " another shop's, or orders that were lost. If nobody else uses this stock, release them"
                            + " with SweepSettings.Unknown.RELEASE.",
                    unknown.size(),
                    settings.olderThan(),
                    unknown.get(0));
        }
    }

    /** The answer of the stock; null if there was none in time. */
    private <T> @Nullable T answer(String reference, Callable<T> work) {
        Reply<T> reply = stock.adapter().answer(reference, limit, work, answer -> false);
        return reply instanceof Reply.Answered<T> answered ? answered.value() : null;
    }
}
