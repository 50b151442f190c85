package dev.kadao.jdbc;

import dev.kadao.port.Step;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.StepResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits steps of different checkouts in one transaction, or in several where they get in each other's way. What
 * failed before COMMIT is rolled back as a whole, run again, then in halves; what failed in COMMIT is unknown.
 * Thread-safe.
 */
final class StepCommit {
    private static final Logger LOG = LoggerFactory.getLogger(StepCommit.class);
    private static final int TOGETHER_ATTEMPTS = 2;

    private final Transactions transactions;
    private final StepWriter writer;

    /** @param seals what keys are sealed with that a supplier sold */
    StepCommit(Database database, SupplySeals seals) {
        this.transactions = database.transactions();
        this.writer = new StepWriter(database.clock(), seals);
    }

    /**
     * Commits what can be committed without waiting long for anybody.
     *
     * @return by the very step; a step without a result was not written and wants {@link #alone} and patience
     */
    IdentityHashMap<Step, StepResult> together(List<Step> steps) {
        IdentityHashMap<Step, StepResult> results = new IdentityHashMap<>();
        together(new ArrayList<>(steps), results);
        return results;
    }

    private void together(List<Step> steps, IdentityHashMap<Step, StepResult> results) {
        for (int attempt = 1; attempt <= TOGETHER_ATTEMPTS && !steps.isEmpty(); ) {
            try {
                StepWriter.Locking locking =
                        attempt == 1 ? StepWriter.Locking.TRUSTING : StepWriter.Locking.PASSING_OVER;
                results.putAll(written(Borrowed.Manner.HASTY, steps, locking));
                return;
            } catch (CommitLostException e) {
                steps.forEach(step -> results.put(step, unknown(step, e)));
                return;
            } catch (StepFault e) {
                steps.removeIf(step -> isSame(step, e.step()));
                LOG.debug("Step {} is written by itself.", e.step().stepId(), e);
            } catch (SQLException e) {
                if (SqlFailure.of(e) == SqlFailure.CONNECTION && attempt == TOGETHER_ATTEMPTS) {
                    steps.forEach(step -> results.put(step, rolledBack(step, e)));
                    return;
                }
                if (!SqlFailure.of(e).isPassing()) {
                    break;
                }
                attempt++;
            } catch (RuntimeException e) {
                LOG.debug("A batch of {} is taken apart.", steps.size(), e);
                break;
            }
        }
        if (steps.size() > 1) {
            together(new ArrayList<>(steps.subList(0, steps.size() / 2)), results);
            together(new ArrayList<>(steps.subList(steps.size() / 2, steps.size())), results);
        }
    }

    /** Commits one step, waiting for locks as long as the connection does. */
    StepResult alone(Step step) {
        try {
            return step instanceof Step.WithStock withStock ? aloneWithStock(withStock) : alonePlain(step);
        } catch (CommitLostException e) {
            return unknown(step, e);
        } catch (SQLException e) {
            return rolledBack(step, e);
        } catch (RuntimeException e) {
            return refused(step, e instanceof StepFault fault ? fault.reason() : e);
        }
    }

    /** The result of a step that is wrong in itself. */
    static StepResult refused(Step step, RuntimeException reason) {
        LOG.error("Step {} failed and is not written.", step.stepId(), reason);
        return new StepResult.Unknown("step " + step.stepId() + " failed and is not written: " + reason);
    }

    private static StepResult rolledBack(Step step, SQLException e) {
        return new StepResult.Unknown("step " + step.stepId() + " was rolled back (" + SqlFailure.of(e) + ", SQL state "
                + e.getSQLState() + "): " + e.getMessage());
    }

    private StepResult alonePlain(Step step) throws SQLException {
        return only(
                step,
                transactions.writeRepeatedly(
                        session -> writer.write(session, List.of(step), StepWriter.Locking.PATIENT),
                        StepCommit::anyDone));
    }

    /** Money first: whatever goes wrong with the stock, the facts of the step are written, as if it was not asked. */
    private StepResult aloneWithStock(Step.WithStock step) throws SQLException {
        String reason;
        try {
            return askStock(step);
        } catch (CommitLostException e) {
            throw e;
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.CONNECTION) {
                throw e;
            }
            reason = "stock could not be asked (" + SqlFailure.of(e) + ", SQL state " + e.getSQLState() + ")";
            LOG.debug("Step {} is written as not tried: {}", step.stepId(), reason, e);
        } catch (RuntimeException e) {
            RuntimeException cause = e instanceof StepFault fault ? fault.reason() : e;
            reason = "stock or the continuation failed with " + cause.getClass().getName();
            LOG.error("Step {} is written as not tried: {}", step.stepId(), reason, cause);
        }
        List<StockAnswer> notTried = StockInCommit.notTried(step, reason);
        return step.missing(notTried).isPresent()
                ? new StepResult.NotServed(notTried.get(0))
                : alonePlain(StockInCommit.answered(step, notTried));
    }

    private StepResult askStock(Step.WithStock step) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return only(step, written(Borrowed.Manner.HASTY, List.of(step), StepWriter.Locking.PATIENT));
            } catch (CommitLostException e) {
                throw e;
            } catch (SQLException e) {
                if (attempt == Transactions.MOST_ATTEMPTS || !SqlFailure.of(e).isLostRace()) {
                    throw e;
                }
                Transactions.pause(attempt);
            }
        }
    }

    private IdentityHashMap<Step, StepResult> written(
            Borrowed.Manner manner, List<Step> steps, StepWriter.Locking locking) throws SQLException {
        return transactions.write(manner, session -> writer.write(session, steps, locking), StepCommit::anyDone);
    }

    private static boolean anyDone(IdentityHashMap<Step, StepResult> results) {
        return results.values().stream().anyMatch(StepResult.Done.class::isInstance);
    }

    private static StepResult only(Step step, IdentityHashMap<Step, StepResult> results) throws SQLException {
        StepResult result = results.get(step);
        if (result == null) {
            throw new SQLException("step " + step.stepId() + " got no answer");
        }
        return result;
    }

    private static StepResult unknown(Step step, CommitLostException e) {
        return new StepResult.Unknown("step " + step.stepId() + ": " + e.getMessage());
    }

    /** Steps are compared by what they are, not by what they say: a document is too long to look through. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Step one, Step other) {
        return one == other;
    }
}
