package dev.kadao.jdbc;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoreView;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.CheckoutStore.ValueCount;
import dev.kadao.port.StoredNotice;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view over one transaction that reads one moment throughout. */
final class JdbcStoreView implements StoreView {
    /** No value is longer, so so many of the last character come after every value that begins alike. */
    private static final int LONGEST_VALUE = 120;

    private final Session session;
    private final Instant now;
    private volatile boolean ended;

    JdbcStoreView(Session session, Instant now) {
        this.session = session;
        this.now = now;
    }

    void end() {
        ended = true;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public List<StoredCheckout> checkouts(@Nullable CheckoutId after, int limit) {
        return page(Query.CHECKOUT_PAGE, Rows::checkout, after == null ? "" : after.value(), most(limit));
    }

    @Override
    public List<JournalRow> journal(CheckoutId id, long afterSeq, int limit) {
        return page(Query.JOURNAL_PAGE, Rows::journal, id.value(), afterSeq, most(limit));
    }

    @Override
    public List<IndexHit> find(IndexQuery query) {
        int limit = most(query.limit());
        IndexHit after = query.after();
        if (!query.prefix()) {
            return ofValue(query.kind(), query.value(), after, limit);
        }
        String beyond = beyond(query.value());
        if (after == null) {
            return page(Query.INDEX_FIND_RANGE, Rows::hit, query.kind(), query.value(), beyond, limit);
        }
        // First the rest of the value where the last page ended, then the values after it: both are index ranges.
        List<IndexHit> hits = new ArrayList<>(ofValue(query.kind(), after.value(), after, limit));
        if (hits.size() < limit) {
            hits.addAll(page(
                    Query.INDEX_FIND_RANGE_AFTER, Rows::hit, query.kind(), after.value(), beyond, limit - hits.size()));
        }
        return hits;
    }

    @Override
    public List<ValueCount> counts(String kind, String prefix, @Nullable String after, int limit) {
        return after == null
                ? page(Query.INDEX_COUNT_RANGE, Rows::count, kind, prefix, beyond(prefix), most(limit))
                : page(Query.INDEX_COUNT_RANGE_AFTER, Rows::count, kind, after, beyond(prefix), most(limit));
    }

    private String beyond(String prefix) {
        return prefix + session.lastCharacter().repeat(LONGEST_VALUE + 1);
    }

    private List<IndexHit> ofValue(String kind, String value, @Nullable IndexHit after, int limit) {
        String checkout = after == null ? "" : after.checkout().value();
        int number = after == null ? Integer.MIN_VALUE : after.number();
        return page(Query.INDEX_FIND_VALUE, Rows::hit, kind, value, checkout, checkout, number, limit);
    }

    @Override
    public List<StoredNotice> notices(StoredNotice.State state, String afterKey, int limit) {
        return page(Query.NOTICE_PAGE, Rows::notice, state.name(), afterKey, most(limit));
    }

    @Override
    public List<KeySlot> keySlots(String afterId, int limit) {
        return page(Query.KEY_PAGE, Rows::keySlot, afterId, most(limit));
    }

    private <T> List<T> page(Query query, Session.RowReader<T> reader, Object... arguments) {
        if (ended) {
            throw new IllegalStateException("the view has ended: read within the call that gave it");
        }
        try {
            return session.list(query, reader, arguments);
        } catch (SQLException e) {
            throw SqlFailure.thrown("a page was read", e);
        }
    }

    private static int most(int limit) {
        return Math.max(0, limit);
    }
}
