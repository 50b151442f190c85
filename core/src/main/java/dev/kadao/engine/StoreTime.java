package dev.kadao.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The store's time between two of its answers: its latest word plus what the monotonic clock has measured since. It lags
 * behind the store by the way of the answer and never runs ahead of it, so waits grow by that and never shrink.
 */
final class StoreTime {
    private record Seen(Instant storeNow, long nanos) {}

    private final LongSupplier nanos;
    private volatile Seen seen;

    StoreTime(Instant storeNow, LongSupplier nanos) {
        this.nanos = nanos;
        this.seen = new Seen(storeNow, nanos.getAsLong());
    }

    /** Takes in what the store just answered. */
    Instant saw(Instant storeNow) {
        seen = new Seen(storeNow, nanos.getAsLong());
        return storeNow;
    }

    Instant now() {
        Seen last = seen;
        return last.storeNow()
                .plusNanos(Math.max(0, nanos.getAsLong() - last.nanos()))
                .truncatedTo(ChronoUnit.MICROS);
    }
}
