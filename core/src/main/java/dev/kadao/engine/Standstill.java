package dev.kadao.engine;

import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a supplier takes orders at all. After a no that concerns it as a whole (its balance is empty, the product is off)
 * it gets no new order for a growing while, then one at a time until it takes one. Beside the breaker and not in it: such a
 * supplier answers, so what it has is asked about and sent again as before.
 */
final class Standstill {
    private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);
    private static final int MOST_DOUBLINGS = 20;
    /** How long others wait for the outcome of a trial before they ask again. */
    private static final Duration TRIED_NOW = Duration.ofSeconds(2);

    private final String name;
    private final Duration first;
    private final Duration most;
    private final long trialNanos;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private int noes;
    /** Calls that began before say nothing of the supplier as it is now. */
    private long changedAt;

    private long pausedUntil;
    private long trialUntil;

    /**
     * @param first how long after the first no; doubles with each further one
     * @param most the longest pause
     * @param trial after this long a trial that nobody reported counts as over
     */
    Standstill(String name, Duration first, Duration most, Duration trial, LongSupplier nanos) {
        this.name = name;
        this.first = first;
        this.most = most;
        this.trialNanos = trial.toNanos();
        this.nanos = nanos;
    }

    boolean isOn() {
        lock.lock();
        try {
            return noes > 0;
        } finally {
            lock.unlock();
        }
    }

    /** After how long it is worth asking again; zero if it takes orders. */
    Duration left() {
        lock.lock();
        try {
            long pause = pausedUntil - nanos.getAsLong();
            return noes == 0 ? Duration.ZERO : pause > 0 ? Duration.ofNanos(pause) : TRIED_NOW;
        } finally {
            lock.unlock();
        }
    }

    /** Asks whether a new order may be sent; if this is a trial it is the only one. Null if it may, else why not. */
    @Nullable
    String refusal() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            if (noes == 0) {
                return null;
            }
            if (now - pausedUntil < 0) {
                return name + " takes no orders for now";
            }
            if (now - trialUntil < 0) {
                return name + " is being tried with one order";
            }
            trialUntil = now + trialNanos;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** A send of a new order that began then was answered so. */
    void answered(Answer answer, long began) {
        lock.lock();
        try {
            if (saysNo(answer)) {
                saidNo(began);
            } else if (noes > 0 && began - changedAt >= 0) {
                if (answer instanceof Answer.Unknown || answer instanceof Answer.NotSent) {
                    pause(nanos.getAsLong());
                } else {
                    noes = 0;
                    LOG.info("{} takes orders again", name);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** It said something of an order that it has: only a no for everybody matters. */
    void told(Answer answer) {
        if (saysNo(answer)) {
            lock.lock();
            try {
                saidNo(nanos.getAsLong());
            } finally {
                lock.unlock();
            }
        }
    }

    static boolean saysNo(Answer answer) {
        return answer instanceof Answer.Declined declined && declined.scope() == Scope.SUPPLIER;
    }

    /** Of several that say the same at once only the first counts. */
    private void saidNo(long began) {
        long now = nanos.getAsLong();
        boolean saidAlready = noes > 0 && (began - changedAt < 0 || now - pausedUntil < 0);
        if (saidAlready) {
            return;
        }
        noes++;
        pause(now);
        if (noes == 1) {
            LOG.warn(
                    "{} takes no orders: it said no to one because of itself (balance, product), not because of the order."
                            + " Orders go to their next supplier or wait, nobody is refunded. It is tried with one order"
                            + " at a time, first in {}, at most {} apart",
                    name,
                    first,
                    most);
        }
    }

    private void pause(long now) {
        Duration pause = first.multipliedBy(1L << Math.min(noes - 1, MOST_DOUBLINGS));
        changedAt = now;
        pausedUntil = now + (pause.compareTo(most) > 0 ? most : pause).toNanos();
        trialUntil = pausedUntil;
    }
}
