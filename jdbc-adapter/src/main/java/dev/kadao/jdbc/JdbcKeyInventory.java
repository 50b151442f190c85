package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyCipher;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
public final class JdbcKeyInventory implements KeyInventory {
    private static final int REVEAL_ATTEMPTS = 10;

    private final Database database;
    private final KeyVault vault;
    private final KeyStock stock = new KeyStock();

    private JdbcKeyInventory(Database database, KeyVault vault) {
        this.database = database;
        this.vault = vault;
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
         * Looks at the database, prepares the tables and opens the inventory.
         *
         * @throws UnusableDatabaseException if it was written with another master key, a setting would lose acknowledged
         *     orders, or the tables do not fit
         * @throws StoreException if the database cannot be reached
         */
        public JdbcKeyInventory open() {
            Database database = Database.open(dataSource, schema, tables, clock);
            try {
                return new JdbcKeyInventory(database, KeyVault.open(database, cipher));
            } catch (SQLException e) {
                throw SqlFailure.thrown("the key inventory was opened", e);
            }
        }
    }

    /**
     * Adds keys to the stock of a SKU from a text with one key a line: UTF-8 with or without byte order mark, LF or
     * CRLF. White space at both ends is cut, blank lines are skipped. Read as a stream, written in transactions of
     * bounded size: if it breaks off, what was written stays, and importing the same text again adds only the rest.
     *
     * @param sku at most 64 characters
     * @param batch a name for people, kept with the batch; at most 120 characters
     * @param source where the keys come from, for people; at most 120 characters
     * @throws UncheckedIOException if the text cannot be read to its end
     */
    public ImportResult importKeys(String sku, InputStream text, String batch, String source) {
        Bounds.sku(sku);
        Bounds.name("batch name", batch);
        Bounds.name("batch source", source);
        try {
            return new KeyImport(database, vault, sku, batch, source).run(new KeyLines(text));
        } catch (IOException e) {
            throw new UncheckedIOException("The keys of batch '" + batch + "' could not be read to the end.", e);
        } catch (SQLException e) {
            throw SqlFailure.thrown("keys of SKU " + sku + " were imported", e);
        }
    }

    @Override
    public ReserveAnswer reserve(OrderId order, String sku, int quantity) {
        return write(
                "keys were reserved for " + order,
                session -> stock.reserve(
                        session, order, sku, quantity, database.clock().now(session)));
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
                if (delivery.get().isWhole()) {
                    List<Secret> keys =
                            delivery.get().keys().stream().map(vault::open).toList();
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

    private static KeyVault.Sealed sealed(ResultSet row) throws SQLException {
        return new KeyVault.Sealed(
                row.getString(1),
                row.getString(2),
                Bytes.of(row.getBytes(3)),
                Bytes.of(row.getBytes(4)),
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

    @Override
    public StockLevel stock(String sku) {
        try {
            Map<String, Long> counts = new HashMap<>();
            database.transactions()
                    .read(session ->
                            session.list(Query.KEY_COUNTS, row -> counts.put(row.getString(1), row.getLong(2)), sku));
            return new StockLevel(
                    sku,
                    counts.getOrDefault("FREE", 0L),
                    counts.getOrDefault("RESERVED", 0L),
                    counts.getOrDefault("SOLD", 0L),
                    counts.getOrDefault("VOID", 0L));
        } catch (SQLException e) {
            throw SqlFailure.thrown("the stock of SKU " + sku + " was counted", e);
        }
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
