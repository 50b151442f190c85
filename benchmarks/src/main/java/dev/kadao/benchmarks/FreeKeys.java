package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** How keys are taken from the free ones by hand, within the caller's transaction. */
interface FreeKeys {

    /** A key that nobody else gets. */
    String takeOne(Connection connection, String sku) throws SQLException;

    /**
     * As many keys of each SKU as are wanted.
     *
     * @param fromTheEnd whether this is the writer who may begin with the last ones, where a server cannot pass over
     */
    Map<String, Deque<String>> takeMany(Connection connection, SortedMap<String, Integer> wanted, boolean fromTheEnd)
            throws SQLException;

    /** SKU and key id of each row that a query finds. */
    static Map<String, Deque<String>> found(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            Map<String, Deque<String>> keys = new HashMap<>();
            while (rows.next()) {
                keys.computeIfAbsent(rows.getString(1), any -> new ArrayDeque<>())
                        .add(rows.getString(2));
            }
            return keys;
        }
    }

    /** The first column of the first row. */
    static @Nullable String first(Connection connection, String query, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    static int delete(Connection connection, String sku, String key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM kadao_free_key WHERE sku = ? AND key_id = ?")) {
            RowWriter.bind(statement, 1, sku, key);
            return statement.executeUpdate();
        }
    }
}
