package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A store in front of another one that goes wrong on demand. */
final class TroubledStore implements CheckoutStore {
    /** What goes wrong with a commit. */
    enum Trouble {
        /** Not written; the answer is lost. */
        LOST_BEFORE,
        /** Written; the answer is lost. */
        LOST_AFTER,
        /** Not written: another writer won. */
        STALE,
        /** Written, as if the stock could not be asked. */
        STOCK_BUSY,
        /** The store cannot be reached. */
        DOWN
    }

    private record Plan(Predicate<Step> steps, Trouble trouble, int[] left) {}

    private final CheckoutStore store;
    private final List<Plan> plans = new ArrayList<>();
    private Predicate<Step> late = none -> false;
    private Runnable meanwhile = () -> {};
    private int commitsUntil = -1;
    private Runnable beforeCommit = () -> {};
    private boolean down;
    int commits;
    int reads;
    int views;

    TroubledStore(CheckoutStore store) {
        this.store = store;
    }

    /** The next {@code times} commits of such steps go wrong. */
    void trouble(Trouble trouble, int times, Predicate<Step> steps) {
        plans.add(new Plan(steps, trouble, new int[] {times}));
    }

    /** Done once, between the next commit of such steps and its answer. */
    void beforeAnswer(Predicate<Step> steps, Runnable work) {
        late = steps;
        meanwhile = work;
    }

    /** Done once, after {@code count} further commits and right before the next one. */
    void beforeCommit(int count, Runnable work) {
        commitsUntil = count;
        beforeCommit = work;
    }

    /** Does not wait any longer for the commit before which something was to be done; answers whether it was done. */
    boolean wasBeforeCommit() {
        boolean was = commitsUntil < 0;
        commitsUntil = -1;
        return was;
    }

    void down(boolean isDown) {
        down = isDown;
    }

    void heal() {
        plans.clear();
        down = false;
    }

    @Override
    public List<StepResult> commit(List<Step> steps) {
        return steps.stream().map(this::commit).toList();
    }

    private StepResult commit(Step step) {
        check();
        if (commitsUntil >= 0 && commitsUntil-- == 0) {
            beforeCommit.run();
        }
        commits++;
        for (Plan plan : plans) {
            if (plan.left()[0] > 0 && plan.steps().test(step)) {
                plan.left()[0]--;
                return troubled(step, plan.trouble());
            }
        }
        boolean isLate = late.test(step);
        StepResult result = store.commit(List.of(step)).get(0);
        if (isLate) {
            late = none -> false;
            meanwhile.run();
        }
        return result;
    }

    private StepResult troubled(Step step, Trouble trouble) {
        return switch (trouble) {
            case LOST_BEFORE -> new StepResult.Unknown("lost before");
            case LOST_AFTER -> {
                store.commit(List.of(step));
                yield new StepResult.Unknown("lost after");
            }
            case STALE -> new StepResult.Stale();
            case STOCK_BUSY ->
                store.commit(List.of(withoutStock((Step.WithStock) step))).get(0);
            case DOWN -> throw failure();
        };
    }

    private static Step withoutStock(Step.WithStock step) {
        List<Step.StockAnswer> answers =
                Collections.nCopies(step.requests().size(), new Step.StockAnswer.NotTried("busy, by plan"));
        return new Step.Plain(
                step.stepId(),
                step.id(),
                step.expectedVersion(),
                step.claim(),
                step.notice(),
                step.continuation().apply(answers));
    }

    private void check() {
        if (down) {
            throw failure();
        }
    }

    private static StoreException failure() {
        return new StoreException("the store is down", true, new IllegalStateException("by plan"));
    }

    @Override
    public Claimed claim(String worker, Duration lease, int limit) {
        check();
        return store.claim(worker, lease, limit);
    }

    @Override
    public Reading read(CheckoutId id) {
        check();
        reads++;
        return store.read(id);
    }

    @Override
    public <T> T view(Function<StoreView, T> reader) {
        check();
        views++;
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
