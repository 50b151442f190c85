package dev.kadao.jdbc;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.port.CheckoutStore.IndexRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a batch of checkouts elsewhere: their orders' keys and their payments' notices, found by the index
 * rows of the kinds {@code order} and {@code payment}. As rows of arguments for {@link Query}.
 */
final class FinalRows {
    private final Map<String, List<IndexRow>> index = new TreeMap<>();
    private final List<@Nullable Object[]> checkouts = new ArrayList<>();
    private final List<@Nullable Object[]> orders = new ArrayList<>();
    private final List<@Nullable Object[]> references = new ArrayList<>();

    private FinalRows() {}

    static FinalRows of(Session session, Collection<String> ids) throws SQLException {
        FinalRows rows = new FinalRows();
        ids.forEach(id -> {
            rows.checkouts.add(Session.row(id));
            rows.index.put(id, new ArrayList<>());
        });
        session.listRows(
                Query.INDEX_OF_CHECKOUT,
                row -> rows.add(row.getString(3), new IndexRow(row.getString(1), row.getString(2), row.getInt(4))),
                rows.checkouts);
        return rows;
    }

    private boolean add(String id, IndexRow row) {
        index.getOrDefault(id, new ArrayList<>()).add(row);
        if (row.kind().equals("order")) {
            orders.add(Session.row(new OrderId(new CheckoutId(id), row.number()).toString()));
        } else if (row.kind().equals("payment")) {
            references.add(Session.row(new PaymentId(new CheckoutId(id), row.number()).toString()));
        }
        return true;
    }

    List<IndexRow> index(String id) {
        return index.getOrDefault(id, List.of());
    }

    List<@Nullable Object[]> checkouts() {
        return checkouts;
    }

    List<@Nullable Object[]> orders() {
        return orders;
    }

    List<@Nullable Object[]> references() {
        return references;
    }
}
