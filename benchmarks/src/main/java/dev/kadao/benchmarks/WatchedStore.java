package dev.kadao.benchmarks;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store that tells when a commit has left a checkout with a delivered order. */
final class WatchedStore implements CheckoutStore {
    private static final IndexRow DELIVERED = new IndexRow("stage", "DELIVERED", 1);

    private final CheckoutStore store;
    private final Consumer<CheckoutId> delivered;

    WatchedStore(CheckoutStore store, Consumer<CheckoutId> delivered) {
        this.store = store;
        this.delivered = delivered;
    }

    @Override
    public List<StepResult> commit(List<Step> steps) {
        List<StepResult> results = store.commit(steps);
        for (int i = 0; i < steps.size(); i++) {
            if (results.get(i) instanceof StepResult.Done
                    && steps.get(i) instanceof Step.Plain plain
                    && plain.write().index().contains(DELIVERED)) {
                delivered.accept(plain.id());
            }
        }
        return results;
    }

    @Override
    public Claimed claim(String worker, Duration lease, int limit) {
        return store.claim(worker, lease, limit);
    }

    @Override
    public Reading read(CheckoutId id) {
        return store.read(id);
    }

    @Override
    public <T> T view(Function<StoreView, T> reader) {
        return store.view(reader);
    }

    @Override
    public boolean sharesCommitWith(KeyInventory inventory) {
        return store.sharesCommitWith(inventory);
    }

    @Override
    public boolean isOwn(JoinedCommit joined) {
        return store.isOwn(joined);
    }
}
