package dev.kadao.memory;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The checkouts with their claims, due times and journals. Whoever calls holds the lock. */
final class CheckoutTable {
    private final TreeMap<CheckoutId, Row> rows = new TreeMap<>();
    private final NavigableSet<Due> dues =
            new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::id));
    private final Map<CheckoutId, List<JournalRow>> journals = new HashMap<>();

    /**
     * One checkout as it is stored.
     *
     * @param due when it wants attention, a live claim counted in; null if never
     */
    record Row(
            StoredCheckout stored,
            Holding holding,
            @Nullable Instant due) {}

    private record Due(Instant at, CheckoutId id) {}

    @Nullable
    Row row(CheckoutId id) {
        return rows.get(id);
    }

    /** Whether a step may be written: the version is the expected one, and a claim that must be held is. */
    boolean admits(Step.OfCheckout step, Instant now) {
        Row row = rows.get(step.id());
        long version = row == null ? 0 : row.stored().version();
        Holding holding = row == null ? Holding.NONE : row.holding();
        return version == step.expectedVersion() && !holding.refuses(step.claim(), now);
    }

    /** Whether the journal number of a write follows the stored one. */
    boolean follows(Step.OfCheckout step, Step.Write write) {
        Row row = rows.get(step.id());
        long seq = row == null ? 0 : row.stored().seq();
        return write.seq() == (write.journal() == null ? seq : seq + 1);
    }

    /** Writes an admitted step; answers the row as it is now. */
    Row write(Step.OfCheckout step, Step.Write write, Instant now) {
        Row before = rows.get(step.id());
        Holding holding = (before == null ? Holding.NONE : before.holding()).after(step.claim(), now);
        Instant due = write.due() == null ? null : write.due().truncatedTo(ChronoUnit.MICROS);
        StoredCheckout stored = new StoredCheckout(
                step.id(),
                step.expectedVersion() + 1,
                write.seq(),
                step.stepId(),
                write.document(),
                write.personal(),
                holding.worker());
        if (write.journal() != null) {
            journals.computeIfAbsent(step.id(), id -> new ArrayList<>())
                    .add(new JournalRow(step.id(), write.seq(), step.stepId(), write.journal()));
        }
        return put(new Row(stored, holding, holding.delay(due, now)));
    }

    /** Claims what is due, longest due first; a live claim keeps a checkout from being due. */
    List<StoredCheckout> claim(String worker, Duration lease, int limit, Instant now) {
        List<StoredCheckout> claimed = new ArrayList<>();
        while (claimed.size() < limit && !dues.isEmpty() && !dues.first().at().isAfter(now)) {
            StoredCheckout found = known(dues.first().id()).stored();
            Holding holding = Holding.of(worker, lease, now);
            StoredCheckout taken = new StoredCheckout(
                    found.id(),
                    found.version(),
                    found.seq(),
                    found.stepId(),
                    found.document(),
                    found.personal(),
                    worker);
            claimed.add(put(new Row(taken, holding, holding.until())).stored());
        }
        return claimed;
    }

    List<StoredCheckout> after(@Nullable CheckoutId after, int limit) {
        return (after == null ? rows : rows.tailMap(after, false))
                .values().stream().limit(Math.max(0, limit)).map(Row::stored).toList();
    }

    List<JournalRow> journal(CheckoutId id, long afterSeq, int limit) {
        return journals.getOrDefault(id, List.of()).stream()
                .filter(row -> row.seq() > afterSeq)
                .limit(Math.max(0, limit))
                .toList();
    }

    private Row put(Row row) {
        Row before = rows.put(row.stored().id(), row);
        if (before != null && before.due() != null) {
            dues.remove(new Due(before.due(), before.stored().id()));
        }
        if (row.due() != null) {
            dues.add(new Due(row.due(), row.stored().id()));
        }
        return row;
    }

    private Row known(CheckoutId id) {
        Row row = rows.get(id);
        if (row == null) {
            throw new IllegalStateException("checkout " + id + " is due but not stored");
        }
        return row;
    }
}
