package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Locks first, passing over what others hold, then deletes. */
final class MariaDbFreeKeys implements FreeKeys {
    private static final String ONE = """
            SELECT key_id FROM kadao_free_key WHERE sku = ? ORDER BY sku, key_id LIMIT 1
            FOR UPDATE SKIP LOCKED""";
    private static final String SOME = """
            (SELECT sku, key_id FROM kadao_free_key WHERE sku = ? ORDER BY sku, key_id LIMIT ?
             FOR UPDATE SKIP LOCKED)""";

    @Override
    public String takeOne(Connection connection, String sku) throws SQLException {
        String key = FreeKeys.first(connection, ONE, sku);
        if (key == null || FreeKeys.delete(connection, sku, key) != 1) {
            throw new SQLException("out of stock: " + sku);
        }
        return key;
    }

    @Override
    public Map<String, Deque<String>> takeMany(
            Connection connection, SortedMap<String, Integer> wanted, boolean fromTheEnd) throws SQLException {
        String query = String.join(" UNION ALL ", Collections.nCopies(wanted.size(), SOME));
        List<@Nullable Object> arguments = new ArrayList<>();
        wanted.forEach((sku, number) -> {
            arguments.add(sku);
            arguments.add(number);
        });
        Map<String, Deque<String>> found;
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            RowWriter.bind(statement, 1, arguments.toArray());
            found = FreeKeys.found(statement);
        }
        delete(connection, found);
        return found;
    }

    private static void delete(Connection connection, Map<String, Deque<String>> keys) throws SQLException {
        List<@Nullable Object> arguments = new ArrayList<>();
        keys.forEach((sku, some) -> some.forEach(key -> {
            arguments.add(sku);
            arguments.add(key);
        }));
        String all = String.join(" OR ", Collections.nCopies(arguments.size() / 2, "(sku = ? AND key_id = ?)"));
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM kadao_free_key WHERE " + all)) {
            RowWriter.bind(statement, 1, arguments.toArray());
            statement.executeUpdate();
        }
    }
}
