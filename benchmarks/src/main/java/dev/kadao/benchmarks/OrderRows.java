package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one or several orders leave in the tables, by kind of write. */
final class OrderRows {
    private final Map<Write, List<@Nullable Object[]>> rows = new EnumMap<>(Write.class);

    void add(Write write, @Nullable Object... values) {
        rows.computeIfAbsent(write, any -> new ArrayList<>()).add(values);
    }

    void addAll(OrderRows others) {
        others.rows.forEach((write, more) ->
                rows.computeIfAbsent(write, any -> new ArrayList<>()).addAll(more));
    }

    void write(Connection connection, RowWriter writer) throws SQLException {
        for (Map.Entry<Write, List<@Nullable Object[]>> some : rows.entrySet()) {
            writer.write(connection, some.getKey(), some.getValue());
        }
    }

    /** How many rows, and the bytes of their texts and documents. */
    String size() {
        long count = rows.values().stream().mapToLong(List::size).sum();
        long bytes = rows.values().stream()
                .flatMap(List::stream)
                .mapToLong(OrderRows::bytes)
                .sum();
        return count + " rows, " + bytes + " bytes";
    }

    private static long bytes(@Nullable Object[] row) {
        long sum = 0;
        for (Object value : row) {
            sum += value instanceof byte[] bytes ? bytes.length : value instanceof String text ? text.length() : 8;
        }
        return sum;
    }
}
