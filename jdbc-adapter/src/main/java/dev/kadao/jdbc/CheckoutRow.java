package dev.kadao.jdbc;

import dev.kadao.port.Step;
import dev.kadao.port.Step.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What guards a checkout's row, read while it was locked: nobody changes it before this transaction ends, so what a
 * step may do is decided here. Times in microseconds.
 */
record CheckoutRow(
        String id,
        long version,
        long seq,
        @Nullable String claimant,
        @Nullable Long claimedUntil) {

    static CheckoutRow read(ResultSet row) throws SQLException {
        long until = row.getLong(5);
        Long claimedUntil = row.wasNull() ? null : until;
        return new CheckoutRow(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4), claimedUntil);
    }

    /** The row of a checkout that does not exist yet. */
    static CheckoutRow none(String id) {
        return new CheckoutRow(id, 0, 0, null, null);
    }

    /**
     * How a step leaves due time and claim.
     *
     * @param byStep whether the claim is now that of the worker whom the step names
     */
    record Standing(
            @Nullable Long due,
            @Nullable String claimant,
            @Nullable Long claimedUntil,
            boolean byStep) {}

    /** Whether a step that was decided on some version may be written. */
    boolean admits(Step.OfCheckout step, long now) {
        return version == step.expectedVersion()
                && (!(step.claim() instanceof Claim.Hold hold)
                        || (isAlive(now) && hold.worker().equals(claimant)));
    }

    /** The stored due time is the later of the step's own and a live claim of somebody else's or the step's. */
    Standing after(Claim claim, @Nullable Long due, long now) {
        if (claim instanceof Claim.Hold hold) {
            return claimed(hold.worker(), hold.lease(), due, now);
        }
        if (claim instanceof Claim.Take take && (!isAlive(now) || take.worker().equals(claimant))) {
            return claimed(take.worker(), take.lease(), due, now);
        }
        if (claim instanceof Claim.Release release && release.worker().equals(claimant)) {
            return new Standing(due, null, null, false);
        }
        return new Standing(isAlive(now) ? later(due, claimedUntil) : due, claimant, claimedUntil, false);
    }

    private static Standing claimed(String worker, Duration lease, @Nullable Long due, long now) {
        long until = now + Micros.of(lease);
        return new Standing(later(due, until), worker, until, true);
    }

    private boolean isAlive(long now) {
        return claimant != null && claimedUntil != null && claimedUntil > now;
    }

    /** What is never due stays so, claimed or not. */
    private static @Nullable Long later(@Nullable Long due, @Nullable Long until) {
        return due == null || until == null ? due : Long.valueOf(Math.max(due, until));
    }
}
