package dev.kadao.jdbc;

import dev.kadao.port.Step;
import dev.kadao.port.Step.Write;
import dev.kadao.port.StepResult;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes steps of different checkouts within one transaction that somebody else begins and ends, with a number of
 * statements that hardly grows with theirs. The rows are locked first and what is stale is dropped: no loser ever holds
 * a key. Thread-safe.
 */
final class StepWriter {
    private final StoreClock clock;
    private final StockInCommit stock;

    /** @param seals what keys are sealed with that a supplier sold */
    StepWriter(StoreClock clock, SupplySeals seals) {
        this.clock = clock;
        this.stock = new StockInCommit(seals);
    }

    /** How the checkouts' rows are locked. */
    enum Locking {
        /** New checkouts are not looked for: if one exists, the insert fails, and with it the transaction. */
        TRUSTING,
        /** A checkout that somebody else has locked is left out. */
        PASSING_OVER,
        /** Waits for whoever has a checkout locked. */
        PATIENT
    }

    /**
     * Writes what can be written. The transaction is worth committing if any result is {@code Done}.
     *
     * @return by the very step; a step whose checkout somebody else has locked has none
     * @throws StepFault if a step cannot be written whatever the database says
     */
    IdentityHashMap<Step, StepResult> write(Session session, List<? extends Step> steps, Locking locking)
            throws SQLException {
        return new Writing(session, steps, locking).run();
    }

    /** One transaction's worth. */
    private final class Writing {
        private final Session session;
        private final Locking locking;
        private final List<Step.OfCheckout> ofCheckouts;
        private final List<Step.NoticeAlone> notices;
        private final IdentityHashMap<Step, StepResult> results = new IdentityHashMap<>();
        private final Map<String, CheckoutRow> rows = new HashMap<>();
        private final Changes changes = new Changes();

        Writing(Session session, List<? extends Step> steps, Locking locking) {
            this.session = session;
            this.locking = locking;
            this.ofCheckouts = only(steps, Step.OfCheckout.class);
            this.notices = only(steps, Step.NoticeAlone.class);
        }

        IdentityHashMap<Step, StepResult> run() throws SQLException {
            lock();
            Instant now = locking == Locking.PATIENT ? clock.now(session) : clock.atBegin(session);
            List<Step.OfCheckout> admitted = admitted(Micros.of(now));
            IdentityHashMap<Step.OfCheckout, Write> writes = writes(admitted, now);
            admitted.removeIf(step -> !writes.containsKey(step));
            CheckoutWrites checkouts = new CheckoutWrites(changes, rows, now);
            writes.forEach(checkouts::add);
            Stream.concat(
                            admitted.stream().map(Step.OfCheckout::notice),
                            notices.stream().map(Step.NoticeAlone::notice))
                    .filter(Objects::nonNull)
                    .forEach(notice -> NoticeRows.add(changes, notice, now));
            session.write(changes);
            notices.forEach(alone -> results.put(alone, new StepResult.Done(0, now, false)));
            writes.forEach((step, write) -> results.put(step, done(step, write, now)));
            return results;
        }

        private void lock() throws SQLException {
            List<@Nullable Object[]> ids = new ArrayList<>();
            ofCheckouts.stream()
                    .filter(step ->
                            step.expectedVersion() > 0 || locking != Locking.TRUSTING || step instanceof Step.WithStock)
                    .map(step -> step.id().value())
                    .sorted()
                    .forEach(id -> ids.add(Session.row(id)));
            if (!ids.isEmpty()) {
                Query query = locking == Locking.PATIENT ? Query.CHECKOUT_LOCK_PATIENTLY : Query.CHECKOUT_LOCK;
                session.listRows(query, CheckoutRow::read, ids).forEach(row -> rows.put(row.id(), row));
            }
        }

        private List<Step.OfCheckout> admitted(long now) {
            List<Step.OfCheckout> admitted = new ArrayList<>();
            for (Step.OfCheckout step : ofCheckouts) {
                String id = step.id().value();
                boolean mayBeLocked = step.expectedVersion() > 0 && locking != Locking.PATIENT;
                if (!rows.containsKey(id) && mayBeLocked) {
                    continue;
                }
                if (row(step).admits(step, now)) {
                    admitted.add(step);
                } else {
                    results.put(step, new StepResult.Stale());
                }
            }
            return admitted;
        }

        private IdentityHashMap<Step.OfCheckout, Write> writes(List<Step.OfCheckout> admitted, Instant now)
                throws SQLException {
            List<Step.WithStock> asking = only(admitted, Step.WithStock.class);
            List<List<Step.StockAnswer>> answers =
                    asking.isEmpty() ? List.of() : stock.answers(session, asking, changes, now);
            Iterator<List<Step.StockAnswer>> next = answers.iterator();
            IdentityHashMap<Step.OfCheckout, Write> writes = new IdentityHashMap<>();
            for (Step.OfCheckout step : admitted) {
                Write write =
                        step instanceof Step.Plain plain ? plain.write() : served((Step.WithStock) step, next.next());
                if (write != null) {
                    refuseWrongSeq(step, write);
                    writes.put(step, write);
                }
            }
            return writes;
        }

        /** Null for a step that is not to be without keys that could not be had. */
        private @Nullable Write served(Step.WithStock step, List<Step.StockAnswer> answers) {
            Optional<Step.StockAnswer> missing = step.missing(answers);
            missing.ifPresent(answer -> results.put(step, new StepResult.NotServed(answer)));
            return missing.isPresent() ? null : finished(step, answers);
        }

        private Write finished(Step.WithStock step, List<Step.StockAnswer> answers) {
            try {
                Write write = step.continuation().apply(answers);
                Bounds.check(write);
                return write;
            } catch (RuntimeException e) {
                throw new StepFault(step, e);
            }
        }

        /** A gap or a number used twice would make every later fold wrong. */
        private void refuseWrongSeq(Step.OfCheckout step, Write write) {
            CheckoutRow row = row(step);
            long before = write.journal() == null ? write.seq() : write.seq() - 1;
            if (row.seq() != before) {
                throw new StepFault(
                        step,
                        new IllegalStateException("journal number " + write.seq() + " of checkout " + step.id()
                                + " does not follow the stored " + row.seq()));
            }
        }

        private CheckoutRow row(Step.OfCheckout step) {
            return rows.computeIfAbsent(step.id().value(), CheckoutRow::none);
        }

        private StepResult done(Step.OfCheckout step, Write write, Instant now) {
            boolean claimed = row(step)
                    .after(step.claim(), Micros.ofNullable(write.due()), Micros.of(now))
                    .byStep();
            return new StepResult.Done(step.expectedVersion() + 1, now, claimed);
        }
    }

    private static <T> List<T> only(List<?> steps, Class<T> kind) {
        return steps.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
