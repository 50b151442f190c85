package dev.kadao.jdbc;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.StoredNotice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is done to checkouts that have been final for long enough; their rows are locked. */
final class FinalDeeds {
    private final Database keys;
    private final boolean keysAreHere;

    /** @param keys where the key tables lie */
    FinalDeeds(Database database, Database keys) {
        this.keys = keys;
        this.keysAreHere =
                keys.dataSource().equals(database.dataSource()) && keys.names().equals(database.names());
    }

    long eraseTexts(Session session, Map<String, Long> finals) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        finals.keySet().forEach(id -> rows.add(Session.row(StoredCheckout.ERASED, id, StoredCheckout.ERASED)));
        return session.updateRows(Query.FINAL_ERASE_TEXTS, rows);
    }

    long eraseBodies(Session session, Map<String, Long> finals) throws SQLException {
        return changed(
                session,
                Query.FINAL_ERASE_BODIES,
                FinalRows.of(session, finals.keySet()).references());
    }

    long eraseKeys(Session session, Map<String, Long> finals) throws SQLException {
        List<@Nullable Object[]> orders = FinalRows.of(session, finals.keySet()).orders();
        return onKeys(session, stock -> changed(stock, Query.FINAL_ERASE_KEYS, orders));
    }

    /** Hands them over, then deletes them with all that belongs to them. Keys first: see {@link #onKeys}. */
    long purge(Session session, Map<String, Long> finals, @Nullable Archive archive) throws SQLException {
        FinalRows rows = FinalRows.of(session, finals.keySet());
        if (archive != null) {
            handOver(archive, purged(session, finals, rows));
        }
        onKeys(session, stock -> {
            changed(stock, Query.FINAL_DETACH_KEYS, rows.orders());
            return changed(stock, Query.FINAL_DELETE_RESERVATIONS, rows.orders());
        });
        changed(session, Query.FINAL_DELETE_NOTICES, rows.references());
        changed(session, Query.FINAL_DELETE_JOURNAL, rows.checkouts());
        changed(session, Query.FINAL_DELETE_INDEX, rows.checkouts());
        session.updateAllRows(Query.FINAL_DELETE, rows.checkouts());
        return finals.size();
    }

    /**
     * Keys in another database are changed in a transaction of their own, while the checkouts are locked here. Dying
     * between the two leaves checkouts whose keys are gone already; the next run finds them and finishes.
     */
    private <T> T onKeys(Session session, Transactions.Work<T> work) throws SQLException {
        return keysAreHere ? work.on(session) : keys.transactions().writeRepeatedly(work, any -> true);
    }

    private List<PurgedCheckout> purged(Session session, Map<String, Long> finals, FinalRows rows) throws SQLException {
        Map<CheckoutId, List<JournalRow>> journal = new HashMap<>();
        Map<CheckoutId, List<StoredNotice>> notices = new HashMap<>();
        Map<CheckoutId, List<KeySlot>> slots = new HashMap<>();
        found(session, Query.FINAL_JOURNAL, Rows::journal, rows.checkouts())
                .forEach(row -> listed(journal, row.id()).add(row));
        found(session, Query.FINAL_NOTICES, Rows::notice, rows.references()).stream()
                .filter(FinalDeeds::isOver)
                .forEach(row -> listed(notices, PaymentId.parse(row.reference()).checkout())
                        .add(row));
        onKeys(session, stock -> found(stock, Query.FINAL_KEYS, Rows::keySlot, rows.orders()))
                .forEach(slot -> listed(slots, owner(slot)).add(slot));
        return found(session, Query.FINAL_READ, Rows::checkout, rows.checkouts()).stream()
                .sorted(Comparator.comparing((StoredCheckout row) ->
                                Objects.requireNonNull(finals.get(row.id().value())))
                        .thenComparing(StoredCheckout::id))
                .map(row -> new PurgedCheckout(
                        row,
                        Micros.instant(
                                Objects.requireNonNull(finals.get(row.id().value()))),
                        journal.getOrDefault(row.id(), List.of()),
                        rows.index(row.id().value()),
                        notices.getOrDefault(row.id(), List.of()),
                        slots.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /** Others wait for somebody still: they stay, as notices of nobody. */
    private static boolean isOver(StoredNotice notice) {
        return notice.state() == StoredNotice.State.APPLIED || notice.state() == StoredNotice.State.ORPHAN_CLOSED;
    }

    private static CheckoutId owner(KeySlot slot) {
        OrderId order = Objects.requireNonNull(slot.order(), "a key was found by its order and has none");
        return order.checkout();
    }

    private static <T> List<T> listed(Map<CheckoutId, List<T>> lists, CheckoutId id) {
        return lists.computeIfAbsent(id, none -> new ArrayList<>());
    }

    private static void handOver(Archive archive, List<PurgedCheckout> batch) {
        try {
            archive.checkouts(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The archive did not take " + batch.size() + " checkouts from "
                            + batch.get(0).checkout().id() + " on: none of them was deleted.",
                    e);
        }
    }

    private static long changed(Session session, Query query, List<@Nullable Object[]> rows) throws SQLException {
        return rows.isEmpty() ? 0 : session.updateRows(query, rows);
    }

    private static <T> List<T> found(
            Session session, Query query, Session.RowReader<T> reader, List<@Nullable Object[]> rows)
            throws SQLException {
        return rows.isEmpty() ? List.of() : session.listRows(query, reader, rows);
    }
}
