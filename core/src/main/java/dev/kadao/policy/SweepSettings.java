package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import java.time.Duration;

/**
 * How a key stock that lies in another database is swept of reservations that nothing will ever use. Does nothing where
 * the stock shares its commits with the store: there a reservation cannot outlive its order's step.
 *
 * <p>A reservation is released if its order can never want it again: it is refunded, completed without keys from stock,
 * or has given its keys back. Whatever is still under way, with a person, or closed but payable late is left, however
 * old it is.
 *
 * @param interval between two sweeps of a process; default 1 h
 * @param olderThan only reservations that were made longer ago, at least 10 min; default 1 day
 * @param batch reservations released in one sweep at most; default 200
 * @param unknown what to do about orders that this store does not hold; default {@link Unknown#LEAVE}
 */
public record SweepSettings(Duration interval, Duration olderThan, int batch, Unknown unknown) {
    private static final Duration SHORTEST_AGE = Duration.ofMinutes(10);

    /** What to do about reservations of orders that the store does not hold. */
    public enum Unknown {
        /** Leaves them and says so in the log once a day: another shop may sell from the same stock. */
        LEAVE,
        /**
         * Releases them. Only where this store is the one that uses the stock, and never after the store alone was set
         * back to an older backup: the orders that are missing then may have been paid.
         */
        RELEASE
    }

    public SweepSettings {
        Positive.check("sweep interval", interval);
        Positive.check("sweep batch", batch, 10_000);
        if (olderThan.compareTo(SHORTEST_AGE) < 0) {
            throw new InvalidValueException("the sweep would release reservations older than " + olderThan
                    + "; use at least " + SHORTEST_AGE + ", longer than any step may be under way");
        }
    }

    public static SweepSettings defaults() {
        return new SweepSettings(Duration.ofHours(1), Duration.ofDays(1), 200, Unknown.LEAVE);
    }

    public SweepSettings withInterval(Duration newInterval) {
        return new SweepSettings(newInterval, olderThan, batch, unknown);
    }

    public SweepSettings withOlderThan(Duration age) {
        return new SweepSettings(interval, age, batch, unknown);
    }

    public SweepSettings withBatch(int most) {
        return new SweepSettings(interval, olderThan, most, unknown);
    }

    public SweepSettings withUnknown(Unknown newUnknown) {
        return new SweepSettings(interval, olderThan, batch, newUnknown);
    }
}
