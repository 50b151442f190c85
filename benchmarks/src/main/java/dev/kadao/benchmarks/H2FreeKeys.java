package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * H2 locks every row that matches before it counts to a limit, so candidates are read without a lock and whoever deletes
 * one has it.
 */
final class H2FreeKeys implements FreeKeys {
    private static final int CANDIDATES = 64;
    private static final int ROUNDS = 50;
    private static final String FIRST = "SELECT key_id FROM kadao_free_key WHERE sku = ? ORDER BY sku, key_id LIMIT ?";
    private static final String LAST =
            "SELECT key_id FROM kadao_free_key WHERE sku = ? ORDER BY sku DESC, key_id DESC LIMIT ?";

    @Override
    public String takeOne(Connection connection, String sku) throws SQLException {
        for (int round = 1; round <= ROUNDS; round++) {
            List<String> candidates = candidates(connection, FIRST, sku, CANDIDATES);
            if (candidates.isEmpty()) {
                break;
            }
            String key = candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
            if (FreeKeys.delete(connection, sku, key) == 1) {
                return key;
            }
        }
        throw new SQLException("out of stock: " + sku);
    }

    @Override
    public Map<String, Deque<String>> takeMany(
            Connection connection, SortedMap<String, Integer> wanted, boolean fromTheEnd) throws SQLException {
        Map<String, Deque<String>> taken = new HashMap<>();
        for (Map.Entry<String, Integer> want : wanted.entrySet()) {
            String sku = want.getKey();
            List<String> keys = candidates(connection, fromTheEnd ? LAST : FIRST, sku, want.getValue());
            for (String key : keys) {
                if (FreeKeys.delete(connection, sku, key) != 1) {
                    throw new SQLException("key " + key + " was taken by another");
                }
            }
            taken.put(sku, new ArrayDeque<>(keys));
        }
        return taken;
    }

    private static List<String> candidates(Connection connection, String query, String sku, int number)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            RowWriter.bind(statement, 1, sku, number);
            try (ResultSet rows = statement.executeQuery()) {
                List<String> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
                return keys;
            }
        }
    }
}
