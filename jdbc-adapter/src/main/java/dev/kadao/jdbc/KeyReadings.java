package dev.kadao.jdbc;

import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a person wants to know of the stock beyond its numbers. */
final class KeyReadings {
    private final Database database;
    private final KeyVault vault;

    KeyReadings(Database database, KeyVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** A key that is aside, as it lies in its row. */
    private record Aside(KeyVault.Sealed sealed, int dispatch, String cause, Instant since) {
        static Aside read(ResultSet row) throws SQLException {
            return new Aside(
                    JdbcKeyInventory.sealed(row),
                    SuppliedKeys.dispatch(row.getInt(7)),
                    Objects.requireNonNullElse(row.getString(8), ""),
                    Micros.instant(row.getLong(9)));
        }

        boolean isErased() {
            return sealed.content().size() == 0;
        }
    }

    /** Opened outside any transaction: the shop's cipher may be far away. */
    List<SetAsideKey> setAside(OrderId order) throws SQLException {
        List<Aside> found =
                database.transactions().read(session -> session.list(Query.KEY_ASIDE, Aside::read, order.toString()));
        Iterator<Secret> opened = vault.open(found.stream()
                        .filter(key -> !key.isErased())
                        .map(Aside::sealed)
                        .toList())
                .iterator();
        return found.stream()
                .map(key -> new SetAsideKey(
                        key.sealed().keyId(),
                        key.sealed().sku(),
                        key.dispatch(),
                        key.cause(),
                        key.since(),
                        key.isErased() ? null : opened.next()))
                .sorted(Comparator.comparingInt(SetAsideKey::dispatch))
                .toList();
    }

    /** What was counted of a batch that is not sold and kept. */
    private static final class Count {
        private long neverHandedOver;
        private long replaced;
        private long takenBack;
    }

    /** Sold keys are what is left of all, so that they need not be counted. */
    List<BatchQuality> quality(String sku) throws SQLException {
        return database.transactions().view(session -> {
            Map<String, Count> counts = new HashMap<>();
            for (Query unsold : List.of(Query.FREE_KEY_BY_BATCH, Query.KEY_RESERVED_BY_BATCH)) {
                session.list(unsold, row -> of(counts, row).neverHandedOver += row.getLong(2), sku);
            }
            session.list(
                    Query.KEY_VOID_BY_BATCH,
                    row -> {
                        Count count = of(counts, row);
                        count.neverHandedOver += row.getLong(2);
                        count.replaced += row.getLong(3);
                        count.takenBack += row.getLong(4) - row.getLong(2) - row.getLong(3);
                        return true;
                    },
                    sku);
            return session.list(Query.BATCH_OF_SKU, BatchRow::read, sku).stream()
                    .map(BatchRow::batch)
                    .map(batch -> quality(batch, counts.getOrDefault(batch.id(), new Count())))
                    .toList();
        });
    }

    private static Count of(Map<String, Count> counts, ResultSet row) throws SQLException {
        return counts.computeIfAbsent(row.getString(1), batch -> new Count());
    }

    private static BatchQuality quality(ImportedBatch batch, Count count) {
        return new BatchQuality(batch, batch.imported() - count.neverHandedOver, count.replaced, count.takenBack);
    }
}
