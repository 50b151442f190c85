package dev.kadao.desk;

import dev.kadao.order.OrderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one page of a bulk act.
 *
 * @param next goes into {@code after} for the next page; null when all are through
 */
public record BulkResult(List<Item> items, @Nullable String next) {
    public BulkResult {
        items = List.copyOf(items);
    }

    /** What came of one order. */
    public enum What {
        /** A dry run: it would be tried. */
        LISTED,
        DONE,
        /** A second person is to approve it. */
        PROPOSED,
        /** By an earlier run of the same bulk. */
        DONE_BEFORE,
        REFUSED,
        /** Could not be stored in time: run this page again. */
        BUSY
    }

    /**
     * One order of the page.
     *
     * @param sentence why it was refused or busy; empty otherwise
     */
    public record Item(OrderId order, What what, String sentence) {}

    /** How many of the page ended so. */
    public long count(What what) {
        return items.stream().filter(item -> item.what() == what).count();
    }
}
