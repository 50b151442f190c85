package dev.kadao.jdbc;

import dev.kadao.port.CheckoutStore.IndexRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a transaction will write once everything is decided: collected, so that a database that can takes them
 * all in one statement.
 */
final class Changes {
    private final Map<Query, List<@Nullable Object[]>> rows = new EnumMap<>(Query.class);
    private final Map<String, Set<IndexRow>> index = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    /** Adds a row of arguments for one of the statements that take many. */
    void add(Query query, @Nullable Object... values) {
        rows.computeIfAbsent(query, any -> new ArrayList<>()).add(values);
    }

    /**
     * All index rows that a checkout is to have.
     *
     * @param isNew whether it surely has none yet
     */
    void index(String checkout, Set<IndexRow> all, boolean isNew) {
        index.put(checkout, all);
        if (!isNew) {
            known.add(checkout);
        }
    }

    List<@Nullable Object[]> rows(Query query) {
        return rows.getOrDefault(query, List.of());
    }

    /** All index rows by checkout. */
    Map<String, Set<IndexRow>> index() {
        return index;
    }

    /** The checkouts that may have index rows already. */
    List<String> known() {
        return known;
    }

    static @Nullable Object[] indexed(String checkout, IndexRow row) {
        return Session.row(row.kind(), row.value(), checkout, row.number());
    }
}
