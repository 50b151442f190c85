package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.codec.JournalEntry;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Entry;
import dev.kadao.order.OrderId;
import dev.kadao.order.Personal;
import dev.kadao.order.Snapshot;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.StoredNotice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads for the front door and the desk. Throws {@link dev.kadao.port.StoreException}; writes nothing. */
public final class Reads {
    private static final String AFTER_ALL_IDS = "z".repeat(26);
    private static final String BEFORE_ALL_IDS = "000";
    private static final int MOST_NAMES = 1_000;
    private static final int EXAMPLES = 5;
    private static final int JOURNAL_PAGE = 200;

    private final CheckoutStore store;
    private final Steps steps;

    Reads(CheckoutStore store, Steps steps) {
        this.store = store;
        this.steps = steps;
    }

    /** A checkout found by an index row. */
    public record Found(IndexHit hit, Snapshot snapshot) {}

    public Optional<Snapshot> checkout(CheckoutId id) {
        Held held = steps.read(id);
        return held == null ? Optional.empty() : Optional.of(held.snapshot(steps.now()));
    }

    /** Index rows of one kind and value, with their checkouts as they are now; a checkout may have changed since. */
    public List<Found> find(String kind, String value, @Nullable IndexHit after, int limit) {
        List<IndexHit> hits = store.view(view -> view.find(new IndexQuery(kind, value, false, after, limit)));
        List<Found> found = new ArrayList<>();
        for (IndexHit hit : hits) {
            checkout(hit.checkout()).ifPresent(snapshot -> found.add(new Found(hit, snapshot)));
        }
        return found;
    }

    /**
     * A page of reviews.
     *
     * @param next where the next page begins; null if this is the last one
     */
    public record Listed(List<Found> found, @Nullable String next) {}

    /** Orders that were reviewed, the latest review first; of one SKU, or of all where it is null. */
    public Listed reviews(@Nullable String sku, @Nullable String after, int limit) {
        return new Reviews(store, this::checkout).page(sku, after, limit);
    }

    /** The orders that a number may mean, whosever number it is. */
    public List<OrderId> ordersOf(String number) {
        return OrderSearch.in(store, this::checkout, number);
    }

    public List<StoredNotice> notices(StoredNotice.State state, String afterKey, int limit) {
        return store.view(view -> view.notices(state, afterKey, limit));
    }

    /** What a notice says, as its gateway's word; for lists. */
    public static dev.kadao.port.PaymentGateway.PaymentWord wordOf(StoredNotice notice) {
        return Codec.decodeWord(notice.word());
    }

    /** One fact of a checkout's journal. */
    public record Recorded(Instant at, Entry entry) {}

    /** The facts of a checkout in the order in which they were recorded. */
    public List<Recorded> journal(CheckoutId id) {
        return store.view(view -> {
            List<Recorded> facts = new ArrayList<>();
            long after = 0;
            List<JournalRow> rows = view.journal(id, after, JOURNAL_PAGE);
            while (!rows.isEmpty()) {
                for (JournalRow row : rows) {
                    JournalEntry decoded = Codec.decodeJournal(row.entries());
                    decoded.entries().forEach(entry -> facts.add(new Recorded(decoded.at(), entry)));
                    after = row.seq();
                }
                rows = view.journal(id, after, JOURNAL_PAGE);
            }
            return facts;
        });
    }

    /**
     * One recorded reveal of an order's keys.
     *
     * @param first whether these keys were seen for the first time
     * @param origin the text behind the commitment, while it is kept
     */
    public record Shown(
            Instant at,
            boolean first,
            Optional<String> origin,
            @Nullable Commitment commitment) {}

    /** The recorded reveals of an order's keys, oldest first; none if there is no such order. */
    public List<Shown> revealsOf(OrderId order) {
        Optional<Snapshot> found = checkout(order.checkout());
        if (found.isEmpty()) {
            return List.of();
        }
        Personal personal = found.get().personal();
        List<Shown> all = new ArrayList<>();
        for (Recorded recorded : journal(order.checkout())) {
            if (recorded.entry() instanceof Entry.KeysRevealed shown && shown.line() == order.line()) {
                Commitment origin = shown.origin();
                all.add(new Shown(recorded.at(), true, Origins.text(personal, origin), origin));
            } else if (recorded.entry() instanceof Entry.KeysRevealedAgain again && again.line() == order.line()) {
                Commitment origin = again.origin();
                all.add(new Shown(recorded.at(), false, Origins.text(personal, origin), origin));
            }
        }
        return List.copyOf(all);
    }

    /** Orders that were asked about, and the questions recorded of them. */
    public record Asked(long orders, long questions) {}

    /** What was asked, by the time of an order's latest question; of {@code until} itself nothing, to the second. */
    public Asked asked(boolean settled, Instant from, Instant until) {
        String name = settled ? "settled" : "handed-over";
        String end = Codec.timedValue(name, until);
        return store.view(view -> {
            long orders = 0;
            long questions = 0;
            IndexHit after = new IndexHit(Codec.timedValue(name, from), new CheckoutId(BEFORE_ALL_IDS), 0);
            while (true) {
                List<IndexHit> hits = view.find(new IndexQuery("question", name + "|", true, after, JOURNAL_PAGE));
                for (IndexHit hit : hits) {
                    if (hit.value().compareTo(end) >= 0) {
                        return new Asked(orders, questions);
                    }
                    orders++;
                    String counts = hit.value().substring(hit.value().lastIndexOf('|') + 1);
                    questions += Long.parseLong(counts.substring(0, counts.indexOf('.')));
                    after = hit;
                }
                if (hits.size() < JOURNAL_PAGE) {
                    return new Asked(orders, questions);
                }
            }
        });
    }

    /** The gateways that watched payments and open refunds name, each with some of their checkouts. */
    public static Map<String, List<CheckoutId>> gatewaysInUse(CheckoutStore store) {
        return values(store, "gateway");
    }

    /** The suppliers that open orders name, each with some of their checkouts. */
    public static Map<String, List<CheckoutId>> suppliersInUse(CheckoutStore store) {
        return values(store, "supplier");
    }

    private static Map<String, List<CheckoutId>> values(CheckoutStore store, String kind) {
        Function<CheckoutStore.StoreView, Map<String, List<CheckoutId>>> reader = view -> {
            Map<String, List<CheckoutId>> values = new TreeMap<>();
            IndexHit after = null;
            while (values.size() < MOST_NAMES) {
                List<IndexHit> next = view.find(new IndexQuery(kind, "", true, after, 1));
                if (next.isEmpty()) {
                    return values;
                }
                String value = next.get(0).value();
                List<IndexHit> examples = view.find(new IndexQuery(kind, value, false, null, EXAMPLES));
                values.put(
                        value,
                        examples.stream().map(IndexHit::checkout).distinct().toList());
                after = new IndexHit(value, new CheckoutId(AFTER_ALL_IDS), Integer.MAX_VALUE);
            }
            return values;
        };
        return store.view(reader);
    }
}
