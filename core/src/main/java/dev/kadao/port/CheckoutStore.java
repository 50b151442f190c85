package dev.kadao.port;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where checkouts are kept: opaque documents with a version, a due time and a claim, their journal rows, index rows and
 * inbound notices. The store's clock is the only authority on time; whatever it returns as {@code now} is cut to
 * microseconds. Thread-safe; several processes may share one store.
 *
 * <p>Correctness rests on guarded writes whose row counts are checked. Infrastructure errors are thrown as
 * {@link StoreException}, except in {@link #commit}, which answers per step.
 */
public interface CheckoutStore {

    /**
     * Writes steps, each one atomically and only if its checkout still has the expected version. The answers stand in
     * the order of the steps; a step that fails never takes another one with it. At most 200 steps; two steps of one
     * call never name the same checkout.
     *
     * <p>A {@link Step.WithStock} is finished inside the commit: the checkout row is locked and its version checked
     * first, then keys are taken all or nothing per order, then its continuation is run on the answers and the result
     * written. A stale step takes no key. A continuation that throws, or stock that cannot be had in time, is committed
     * as if every answer were {@link StockAnswer.NotTried}.
     */
    List<StepResult> commit(List<Step> steps);

    /**
     * Claims up to {@code limit} checkouts that are due and not claimed by anyone alive, longest due first, and reads
     * the due notices. The claim lasts {@code lease} from the store's now. A claim only keeps pollers apart; it raises
     * no version.
     */
    Claimed claim(String worker, Duration lease, int limit);

    /** Reads one checkout. */
    Reading read(CheckoutId id);

    /** Gives a consistent view of one moment to the reader and returns what it makes of it. The view ends with the call. */
    <T> T view(Function<StoreView, T> reader);

    /**
     * Whether stock requests in a step act on this inventory, so that stock can be taken inside the commit. Ask it before
     * the first step with stock: an inventory that shares the commit is what a store from then on seals keys with that a
     * supplier sold.
     */
    boolean sharesCommitWith(KeyInventory inventory);

    /** Whether this transaction was joined at this very store, so that what it writes is found here once it commits. */
    boolean isOwn(JoinedCommit joined);

    /** A consistent read-only view. */
    interface StoreView {
        /** The store's time of the view. */
        Instant now();

        /** Checkouts by id, after the given one (null: from the start). */
        List<StoredCheckout> checkouts(@Nullable CheckoutId after, int limit);

        /** Journal rows of a checkout by {@code seq}, after the given one (0: from the start). */
        List<JournalRow> journal(CheckoutId id, long afterSeq, int limit);

        /** Index rows by (value, checkout id, number). */
        List<IndexHit> find(IndexQuery query);

        /**
         * How many index rows of one kind have each value that begins so, by value. Answered from the index rows alone:
         * what it costs grows with the rows counted and with nothing else.
         *
         * @param after counts only values after this one; null: from the start
         * @param limit how many values at most
         */
        List<ValueCount> counts(String kind, String prefix, @Nullable String after, int limit);

        /** Notices in a state by key, after the given one (empty: from the start). */
        List<StoredNotice> notices(StoredNotice.State state, String afterKey, int limit);

        /** Keys by id without their content, after the given one (empty: from the start); none if stock is elsewhere. */
        List<KeySlot> keySlots(String afterId, int limit);
    }

    /**
     * A stored checkout.
     *
     * @param version raised by every step; 1 when placed
     * @param seq of the latest journal row
     * @param stepId of the step that wrote this version
     * @param claimant who claimed it, alive or not; null if nobody
     */
    record StoredCheckout(
            CheckoutId id,
            long version,
            long seq,
            String stepId,
            Bytes document,
            Bytes personal,
            @Nullable String claimant) {
        /**
         * What a store writes as {@code personal} where the time for personal data is over: no salt, no texts. Readable
         * for ever. A store that writes it raises the version, so that no step in the making writes the old texts back.
         */
        public static final Bytes ERASED = Bytes.utf8("{\"format\":1,\"salt\":\"\",\"texts\":[]}");
    }

    /** What a read found, with the store's time. */
    record Reading(Instant now, Optional<StoredCheckout> checkout) {}

    /** What a claim got, with the store's time. */
    record Claimed(Instant now, List<StoredCheckout> checkouts, List<StoredNotice> notices) {
        public Claimed {
            checkouts = List.copyOf(checkouts);
            notices = List.copyOf(notices);
        }
    }

    /** One journal row, written with the step of that id. */
    record JournalRow(CheckoutId id, long seq, String stepId, Bytes entries) {}

    /**
     * Something a checkout can be found by.
     *
     * <p>Two kinds tell a store what belongs to a checkout: every order has a row {@code order}, every payment a row
     * {@code payment}, with its number.
     *
     * @param kind for example {@code stage}
     * @param value at most 120 characters
     * @param number the line, payment or case it speaks of; 0 for the checkout as a whole
     */
    record IndexRow(String kind, String value, int number) {}

    /** How many index rows of a kind have a value. */
    record ValueCount(String value, long count) {}

    /** A found index row. */
    record IndexHit(String value, CheckoutId checkout, int number) {}

    /**
     * Asks for the index rows of one kind.
     *
     * @param value the exact value, or the start of it where {@code prefix}
     * @param after the last hit of the page before; null for the first page
     */
    record IndexQuery(
            String kind,
            String value,
            boolean prefix,
            @Nullable IndexHit after,
            int limit) {}

    /**
     * A key without its content.
     *
     * @param order whose it is or was, or whom it came for if it was set aside; null while free, of one withdrawn unsold,
     *     and once its order is purged
     * @param replacement which delivery of the order it belongs to; {@link #PURGED} once its order is purged; below that,
     *     {@code -1 - dispatch}, of one that a dispatch brought and that was set aside
     */
    record KeySlot(
            String id, String sku, State state, @Nullable OrderId order, int replacement, boolean revealed) {
        /** The {@code replacement} of a sold or void key whose order is kept no longer. */
        public static final int PURGED = -1;

        /** Where a key is. */
        public enum State {
            FREE,
            RESERVED,
            SOLD,
            VOID
        }
    }
}
