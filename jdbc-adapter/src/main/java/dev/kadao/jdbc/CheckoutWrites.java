package dev.kadao.jdbc;

import dev.kadao.port.Step;
import dev.kadao.port.Step.Write;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What admitted steps leave: documents, journal, index. Their checkouts are locked or new. */
final class CheckoutWrites {
    private final Changes changes;
    private final Map<String, CheckoutRow> before;
    private final long now;

    CheckoutWrites(Changes changes, Map<String, CheckoutRow> before, Instant now) {
        this.changes = changes;
        this.before = before;
        this.now = Micros.of(now);
    }

    void add(Step.OfCheckout step, Write write) {
        String id = step.id().value();
        CheckoutRow.Standing standing = row(id).after(step.claim(), Micros.ofNullable(write.due()), now);
        boolean isNew = step.expectedVersion() == 0;
        if (isNew) {
            changes.add(
                    Query.CHECKOUT_INSERT,
                    id,
                    write.seq(),
                    step.stepId(),
                    write.format(),
                    write.document(),
                    write.personal(),
                    standing.due(),
                    standing.claimant(),
                    standing.claimedUntil(),
                    finalAt(standing));
        } else {
            changes.add(
                    Query.CHECKOUT_WRITE,
                    write.seq(),
                    step.stepId(),
                    write.format(),
                    write.document(),
                    write.personal(),
                    standing.due(),
                    standing.claimant(),
                    standing.claimedUntil(),
                    finalAt(standing),
                    id,
                    step.expectedVersion());
        }
        if (write.journal() != null) {
            changes.add(Query.JOURNAL_INSERT, id, write.seq(), step.stepId(), write.journal());
        }
        changes.index(id, new HashSet<>(write.index()), isNew);
    }

    /** What is never due is over: from then on it may be kept, archived or purged by age. */
    private @Nullable Long finalAt(CheckoutRow.Standing standing) {
        return standing.due() == null ? now : null;
    }

    private CheckoutRow row(String id) {
        CheckoutRow row = before.get(id);
        return row == null ? CheckoutRow.none(id) : row;
    }
}
