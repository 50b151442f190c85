package dev.kadao.testkit;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A store that fails where a test tells it to and is the wrapped one otherwise: steps whose answer is lost before or
 * after they were written, and calls that throw. Thread-safe as far as the wrapped store is.
 */
public final class FaultyStore implements CheckoutStore {
    private final CheckoutStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Loss> losses = new ArrayList<>();
    private final Map<Call, Integer> failures = new EnumMap<>(Call.class);
    private int injected;

    /** When the answer of a step is lost. */
    public enum Moment {
        /** Nothing is written. */
        BEFORE_COMMIT,
        /** It is written; only the answer is lost. */
        AFTER_COMMIT
    }

    /** A call that can be made to throw. */
    public enum Call {
        READ,
        CLAIM,
        VIEW
    }

    private record Loss(Moment moment, Predicate<Step> which) {}

    public FaultyStore(CheckoutStore store) {
        this.store = store;
    }

    /** Loses the answer of the next step. */
    public void loseNext(Moment moment) {
        loseNext(moment, step -> true);
    }

    /** Loses the answer of the next step that this is true for; called several times, of as many steps. */
    public void loseNext(Moment moment, Predicate<Step> which) {
        locked(() -> losses.add(new Loss(moment, which)));
    }

    /** Makes the next calls of a kind throw a passing {@link StoreException}. */
    public void failNext(Call call, int times) {
        locked(() -> failures.merge(call, times, Integer::sum));
    }

    /** How many faults have happened. */
    public int injected() {
        return locked(() -> injected);
    }

    @Override
    public List<StepResult> commit(List<Step> steps) {
        Set<String> lostBefore = new HashSet<>();
        Set<String> lostAfter = new HashSet<>();
        for (Step step : steps) {
            locked(() -> plan(step, lostBefore, lostAfter));
        }
        List<Step> sent = steps.stream()
                .filter(step -> !lostBefore.contains(step.stepId()))
                .toList();
        List<StepResult> results = sent.isEmpty() ? List.of() : store.commit(sent);
        List<StepResult> answers = new ArrayList<>();
        int next = 0;
        for (Step step : steps) {
            if (lostBefore.contains(step.stepId())) {
                answers.add(new StepResult.Unknown("fault injected on purpose: " + Moment.BEFORE_COMMIT));
            } else {
                StepResult result = results.get(next++);
                answers.add(
                        lostAfter.contains(step.stepId())
                                ? new StepResult.Unknown("fault injected on purpose: " + Moment.AFTER_COMMIT)
                                : result);
            }
        }
        return answers;
    }

    private boolean plan(Step step, Set<String> lostBefore, Set<String> lostAfter) {
        for (Loss loss : losses) {
            if (loss.which().test(step)) {
                losses.remove(loss);
                injected++;
                return (loss.moment() == Moment.BEFORE_COMMIT ? lostBefore : lostAfter).add(step.stepId());
            }
        }
        return false;
    }

    @Override
    public Claimed claim(String worker, Duration lease, int limit) {
        failIfPlanned(Call.CLAIM);
        return store.claim(worker, lease, limit);
    }

    @Override
    public Reading read(CheckoutId id) {
        failIfPlanned(Call.READ);
        return store.read(id);
    }

    @Override
    public <T> T view(Function<StoreView, T> reader) {
        failIfPlanned(Call.VIEW);
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

    private void failIfPlanned(Call call) {
        boolean fails = locked(() -> {
            int left = failures.getOrDefault(call, 0);
            if (left > 0) {
                failures.put(call, left - 1);
                injected++;
            }
            return left > 0;
        });
        if (fails) {
            String message = "fault injected on purpose: " + call;
            throw new StoreException(message, true, new IOException(message));
        }
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
