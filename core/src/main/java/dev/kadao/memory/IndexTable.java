package dev.kadao.memory;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.CheckoutStore.ValueCount;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The index rows, in the order in which they are found. Whoever calls holds the lock. */
final class IndexTable {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Comparator<IndexHit> BY_PLACE = Comparator.comparing(IndexHit::value)
            .thenComparing(IndexHit::checkout)
            .thenComparingInt(IndexHit::number);
    private static final CheckoutId LOWEST_ID = new CheckoutId("000");

    private final Map<String, NavigableSet<IndexHit>> hits = new HashMap<>();
    private final Map<CheckoutId, List<IndexRow>> rows = new HashMap<>();

    void replace(CheckoutId id, List<IndexRow> newRows) {
        List<IndexRow> before = rows.put(id, newRows);
        if (before != null) {
            before.forEach(row -> ofKind(row.kind()).remove(new IndexHit(row.value(), id, row.number())));
        }
        newRows.forEach(row -> ofKind(row.kind()).add(new IndexHit(row.value(), id, row.number())));
    }

    List<IndexHit> find(IndexQuery query) {
        IndexHit start = lowest(query.value());
        boolean resumed = query.after() != null && BY_PLACE.compare(query.after(), start) >= 0;
        return ofKind(query.kind()).tailSet(resumed ? query.after() : start, !resumed).stream()
                .takeWhile(hit -> query.prefix()
                        ? hit.value().startsWith(query.value())
                        : hit.value().equals(query.value()))
                .limit(Math.max(0, query.limit()))
                .toList();
    }

    List<ValueCount> counts(String kind, String prefix, @Nullable String after, int limit) {
        List<ValueCount> counted = new ArrayList<>();
        @Nullable String value = null;
        long count = 0;
        for (IndexHit hit : ofKind(kind).tailSet(lowest(after == null ? prefix : after), true)) {
            if (!hit.value().startsWith(prefix) || counted.size() >= limit) {
                break;
            }
            if (hit.value().equals(after)) {
                continue;
            }
            if (value != null && !hit.value().equals(value)) {
                counted.add(new ValueCount(value, count));
                count = 0;
            }
            value = hit.value();
            count++;
        }
        if (value != null && counted.size() < limit) {
            counted.add(new ValueCount(value, count));
        }
        return counted;
    }

    /** Whether another checkout waits for this SKU since before the moment. The length tells SKUs with spaces apart. */
    boolean othersWait(String sku, CheckoutId self, Instant paidAt) {
        String moment = sku + " " + MICROS.format(paidAt);
        return ofKind("waiting").subSet(lowest(sku + " "), true, lowest(moment), false).stream()
                .anyMatch(hit -> hit.value().length() == moment.length()
                        && !hit.checkout().equals(self));
    }

    /** Stands before every hit of this value. */
    private static IndexHit lowest(String value) {
        return new IndexHit(value, LOWEST_ID, Integer.MIN_VALUE);
    }

    private NavigableSet<IndexHit> ofKind(String kind) {
        return hits.computeIfAbsent(kind, name -> new TreeSet<>(BY_PLACE));
    }
}
