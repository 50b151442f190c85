package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyCipher;
import dev.kadao.port.ReservingInventory;
import dev.kadao.port.StoreException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A stock of keys over JDBC, in the tables beside the checkouts or in a database of its own. Keys lie sealed: AES-256-GCM
 * under a data key per import, that one wrapped by the shop's {@link KeyCipher}; none is plain in any row, log or
 * exception. Thread-safe; several processes may share one database and master key.
 *
 * <p>Errors are {@link StoreException}s; every method may be called again after one, with the same arguments.
 */
public final class JdbcKeyInventory implements ReservingInventory, AutoCloseable {
    private static final int REVEAL_ATTEMPTS = 10;

    private final Database database;
    private final KeyVault vault;
    private final DataKeys dataKeys;
    private final KeyDesk desk;
    private final KeyStock stock = new KeyStock();
    private final UnpaidStock unpaid = new UnpaidStock(stock);

    private JdbcKeyInventory(Database database, KeyVault vault, DataKeys dataKeys, KeyDesk desk) {
        this.database = database;
        this.vault = vault;
        this.dataKeys = dataKeys;
        this.desk = desk;
    }

    /** Begins to set up an inventory whose data keys this cipher wraps; {@link Builder#open()} opens it. */
    public static Builder over(DataSource dataSource, KeyCipher cipher) {
        return new Builder(dataSource, cipher);
    }

    /** How an inventory is opened. */
    public static final class Builder {
        private final DataSource dataSource;
        private final KeyCipher cipher;
        private SchemaMode schema = SchemaMode.MIGRATE;
        private TableNames tables = TableNames.standard();
        private @Nullable InstantSource clock;
        private List<KeyCipher> others = List.of();
        private int cachedDataKeys = 32;
        private Duration dataKeyLifetime = Duration.ofMinutes(1);
        private long lowStock;
        private final Map<String, Long> lowStockBySku = new HashMap<>();

        private Builder(DataSource dataSource, KeyCipher cipher) {
            this.dataSource = dataSource;
            this.cipher = cipher;
        }

        /** What to do about the tables; default {@link SchemaMode#MIGRATE}. */
        public Builder schema(SchemaMode mode) {
            this.schema = mode;
            return this;
        }

        /** Where the tables lie and what they are called; default {@link TableNames#standard()}. */
        public Builder tables(TableNames names) {
            this.tables = names;
            return this;
        }

        /** The clock that tells how old reservations are; default: the database's own. */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /**
         * Other master keys whose data keys can be opened, while a rotation is under way: new data keys are wrapped under
         * the inventory's own alone. To rotate, restart all processes with the new one here, then with the new one as the
         * inventory's own and the old one here, then {@link KeyDesk#rewrap}, then leave the old one out. Default: none.
         */
        public Builder alsoOpens(KeyCipher... ciphers) {
            this.others = List.of(ciphers);
            return this;
        }

        /**
         * How many unwrapped data keys are kept in memory, and how long, so that showing keys does not ask the
         * {@link KeyCipher} each time. The price: while a data key is kept, whoever reads this process's memory opens its
         * batch without asking the KMS, and a right withdrawn there takes effect here that much later. Aged ones are
         * cleared at the next reveal, all of them by {@link JdbcKeyInventory#close}. Default: 32, for a minute; 0 keeps
         * none, and a reveal unwraps each data key it needs once.
         *
         * @param lifetime above zero, at most a day
         */
        public Builder dataKeyCache(int most, Duration lifetime) {
            if (most < 0 || lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(Duration.ofDays(1)) > 0) {
                throw new InvalidValueException("a cache of data keys holds 0 or more for up to a day, not " + most
                        + " for " + lifetime + ": give 0 to turn it off");
            }
            this.cachedDataKeys = most;
            this.dataKeyLifetime = lifetime;
            return this;
        }

        /** Below how many free keys {@link KeyDesk#lowStock} names a SKU; default 0, which is never. */
        public Builder lowStock(long threshold) {
            this.lowStock = threshold;
            return this;
        }

        /** As {@link #lowStock(long)}, for one SKU. */
        public Builder lowStockOf(String sku, long threshold) {
            lowStockBySku.put(sku, threshold);
            return this;
        }

        /**
         * Looks at the database, prepares the tables and opens the inventory.
         *
         * @throws UnusableDatabaseException if it was written with another master key, a setting would lose acknowledged
         *     orders, or the tables do not fit
         * @throws StoreException if the database cannot be reached
         */
        public JdbcKeyInventory open() {
            Database database = Database.open(dataSource, schema, tables, clock);
            try {
                DataKeys dataKeys = new DataKeys(cachedDataKeys, dataKeyLifetime, System::nanoTime);
                KeyVault vault = KeyVault.open(database, new KeyRing(cipher, others), dataKeys);
                StockThresholds thresholds = new StockThresholds(database, lowStock, lowStockBySku);
                return new JdbcKeyInventory(database, vault, dataKeys, new KeyDesk(database, vault, thresholds));
            } catch (SQLException e) {
                throw SqlFailure.thrown("the key inventory was opened", e);
            }
        }
    }

    /** Where the stock is looked after: import with progress, withdrawal, expiry, rotation, low stock. */
    public KeyDesk desk() {
        return desk;
    }

    /**
     * Adds keys to the stock of a SKU from a text with one key a line, as {@link KeyDesk#importKeys} does.
     *
     * @param sku at most 64 characters
     * @param batch a name for people; with the SKU it is the batch's identity, so that importing the same text again
     *     under it goes on where a broken import stopped; at most 120 characters
     * @param source where the keys come from, for people; at most 120 characters
     * @throws UncheckedIOException if the text cannot be read to its end
     * @throws InvalidValueException if the text is in another encoding
     */
    public ImportResult importKeys(String sku, InputStream text, String batch, String source) {
        return desk.importKeys(KeyBatch.of(sku, batch, source), text, progress -> {});
    }

    @Override
    public ReserveAnswer reserve(OrderId order, String sku, int quantity) {
        return write(
                "keys were reserved for " + order,
                session -> stock.reserve(
                        session, order, sku, quantity, database.clock().now(session)));
    }

    @Override
    public UnpaidAnswer reserveUnpaid(OrderId order, String sku, int quantity, int cap) {
        return write("keys were reserved for the unpaid " + order, session -> {
            UnpaidStock.guard(session, List.of(sku));
            Instant now = database.clock().now(session);
            return unpaid.reserve(session, order, sku, quantity, cap, () -> true, now);
        });
    }

    @Override
    public void letGo(OrderId order) {
        write("what was reserved for " + order + " was let go", session -> {
            unpaid.letGo(session, order, database.clock().now(session));
            return true;
        });
    }

    @Override
    public HandOverAnswer handOver(OrderId order) {
        return write(
                "the keys of " + order + " were handed over",
                session -> stock.handOver(session, order, database.clock().now(session)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidValueException if the cause has over 2,000 characters
     */
    @Override
    public ReleaseAnswer release(OrderId order, String cause) {
        Bounds.cause(cause);
        return write(
                "the keys of " + order + " were released",
                session -> stock.release(session, order, cause, database.clock().now(session)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidValueException if the number does not follow the one before, or the keys are not handed over yet
     */
    @Override
    public ReserveAnswer replace(OrderId order, int replacement) {
        return write("the keys of " + order + " were replaced", session -> {
            Optional<KeyStock.Reservation> known = stock.reservation(session, order);
            return known.isEmpty()
                    ? new ReserveAnswer.Released()
                    : stock.replace(
                            session,
                            order,
                            known.get().sku(),
                            known.get().quantity(),
                            replacement,
                            database.clock().now(session));
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>Keys are opened before they are marked, outside any transaction: one that does not open marks nothing, and a
     * slow {@link KeyCipher} holds no lock. The mark finds out if they were released or replaced meanwhile.
     */
    @Override
    public RevealAnswer reveal(OrderId order) {
        try {
            for (int attempt = 1; attempt <= REVEAL_ATTEMPTS; attempt++) {
                Optional<Delivery> delivery = database.transactions().read(session -> delivery(session, order));
                if (delivery.isEmpty()) {
                    return new RevealAnswer.NothingToReveal();
                }
                if (delivery.get().isErased()) {
                    return new RevealAnswer.Erased();
                }
                if (delivery.get().isWhole()) {
                    List<Secret> keys = vault.open(delivery.get().keys());
                    if (mark(order, delivery.get())) {
                        return new RevealAnswer.Revealed(keys);
                    }
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.thrown("the keys of " + order + " were revealed", e);
        }
        throw SqlFailure.thrown(
                "the keys of " + order + " were revealed",
                new SQLException("its key rows do not fit its reservation, seen " + REVEAL_ATTEMPTS + " times"));
    }

    /** What an order has now, read in two statements: a release may come between. */
    private record Delivery(int quantity, int replacement, List<KeyVault.Sealed> keys) {
        boolean isWhole() {
            return keys.size() == quantity;
        }

        /** Emptied by {@link JdbcRetention}: nothing sealed is ever empty. */
        boolean isErased() {
            return keys.stream().anyMatch(key -> key.content().size() == 0);
        }
    }

    private static Optional<Delivery> delivery(Session session, OrderId order) throws SQLException {
        Optional<KeyStock.Reservation> known =
                session.one(Query.RESERVATION_READ, KeyStock.Reservation::read, order.toString());
        if (known.isEmpty() || known.get().state() != KeyStock.State.HANDED_OVER) {
            return Optional.empty();
        }
        int replacement = known.get().replacement();
        return Optional.of(new Delivery(
                known.get().quantity(),
                replacement,
                session.list(Query.KEY_SEALED, JdbcKeyInventory::sealed, order.toString(), replacement)));
    }

    /** Columns: id, sku, sealed, wrapped data key, its master key, batch. */
    static KeyVault.Sealed sealed(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes(4);
        return new KeyVault.Sealed(
                row.getString(1),
                row.getString(2),
                Bytes.of(row.getBytes(3)),
                wrapped == null ? Bytes.EMPTY : Bytes.of(wrapped),
                row.getString(5),
                row.getString(6));
    }

    private boolean mark(OrderId order, Delivery delivery) throws SQLException {
        int marked = database.transactions()
                .writeRepeatedly(
                        session -> session.update(
                                Query.KEY_REVEAL,
                                Micros.of(database.clock().now(session)),
                                order.toString(),
                                delivery.replacement()),
                        rows -> rows == delivery.quantity());
        return marked == delivery.quantity();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Free, reserved and void keys are counted, sold ones are what is left of all that were imported: so the cost grows
     * with the stock and with what was taken back, not with what was sold. All numbers are of one moment.
     */
    @Override
    public StockLevel stock(String sku) {
        try {
            return database.transactions().view(session -> {
                long imported = count(session, Query.BATCH_SUM, sku);
                long free = count(session, Query.FREE_KEY_COUNT, sku);
                long reserved = count(session, Query.KEY_COUNT, sku, "RESERVED");
                long voided = count(session, Query.KEY_COUNT, sku, "VOID");
                return new StockLevel(sku, free, reserved, imported - free - reserved - voided, voided);
            });
        } catch (SQLException e) {
            throw SqlFailure.thrown("the stock of SKU " + sku + " was counted", e);
        }
    }

    private static long count(Session session, Query query, String... arguments) throws SQLException {
        return session.one(query, row -> row.getLong(1), (Object[]) arguments).orElse(0L);
    }

    @Override
    public List<OrderId> reservationsOlderThan(Duration age, int limit) {
        try {
            return database.transactions()
                    .read(session -> session.list(
                            Query.RESERVATION_OLD,
                            row -> OrderId.parse(row.getString(1)),
                            Micros.of(database.clock().now(session)) - Micros.of(age),
                            Math.max(0, limit)));
        } catch (SQLException e) {
            throw SqlFailure.thrown("old reservations were listed", e);
        }
    }

    /** Clears the data keys that are kept in memory; none is kept from now on. The data source stays open. */
    @Override
    public void close() {
        dataKeys.close();
    }

    Database database() {
        return database;
    }

    KeyVault vault() {
        return vault;
    }

    boolean lies(DataSource other, TableNames names) {
        return database.dataSource().equals(other) && database.names().equals(names);
    }

    private <T> T write(String doing, Transactions.Work<T> work) {
        try {
            return database.transactions().writeRepeatedly(work, answer -> true);
        } catch (SQLException e) {
            throw SqlFailure.thrown(doing, e);
        }
    }
}
