package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.UnreadableDocumentException;
import dev.kadao.policy.EngineSettings;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.Claimed;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is due: stored state is the work list, so this is recovery, retries and deadlines in one. Claims a bounded
 * batch at a time and goes on while batches are full.
 */
final class DueLoop {
    private static final Logger LOG = LoggerFactory.getLogger(DueLoop.class);
    private static final int MOST_ROUNDS = 50;

    private final CheckoutStore store;
    private final String worker;
    private final EngineSettings settings;
    private final Clockwork clockwork;
    private final Clockwork.Crew loop;
    private final Clockwork.Crew crew;
    private final StoreTime time;
    private final Steps steps;
    private final EffectRunner runner;
    private final DueNotices notices;
    private final Seldom seldom;
    private volatile boolean stopped;
    private volatile @Nullable Long lastRoundNanos;

    DueLoop(
            CheckoutStore store,
            String worker,
            EngineSettings settings,
            Clockwork clockwork,
            Clockwork.Crew crew,
            StoreTime time,
            Steps steps,
            EffectRunner runner,
            DueNotices notices,
            Seldom seldom) {
        this.store = store;
        this.worker = worker;
        this.settings = settings;
        this.clockwork = clockwork;
        this.loop = clockwork.crew("due-loop", 1, 1);
        this.crew = crew;
        this.time = time;
        this.steps = steps;
        this.runner = runner;
        this.notices = notices;
        this.seldom = seldom;
    }

    void start() {
        loop.submit(this::turn);
    }

    void stop() {
        stopped = true;
    }

    /** How long ago a round was last finished; null if none was. */
    @Nullable
    Duration sinceLastRound() {
        Long last = lastRoundNanos;
        return last == null ? null : Duration.ofNanos(Math.max(0, clockwork.nanos() - last));
    }

    private void turn() {
        try {
            drain();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            if (seldom.allows("due loop", Duration.ofMinutes(1))) {
                LOG.error("a round of the due loop failed and is tried again: {}", Thrown.named(e));
            }
        } finally {
            if (!stopped) {
                clockwork.after(settings.watchdogInterval(), () -> loop.submit(this::turn));
            }
        }
    }

    private void drain() {
        for (int round = 0; round < MOST_ROUNDS && !stopped; round++) {
            Claimed claimed = store.claim(worker, settings.claimLease(), settings.batch());
            Instant now = time.saw(claimed.now());
            List<CompletableFuture<Void>> work = new ArrayList<>();
            claimed.checkouts().forEach(stored -> work.add(begun(() -> look(stored))));
            claimed.notices().forEach(notice -> work.add(begun(() -> notices.look(notice, now))));
            clockwork.await(CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)), settings.claimLease());
            // A full batch done is a round done: a long backlog after a restart is work, not a loop that stands still.
            lastRoundNanos = clockwork.nanos();
            if (claimed.checkouts().size() < settings.batch()) {
                return;
            }
        }
    }

    private CompletableFuture<Void> begun(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable ended = () -> {
            try {
                work.run();
            } finally {
                done.complete(null);
            }
        };
        if (!crew.submit(ended)) {
            ended.run();
        }
        return done;
    }

    private void look(StoredCheckout stored) {
        try {
            Held held = steps.adopt(stored);
            if (held != null) {
                look(held);
            }
        } catch (UnreadableDocumentException e) {
            // Its claim lapses and it comes back; nothing is guessed about a document that this version cannot read.
            if (seldom.allows("unreadable " + stored.id(), Duration.ofHours(1))) {
                LOG.error("checkout {} is due but cannot be read: {}", stored.id(), e.getMessage());
            }
        }
    }

    private void look(Held held) {
        Instant now = time.now();
        boolean decides = !(Lifecycle.decide(held.checkout(), new Event.TimeCame(now)) instanceof Verdict.Repeated);
        if (decides) {
            steps.step(held.id(), (state, at) -> Change.of(state, new Event.TimeCame(at)), Rule.PLAIN);
        } else if (!Lifecycle.pending(held.checkout(), now).isEmpty()) {
            runner.run(held);
        } else {
            nothingToDo(held, now);
        }
    }

    private void nothingToDo(Held held, Instant now) {
        Instant next = Lifecycle.nextDue(held.checkout());
        if (next == null || next.isAfter(now)) {
            steps.putBack(held.id());
        } else if (seldom.allows("idle " + held.id(), Duration.ofHours(1))) {
            LOG.warn("checkout {} is due since {} but has nothing to do: it is looked at again", held.id(), next);
        }
    }
}
