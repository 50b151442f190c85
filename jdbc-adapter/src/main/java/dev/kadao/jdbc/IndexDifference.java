package dev.kadao.jdbc;

import dev.kadao.port.CheckoutStore.IndexRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what differs between the index rows that are stored and those to be. Most steps move one or two of many. */
final class IndexDifference {
    private IndexDifference() {}

    static void write(Session session, Changes changes) throws SQLException {
        Map<String, Set<IndexRow>> stored = stored(session, changes.known());
        List<@Nullable Object[]> gone = new ArrayList<>();
        List<@Nullable Object[]> come = new ArrayList<>();
        changes.index().forEach((id, rows) -> {
            Set<IndexRow> old = stored.getOrDefault(id, Set.of());
            old.stream().filter(row -> !rows.contains(row)).forEach(row -> gone.add(Changes.indexed(id, row)));
            rows.stream().filter(row -> !old.contains(row)).forEach(row -> come.add(Changes.indexed(id, row)));
        });
        session.updateAllRows(Query.INDEX_DELETE, gone);
        session.updateAllRows(Query.INDEX_INSERT, come);
    }

    private static Map<String, Set<IndexRow>> stored(Session session, List<String> checkouts) throws SQLException {
        Map<String, Set<IndexRow>> stored = new HashMap<>();
        if (!checkouts.isEmpty()) {
            List<@Nullable Object[]> ids = new ArrayList<>();
            checkouts.forEach(id -> ids.add(Session.row(id)));
            session.listRows(
                    Query.INDEX_OF_CHECKOUT,
                    row -> stored.computeIfAbsent(row.getString(3), id -> new HashSet<>())
                            .add(new IndexRow(row.getString(1), row.getString(2), row.getInt(4))),
                    ids);
        }
        return stored;
    }
}
