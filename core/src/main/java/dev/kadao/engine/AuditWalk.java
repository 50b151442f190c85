package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.codec.JournalEntry;
import dev.kadao.insight.Audit;
import dev.kadao.insight.AuditReport;
import dev.kadao.insight.AuditReport.Invariant;
import dev.kadao.insight.AuditReport.Violation;
import dev.kadao.insight.KeyAudit;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.order.UnreadableDocumentException;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoreView;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks the whole store in one consistent view, folds every journal and holds the facts against the invariants. */
final class AuditWalk {
    private static final int PAGE = 200;
    private static final int MOST_TOLD = 1_000;

    private final StoreView view;
    private final KeyAudit keys = new KeyAudit();
    private final List<Violation> told = new ArrayList<>();
    private final boolean stockIsHere;
    private long found;
    private long orders;

    private AuditWalk(StoreView view, boolean stockIsHere) {
        this.view = view;
        this.stockIsHere = stockIsHere;
    }

    /** @param stockIsHere whether the keys lie in the same store, so that they can be compared with the orders */
    static AuditReport over(StoreView view, boolean stockIsHere) {
        AuditWalk walk = new AuditWalk(view, stockIsHere);
        walk.seeKeys();
        walk.checkCheckouts();
        walk.add(walk.keys.finish());
        return new AuditReport(walk.orders, walk.keys.seen(), walk.found, walk.told);
    }

    private void seeKeys() {
        List<KeySlot> page = view.keySlots("", PAGE);
        while (!page.isEmpty()) {
            page.forEach(keys::see);
            page = view.keySlots(page.get(page.size() - 1).id(), PAGE);
        }
    }

    private void checkCheckouts() {
        List<StoredCheckout> page = view.checkouts(null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::check);
            page = view.checkouts(page.get(page.size() - 1).id(), PAGE);
        }
    }

    private void check(StoredCheckout stored) {
        try {
            Checkout checkout = Codec.decode(stored.document());
            List<JournalEntry> journal = journal(stored.id());
            checkFold(checkout, journal);
            List<Entry> history =
                    journal.stream().flatMap(row -> row.entries().stream()).toList();
            add(Audit.check(checkout, history));
            for (Order order : checkout.orders()) {
                orders++;
                if (stockIsHere) {
                    keys.check(order);
                }
            }
        } catch (UnreadableDocumentException e) {
            add(List.of(new Violation(stored.id().toString(), Invariant.I6, "it cannot be read: " + e.getMessage())));
        }
    }

    private void checkFold(Checkout checkout, List<JournalEntry> journal) {
        Checkout folded = null;
        for (JournalEntry row : journal) {
            for (Entry entry : row.entries()) {
                folded = Lifecycle.apply(folded, entry, row.at());
            }
        }
        if (!isSame(folded, checkout)) {
            add(List.of(new Violation(
                    checkout.id().toString(),
                    Invariant.I6,
                    "folding its " + journal.size() + " journal rows gives something else than is stored")));
        }
    }

    private static boolean isSame(@Nullable Checkout folded, Checkout stored) {
        return folded != null && folded.with(stored.schedule()).equals(stored);
    }

    private List<JournalEntry> journal(CheckoutId id) {
        List<JournalEntry> rows = new ArrayList<>();
        List<JournalRow> page = view.journal(id, 0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(row -> rows.add(Codec.decodeJournal(row.entries())));
            page = view.journal(id, page.get(page.size() - 1).seq(), PAGE);
        }
        return rows;
    }

    private void add(List<Violation> violations) {
        found += violations.size();
        violations.stream().limit(Math.max(0, MOST_TOLD - told.size())).forEach(told::add);
    }
}
