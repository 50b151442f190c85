package dev.kadao.port;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Until when an adapter may begin to write a request. Taken on this machine before the intent's commit was sent;
 * expired as soon as either the monotonic or the wall clock says so. Check it just before writing and answer
 * <em>not sent</em> (or unknown, where there is no such answer) once it is expired. Thread-safe.
 */
public final class Deadline {
    private final Instant sendBefore;
    private final InstantSource wallClock;
    private final long nanosBefore;
    private final LongSupplier nanoClock;

    public Deadline(Instant sendBefore, InstantSource wallClock, long nanosBefore, LongSupplier nanoClock) {
        this.sendBefore = sendBefore;
        this.wallClock = wallClock;
        this.nanosBefore = nanosBefore;
        this.nanoClock = nanoClock;
    }

    /** A deadline this far from now by the machine's own clocks. */
    public static Deadline in(java.time.Duration span) {
        InstantSource wall = InstantSource.system();
        return new Deadline(wall.instant().plus(span), wall, System.nanoTime() + span.toNanos(), System::nanoTime);
    }

    public boolean isExpired() {
        return nanoClock.getAsLong() - nanosBefore >= 0 || !wallClock.instant().isBefore(sendBefore);
    }

    @Override
    public String toString() {
        return "Deadline(" + sendBefore + ")";
    }
}
