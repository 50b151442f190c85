package dev.kadao.jdbc;

import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.Step;
import dev.kadao.port.Step.Write;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows that admitted steps leave: documents, journal, index. Their checkouts are locked or new. */
final class CheckoutWrites {
    private final Session session;
    private final Map<String, CheckoutRow> before;
    private final long now;
    private final List<@Nullable Object[]> inserts = new ArrayList<>();
    private final List<@Nullable Object[]> updates = new ArrayList<>();
    private final List<@Nullable Object[]> journal = new ArrayList<>();
    private final Map<String, Set<IndexRow>> index = new HashMap<>();

    CheckoutWrites(Session session, Map<String, CheckoutRow> before, Instant now) {
        this.session = session;
        this.before = before;
        this.now = Micros.of(now);
    }

    void write(Map<Step.OfCheckout, Write> writes) throws SQLException {
        writes.forEach(this::add);
        session.updateAllRows(Query.CHECKOUT_INSERT, inserts);
        session.updateAllRows(Query.CHECKOUT_WRITE, updates);
        session.updateAllRows(Query.JOURNAL_INSERT, journal);
        replaceIndex();
    }

    private void add(Step.OfCheckout step, Write write) {
        String id = step.id().value();
        CheckoutRow.Standing standing = row(id).after(step.claim(), Micros.ofNullable(write.due()), now);
        if (step.expectedVersion() == 0) {
            inserts.add(Session.row(
                    id,
                    write.seq(),
                    step.stepId(),
                    write.format(),
                    write.document(),
                    write.personal(),
                    standing.due(),
                    standing.claimant(),
                    standing.claimedUntil(),
                    finalAt(standing)));
        } else {
            updates.add(Session.row(
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
                    step.expectedVersion()));
        }
        if (write.journal() != null) {
            journal.add(Session.row(id, write.seq(), step.stepId(), write.journal()));
        }
        index.put(id, new HashSet<>(write.index()));
    }

    /** What is never due is over: from then on it may be kept, archived or purged by age. */
    private @Nullable Long finalAt(CheckoutRow.Standing standing) {
        return standing.due() == null ? now : null;
    }

    private CheckoutRow row(String id) {
        CheckoutRow row = before.get(id);
        return row == null ? CheckoutRow.none(id) : row;
    }

    /** Rows that stay are not touched: most steps move one or two of them. */
    private void replaceIndex() throws SQLException {
        Map<String, Set<IndexRow>> stored = storedIndex();
        List<@Nullable Object[]> gone = new ArrayList<>();
        List<@Nullable Object[]> come = new ArrayList<>();
        index.forEach((id, rows) -> {
            Set<IndexRow> old = stored.getOrDefault(id, Set.of());
            old.stream().filter(row -> !rows.contains(row)).forEach(row -> gone.add(indexed(id, row)));
            rows.stream().filter(row -> !old.contains(row)).forEach(row -> come.add(indexed(id, row)));
        });
        session.updateAllRows(Query.INDEX_DELETE, gone);
        session.updateAllRows(Query.INDEX_INSERT, come);
    }

    private Map<String, Set<IndexRow>> storedIndex() throws SQLException {
        Map<String, Set<IndexRow>> stored = new HashMap<>();
        if (!updates.isEmpty()) {
            List<@Nullable Object[]> ids = new ArrayList<>();
            updates.forEach(update -> ids.add(Session.row(update[9])));
            session.listRows(
                    Query.INDEX_OF_CHECKOUT,
                    row -> stored.computeIfAbsent(row.getString(3), id -> new HashSet<>())
                            .add(new IndexRow(row.getString(1), row.getString(2), row.getInt(4))),
                    ids);
        }
        return stored;
    }

    private static @Nullable Object[] indexed(String id, IndexRow row) {
        return Session.row(row.kind(), row.value(), id, row.number());
    }
}
