package dev.kadao.memory;

import dev.kadao.port.Step.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The claim beside a checkout.
 *
 * @param worker who took it last; null if nobody or given back
 * @param until from here on it is no longer alive
 */
record Holding(@Nullable String worker, @Nullable Instant until) {
    static final Holding NONE = new Holding(null, null);

    static Holding of(String worker, Duration lease, Instant now) {
        return new Holding(worker, now.plus(lease).truncatedTo(ChronoUnit.MICROS));
    }

    boolean isAlive(Instant now) {
        return until != null && until.isAfter(now);
    }

    private boolean isBy(String someone) {
        return someone.equals(worker);
    }

    /** Whether a step with this rule must not be written. */
    boolean refuses(Claim rule, Instant now) {
        return rule instanceof Claim.Hold hold && !(isBy(hold.worker()) && isAlive(now));
    }

    /** The claim that a written step with this rule leaves. */
    Holding after(Claim rule, Instant now) {
        if (rule instanceof Claim.Take take) {
            return isAlive(now) && !isBy(take.worker()) ? this : of(take.worker(), take.lease(), now);
        }
        if (rule instanceof Claim.Hold hold) {
            return of(hold.worker(), hold.lease(), now);
        }
        return rule instanceof Claim.Release release && isBy(release.worker()) ? NONE : this;
    }

    /** Whether the worker that the rule names has the checkout now. */
    boolean isFor(Claim rule) {
        return (rule instanceof Claim.Take take && isBy(take.worker()))
                || (rule instanceof Claim.Hold hold && isBy(hold.worker()));
    }

    /** The time that is stored as due: a live claim keeps the checkout from other pollers. */
    @Nullable
    Instant delay(@Nullable Instant due, Instant now) {
        if (due == null || until == null || !isAlive(now)) {
            return due;
        }
        return due.isAfter(until) ? due : until;
    }
}
