package dev.kadao.memory;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkout store in memory. Thread-safe; everything happens under one fair lock, so that each call sees one moment. A
 * {@link #view} holds that lock while its reader runs: writers wait for it.
 */
public final class InMemoryCheckoutStore implements CheckoutStore {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryCheckoutStore.class);
    private static final int MOST_STEPS = 200;

    private final InstantSource clock;
    private final @Nullable InMemoryKeyInventory inventory;
    private final ReentrantLock lock;
    private final CheckoutTable checkouts = new CheckoutTable();
    private final IndexTable index = new IndexTable();
    private final NoticeTable notices = new NoticeTable();

    /** An empty store by the system's clock, with no stock of its own. */
    public InMemoryCheckoutStore() {
        this(InstantSource.system(), null);
    }

    private InMemoryCheckoutStore(InstantSource clock, @Nullable InMemoryKeyInventory inventory) {
        this.clock = clock;
        this.inventory = inventory;
        this.lock = inventory == null ? new ReentrantLock(true) : inventory.lock();
    }

    /** An empty store by this clock, with no stock of its own: a step with stock gets {@code NotTried} answers. */
    public static InMemoryCheckoutStore withClock(InstantSource clock) {
        return new InMemoryCheckoutStore(clock, null);
    }

    /** An empty store by the inventory's clock and under its lock, so that steps take keys inside their commit. */
    public static InMemoryCheckoutStore sharing(InMemoryKeyInventory inventory) {
        return new InMemoryCheckoutStore(inventory.clock(), inventory);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidValueException for over 200 steps, or two of one checkout; nothing is written then
     */
    @Override
    public List<StepResult> commit(List<Step> steps) {
        checkBatch(steps);
        return locked(() -> {
            StepResult[] results = new StepResult[steps.size()];
            // Who pays comes before who has not paid: the steps of a commit have no order among themselves.
            for (boolean reserving : new boolean[] {false, true}) {
                for (int i = 0; i < results.length; i++) {
                    if (reserves(steps.get(i)) == reserving) {
                        results[i] = commitOne(steps.get(i));
                    }
                }
            }
            return List.of(results);
        });
    }

    @Override
    public Claimed claim(String worker, Duration lease, int limit) {
        return locked(() -> {
            Instant now = now();
            return new Claimed(now, checkouts.claim(worker, lease, limit, now), notices.dueBy(now, limit));
        });
    }

    @Override
    public Reading read(CheckoutId id) {
        return locked(
                () -> new Reading(now(), Optional.ofNullable(checkouts.row(id)).map(CheckoutTable.Row::stored)));
    }

    @Override
    public <T> T view(Function<StoreView, T> reader) {
        return locked(() -> {
            KeyShelf shelf = inventory == null ? null : inventory.shelf();
            LockedView view = new LockedView(now(), checkouts, index, notices, shelf);
            try {
                return reader.apply(view);
            } finally {
                view.end();
            }
        });
    }

    @Override
    public boolean sharesCommitWith(KeyInventory other) {
        return inventory == other;
    }

    /** Always false: there is no transaction of the caller that a store in memory could join. */
    @Override
    public boolean isOwn(JoinedCommit joined) {
        return false;
    }

    private static boolean reserves(Step step) {
        return step instanceof Step.WithStock withStock
                && withStock.requests().stream().anyMatch(Step.StockRequest.ReserveUnpaid.class::isInstance);
    }

    private static void checkBatch(List<Step> steps) {
        if (steps.size() > MOST_STEPS) {
            throw new InvalidValueException(
                    "a commit takes at most " + MOST_STEPS + " steps, not " + steps.size() + ": split it");
        }
        Set<CheckoutId> named = new HashSet<>();
        for (Step step : steps) {
            if (step instanceof Step.OfCheckout ofCheckout && !named.add(ofCheckout.id())) {
                throw new InvalidValueException(
                        "two steps of one commit name checkout " + ofCheckout.id() + ": commit them one after another");
            }
        }
    }

    private StepResult commitOne(Step step) {
        Instant now = now();
        if (step instanceof Step.NoticeAlone alone) {
            notices.write(alone.notice(), now);
            return new StepResult.Done(0, now, false);
        }
        Step.OfCheckout ofCheckout = (Step.OfCheckout) step;
        if (!checkouts.admits(ofCheckout, now)) {
            return new StepResult.Stale();
        }
        try {
            StockInCommit.Finished finished = finished(ofCheckout, now);
            return finished instanceof StockInCommit.Finished.Writes writes
                    ? write(ofCheckout, writes.write(), now)
                    : new StepResult.NotServed(((StockInCommit.Finished.Lacks) finished).answer());
        } catch (RuntimeException e) {
            LOG.error("Step {} of checkout {} failed and is not written.", step.stepId(), ofCheckout.id(), e);
            return new StepResult.Unknown("the step failed with " + e.getClass().getName());
        } finally {
            takeBackStock();
        }
    }

    private StockInCommit.Finished finished(Step.OfCheckout step, Instant now) {
        if (step instanceof Step.Plain plain) {
            return new StockInCommit.Finished.Writes(plain.write());
        }
        Step.WithStock withStock = (Step.WithStock) step;
        return inventory == null
                ? StockInCommit.notTried(withStock, "the store has no stock of its own")
                : new StockInCommit(inventory.shelf(), index).finish(withStock, now);
    }

    private StepResult write(Step.OfCheckout step, Step.Write write, Instant now) {
        if (!checkouts.follows(step, write)) {
            return new StepResult.Unknown("journal number " + write.seq() + " of checkout " + step.id()
                    + " does not follow the stored one: nothing is written");
        }
        CheckoutTable.Row row = checkouts.write(step, write, now);
        index.replace(step.id(), write.index());
        if (step.notice() != null) {
            notices.write(step.notice(), now);
        }
        if (inventory != null) {
            inventory.shelf().keep();
        }
        return new StepResult.Done(row.stored().version(), now, row.holding().isFor(step.claim()));
    }

    /** Whatever the stock gave to a step that was not written. */
    private void takeBackStock() {
        if (inventory != null) {
            inventory.shelf().takeBack();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
