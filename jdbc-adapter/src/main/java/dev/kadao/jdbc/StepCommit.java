package dev.kadao.jdbc;

import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits a step in a transaction of its own and says what became of it. What failed before COMMIT is rolled back and,
 * where that helps, run again; what failed in COMMIT is unknown.
 */
final class StepCommit {
    private static final Logger LOG = LoggerFactory.getLogger(StepCommit.class);

    private final Transactions transactions;
    private final StepWriter writer;

    StepCommit(Database database) {
        this.transactions = database.transactions();
        this.writer = new StepWriter(database.clock());
    }

    StepResult commit(Step step) {
        try {
            Bounds.check(step);
            return step instanceof Step.WithStock withStock ? commitWithStock(withStock) : commitPlain(step);
        } catch (CommitLostException e) {
            return new StepResult.Unknown("step " + step.stepId() + ": " + e.getMessage());
        } catch (SQLException e) {
            return new StepResult.Unknown("step " + step.stepId() + " was rolled back (" + SqlFailure.of(e)
                    + ", SQL state " + e.getSQLState() + "): " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Step {} failed and is not written.", step.stepId(), e);
            return new StepResult.Unknown("step " + step.stepId() + " failed and is not written: " + e);
        }
    }

    private StepResult commitPlain(Step step) throws SQLException {
        return transactions.writeRepeatedly(
                session -> writer.write(session, step), result -> result instanceof StepResult.Done);
    }

    /** Money first: whatever goes wrong with the stock, the facts of the step are written, as if it was not asked. */
    private StepResult commitWithStock(Step.WithStock step) throws SQLException {
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
            reason = "stock or the continuation failed with " + e.getClass().getName();
            LOG.error("Step {} is written as not tried: {}", step.stepId(), reason, e);
        }
        return commitPlain(StockInCommit.notTried(step, reason));
    }

    private StepResult askStock(Step.WithStock step) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.write(
                        Borrowed.Manner.HASTY,
                        session -> writer.write(session, step),
                        result -> result instanceof StepResult.Done);
            } catch (CommitLostException e) {
                throw e;
            } catch (SQLException e) {
                if (attempt == Transactions.MOST_ATTEMPTS || !SqlFailure.of(e).isLostRace()) {
                    throw e;
                }
            }
        }
    }
}
