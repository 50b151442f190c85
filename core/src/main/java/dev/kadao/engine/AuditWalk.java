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
import dev.kadao.order.Entry;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.PaymentId;
import dev.kadao.order.UnreadableDocumentException;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoreView;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.StoredNotice;
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
        if (stockIsHere) {
            walk.seeKeys();
        }
        walk.checkCheckouts();
        walk.checkNotices();
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
            orders += checkout.orders().size();
            if (stockIsHere) {
                checkout.orders().forEach(keys::check);
            }
            List<JournalEntry> journal = journal(stored);
            checkFold(checkout, journal);
            List<Entry> history =
                    journal.stream().flatMap(row -> row.entries().stream()).toList();
            add(Audit.check(checkout, history));
        } catch (UnreadableDocumentException e) {
            violated(stored.id(), Invariant.I6, "it cannot be read: " + e.getMessage());
        }
    }

    private void checkFold(Checkout checkout, List<JournalEntry> journal) {
        try {
            Checkout folded = null;
            for (JournalEntry row : journal) {
                for (Entry entry : row.entries()) {
                    folded = Lifecycle.apply(folded, entry, row.at());
                }
            }
            if (!isSame(folded, checkout)) {
                violated(
                        checkout.id(),
                        Invariant.I6,
                        "folding its " + journal.size() + " journal rows gives something else than is stored");
            }
        } catch (InvalidValueException | IllegalStateException e) {
            violated(checkout.id(), Invariant.I6, "its journal cannot be folded: " + e.getMessage());
        }
    }

    private static boolean isSame(@Nullable Checkout folded, Checkout stored) {
        return folded != null && folded.with(stored.schedule()).equals(stored);
    }

    private List<JournalEntry> journal(StoredCheckout stored) {
        List<JournalEntry> rows = new ArrayList<>();
        boolean inOrder = true;
        List<JournalRow> page = view.journal(stored.id(), 0, PAGE);
        while (!page.isEmpty()) {
            for (JournalRow row : page) {
                JournalEntry entry = Codec.decodeJournal(row.entries());
                rows.add(entry);
                inOrder &= row.seq() == rows.size() && entry.seq() == row.seq();
            }
            page = view.journal(stored.id(), page.get(page.size() - 1).seq(), PAGE);
        }
        if (!inOrder || stored.seq() != rows.size()) {
            violated(
                    stored.id(),
                    Invariant.I6,
                    "its journal should have the rows 1 to " + stored.seq() + " and has " + rows.size()
                            + (inOrder ? "" : ", not in order"));
        }
        return rows;
    }

    private void checkNotices() {
        List<StoredNotice> page = view.notices(StoredNotice.State.APPLIED, "", PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::check);
            page = view.notices(
                    StoredNotice.State.APPLIED, page.get(page.size() - 1).key(), PAGE);
        }
    }

    /** Money that was acknowledged and counts as applied must be a receipt of the payment that the notice names. */
    private void check(StoredNotice notice) {
        try {
            if (Codec.decodeWord(notice.word()) instanceof PaymentWord.Paid paid
                    && !isReceived(PaymentId.parse(notice.reference()), paid.tradeNumber())) {
                violated(
                        notice.reference(),
                        Invariant.I1,
                        "notice " + notice.key() + " of " + notice.source()
                                + " says that money came, and the payment has no such receipt");
            }
        } catch (InvalidValueException | UnreadableDocumentException e) {
            violated(notice.key(), Invariant.I1, "the notice is applied and cannot be read: " + e.getMessage());
        }
    }

    private boolean isReceived(PaymentId payment, String tradeNumber) {
        String value = Codec.indexValue(tradeNumber);
        IndexHit before = new IndexHit(value, payment.checkout(), payment.number() - 1);
        List<IndexHit> next = view.find(new IndexQuery("trade", value, false, before, 1));
        return next.contains(new IndexHit(value, payment.checkout(), payment.number()));
    }

    private void violated(Object id, Invariant invariant, String sentence) {
        add(List.of(new Violation(id.toString(), invariant, sentence)));
    }

    private void add(List<Violation> violations) {
        found += violations.size();
        violations.stream().limit(Math.max(0, MOST_TOLD - told.size())).forEach(told::add);
    }
}
