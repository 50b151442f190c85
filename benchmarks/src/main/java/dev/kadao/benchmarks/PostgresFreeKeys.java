package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;

/** One statement, for one key or many. */
final class PostgresFreeKeys implements FreeKeys {
    private static final String ONE = """
            WITH taken AS (SELECT sku, key_id FROM kadao_free_key WHERE sku = ? ORDER BY sku, key_id LIMIT 1
              FOR UPDATE SKIP LOCKED)
            DELETE FROM kadao_free_key k USING taken t WHERE k.sku = t.sku AND k.key_id = t.key_id
            RETURNING k.key_id""";
    private static final String MANY = """
            WITH taken AS (
              SELECT f.sku, f.key_id FROM unnest(?::text[], ?::integer[]) AS w (sku, number)
              CROSS JOIN LATERAL (
                SELECT k.sku, k.key_id FROM kadao_free_key k WHERE k.sku = w.sku
                ORDER BY k.sku, k.key_id LIMIT w.number FOR UPDATE SKIP LOCKED) f)
            DELETE FROM kadao_free_key k USING taken t WHERE k.sku = t.sku AND k.key_id = t.key_id
            RETURNING k.sku, k.key_id""";

    @Override
    public String takeOne(Connection connection, String sku) throws SQLException {
        String key = FreeKeys.first(connection, ONE, sku);
        if (key == null) {
            throw new SQLException("out of stock: " + sku);
        }
        return key;
    }

    @Override
    public Map<String, Deque<String>> takeMany(
            Connection connection, SortedMap<String, Integer> wanted, boolean fromTheEnd) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MANY)) {
            statement.setArray(
                    1, connection.createArrayOf("text", wanted.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("integer", wanted.values().toArray()));
            return FreeKeys.found(statement);
        }
    }
}
