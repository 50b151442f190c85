package dev.kadao.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds SKUs with few free keys. Counts free keys only, and no further than the threshold: a SKU costs one statement that
 * reads at most so many rows, however many keys were sold and however many are free.
 */
final class StockThresholds {
    private static final int SKUS_A_PAGE = 500;

    private final Database database;
    private final long standard;
    private final Map<String, Long> bySku;

    /** @param standard for SKUs not named; 0 signals none of them */
    StockThresholds(Database database, long standard, Map<String, Long> bySku) {
        this.database = database;
        this.standard = standard;
        this.bySku = new TreeMap<>(bySku);
    }

    List<LowStock> below() throws SQLException {
        return below(standard, bySku);
    }

    List<LowStock> below(long threshold, Map<String, Long> named) throws SQLException {
        TreeSet<String> skus = new TreeSet<>(named.keySet());
        String after = "";
        for (List<String> page = skus(after); !page.isEmpty(); page = skus(after)) {
            skus.addAll(page);
            after = page.get(page.size() - 1);
        }
        List<LowStock> low = new ArrayList<>();
        for (String sku : skus) {
            long wanted = named.getOrDefault(sku, threshold);
            long free = wanted == 0 ? 0 : free(sku, wanted);
            if (free < wanted) {
                low.add(new LowStock(sku, free, wanted));
            }
        }
        return low;
    }

    private List<String> skus(String after) throws SQLException {
        return database.transactions()
                .read(session -> session.list(Query.BATCH_SKUS, row -> row.getString(1), after, SKUS_A_PAGE));
    }

    private long free(String sku, long most) throws SQLException {
        return database.transactions()
                .read(session -> session.one(
                        Query.FREE_KEY_COUNT_TO,
                        row -> row.getLong(1),
                        sku,
                        Micros.of(database.clock().now(session)),
                        most))
                .orElse(0L);
    }
}
