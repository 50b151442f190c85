package dev.kadao.memory;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoreView;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.CheckoutStore.ValueCount;
import dev.kadao.port.StoredNotice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view of the tables, consistent because the lock is held until {@link #end()}. */
final class LockedView implements StoreView {
    private final Instant now;
    private final CheckoutTable checkouts;
    private final IndexTable index;
    private final NoticeTable notices;
    private final @Nullable KeyShelf shelf;
    private volatile boolean ended;

    LockedView(Instant now, CheckoutTable checkouts, IndexTable index, NoticeTable notices, @Nullable KeyShelf shelf) {
        this.now = now;
        this.checkouts = checkouts;
        this.index = index;
        this.notices = notices;
        this.shelf = shelf;
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
        checkOpen();
        return checkouts.after(after, limit);
    }

    @Override
    public List<JournalRow> journal(CheckoutId id, long afterSeq, int limit) {
        checkOpen();
        return checkouts.journal(id, afterSeq, limit);
    }

    @Override
    public List<IndexHit> find(IndexQuery query) {
        checkOpen();
        return index.find(query);
    }

    @Override
    public List<ValueCount> counts(String kind, String prefix, @Nullable String after, int limit) {
        checkOpen();
        return index.counts(kind, prefix, after, limit);
    }

    @Override
    public List<StoredNotice> notices(StoredNotice.State state, String afterKey, int limit) {
        checkOpen();
        return notices.inState(state, afterKey, limit);
    }

    @Override
    public List<KeySlot> keySlots(String afterId, int limit) {
        checkOpen();
        return shelf == null ? List.of() : shelf.slots(afterId, limit);
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("the view has ended: read within the call that gave it");
        }
    }
}
