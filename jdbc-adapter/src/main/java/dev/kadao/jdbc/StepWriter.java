package dev.kadao.jdbc;

import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.Step;
import dev.kadao.port.Step.Claim;
import dev.kadao.port.Step.Write;
import dev.kadao.port.StepResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one step within a transaction that somebody else begins and ends, so that several steps may share one. Only a
 * {@code Done} is worth committing.
 */
final class StepWriter {
    private final StoreClock clock;
    private final StockInCommit stock;

    StepWriter(StoreClock clock) {
        this.clock = clock;
        this.stock = new StockInCommit();
    }

    StepResult write(Session session, Step step) throws SQLException {
        Instant now = clock.now(session);
        if (step instanceof Step.NoticeAlone alone) {
            writeNotice(session, alone.notice(), now);
            return new StepResult.Done(0, now, false);
        }
        if (step instanceof Step.Plain plain) {
            return writeCheckout(session, plain, plain.write(), now);
        }
        Step.WithStock withStock = (Step.WithStock) step;
        if (!holdsVersion(session, withStock)) {
            return new StepResult.Stale();
        }
        Write write = withStock.continuation().apply(stock.answers(session, withStock, now));
        Bounds.check(write);
        return writeCheckout(session, withStock, write, now);
    }

    /** Locks the checkout's row before any key is taken: no loser ever holds a key. */
    private static boolean holdsVersion(Session session, Step.WithStock step) throws SQLException {
        String id = step.id().value();
        if (step.expectedVersion() == 0) {
            return session.one(Query.CHECKOUT_READ, row -> true, id).isEmpty();
        }
        return session.one(Query.CHECKOUT_LOCK, row -> true, id, step.expectedVersion())
                .isPresent();
    }

    private static StepResult writeCheckout(Session session, Step.OfCheckout step, Write write, Instant now)
            throws SQLException {
        Written written =
                step.expectedVersion() == 0 ? insert(session, step, write, now) : update(session, step, write, now);
        if (written == Written.NOT) {
            refuseWrongSeq(session, step, write);
            return new StepResult.Stale();
        }
        if (write.journal() != null) {
            session.updateExactly(
                    1, Query.JOURNAL_INSERT, step.id().value(), write.seq(), step.stepId(), write.journal());
        }
        replaceIndex(session, step, write.index());
        if (step.notice() != null) {
            writeNotice(session, step.notice(), now);
        }
        return new StepResult.Done(step.expectedVersion() + 1, now, written == Written.CLAIMED);
    }

    /** What became of the checkout's row. */
    private enum Written {
        NOT,
        UNCLAIMED,
        CLAIMED;

        static Written of(int rows, Written ifWritten) {
            return rows == 1 ? ifWritten : NOT;
        }
    }

    private static Written insert(Session session, Step.OfCheckout step, Write write, Instant now) throws SQLException {
        if (step.claim() instanceof Claim.Hold) {
            return Written.NOT;
        }
        Claim.Take take = step.claim() instanceof Claim.Take taking ? taking : null;
        Long until = take == null ? null : Micros.of(now) + Micros.of(take.lease());
        int rows = session.update(
                Query.CHECKOUT_INSERT,
                step.id().value(),
                write.seq(),
                step.stepId(),
                write.format(),
                write.document(),
                write.personal(),
                later(write.due(), until),
                take == null ? null : take.worker(),
                until);
        if (rows == 1 && seqBefore(write) != 0) {
            throw new SQLException("journal number " + write.seq() + " of new checkout " + step.id() + " is not 1");
        }
        return Written.of(rows, take == null ? Written.UNCLAIMED : Written.CLAIMED);
    }

    private static Written update(Session session, Step.OfCheckout step, Write write, Instant now) throws SQLException {
        if (step.claim() instanceof Claim.Take take) {
            Written taken =
                    claiming(session, Query.CHECKOUT_UPDATE_AND_TAKE, step, write, take.worker(), take.lease(), now);
            return taken == Written.CLAIMED ? taken : keeping(session, step, write, now);
        }
        if (step.claim() instanceof Claim.Hold hold) {
            return claiming(session, Query.CHECKOUT_UPDATE_AND_HOLD, step, write, hold.worker(), hold.lease(), now);
        }
        return step.claim() instanceof Claim.Release release
                ? releasing(session, step, write, release.worker(), now)
                : keeping(session, step, write, now);
    }

    private static Written claiming(
            Session session, Query query, Step.OfCheckout step, Write write, String worker, Duration lease, Instant now)
            throws SQLException {
        long until = Micros.of(now) + Micros.of(lease);
        int rows = session.update(
                query,
                write.seq(),
                step.stepId(),
                write.format(),
                write.document(),
                write.personal(),
                later(write.due(), until),
                worker,
                until,
                step.id().value(),
                step.expectedVersion(),
                seqBefore(write),
                worker,
                Micros.of(now));
        return Written.of(rows, Written.CLAIMED);
    }

    private static Written keeping(Session session, Step.OfCheckout step, Write write, Instant now)
            throws SQLException {
        Long due = Micros.ofNullable(write.due());
        int rows = session.update(
                Query.CHECKOUT_UPDATE,
                write.seq(),
                step.stepId(),
                write.format(),
                write.document(),
                write.personal(),
                Micros.of(now),
                due,
                due,
                step.id().value(),
                step.expectedVersion(),
                seqBefore(write));
        return Written.of(rows, Written.UNCLAIMED);
    }

    private static Written releasing(Session session, Step.OfCheckout step, Write write, String worker, Instant now)
            throws SQLException {
        Long due = Micros.ofNullable(write.due());
        int rows = session.update(
                Query.CHECKOUT_UPDATE_AND_RELEASE,
                write.seq(),
                step.stepId(),
                write.format(),
                write.document(),
                write.personal(),
                worker,
                Micros.of(now),
                due,
                due,
                worker,
                worker,
                step.id().value(),
                step.expectedVersion(),
                seqBefore(write));
        return Written.of(rows, Written.UNCLAIMED);
    }

    private static @Nullable Long later(@Nullable Instant due, @Nullable Long until) {
        if (due == null) {
            return null;
        }
        return until == null ? Micros.of(due) : Math.max(Micros.of(due), until);
    }

    private static long seqBefore(Write write) {
        return write.journal() == null ? write.seq() : write.seq() - 1;
    }

    /**
     * Tells a stale step from one whose journal number does not follow the stored one: a gap or a number used twice
     * would make every later fold wrong.
     */
    private static void refuseWrongSeq(Session session, Step.OfCheckout step, Write write) throws SQLException {
        Optional<Long> stored =
                session.one(Query.CHECKOUT_SEQ, row -> row.getLong(1), step.id().value(), step.expectedVersion());
        if (stored.isPresent() && stored.get() != seqBefore(write)) {
            throw new SQLException("journal number " + write.seq() + " of checkout " + step.id()
                    + " does not follow the stored " + stored.get());
        }
    }

    private static void replaceIndex(Session session, Step.OfCheckout step, List<IndexRow> rows) throws SQLException {
        String id = step.id().value();
        Set<IndexRow> before = step.expectedVersion() == 0
                ? Set.of()
                : new HashSet<>(session.list(
                        Query.INDEX_OF_CHECKOUT,
                        row -> new IndexRow(row.getString(1), row.getString(2), row.getInt(3)),
                        id));
        Set<IndexRow> after = new HashSet<>(rows);
        for (IndexRow row : before) {
            if (!after.contains(row)) {
                session.updateExactly(1, Query.INDEX_DELETE, row.kind(), row.value(), id, row.number());
            }
        }
        for (IndexRow row : after) {
            if (!before.contains(row)) {
                session.updateExactly(1, Query.INDEX_INSERT, row.kind(), row.value(), id, row.number());
            }
        }
    }

    private static void writeNotice(Session session, NoticeWrite notice, Instant now) throws SQLException {
        Long due = Micros.ofNullable(notice.due());
        String state = notice.state().name();
        if (session.update(Query.NOTICE_UPDATE, state, due, notice.key()) == 0) {
            session.update(
                    Query.NOTICE_INSERT,
                    notice.key(),
                    notice.source(),
                    cut(notice.reference()),
                    notice.word(),
                    notice.raw(),
                    state,
                    Micros.of(now),
                    due);
        }
    }

    private static String cut(String reference) {
        return reference.length() <= Bounds.REFERENCE_LENGTH
                ? reference
                : reference.substring(0, Bounds.REFERENCE_LENGTH);
    }
}
