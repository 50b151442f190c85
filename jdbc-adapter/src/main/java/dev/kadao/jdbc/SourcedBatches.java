package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * The batches that keys belong to which suppliers sold us for orders: one for each SKU and UTC day, begun when its first
 * key comes, another one after a withdrawal. Thread-safe; several processes may begin one at the same time.
 */
final class SourcedBatches {
    /** Where their keys come from, for people. */
    static final String SOURCE = "suppliers";

    /** No import has an identity that begins so: these are hexadecimal. */
    private static final String IDENTITY = "sourced-";

    private static final int MOST_A_DAY = 100;

    private final Database database;
    private final KeyVault vault;

    SourcedBatches(Database database, KeyVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * A batch that keys are written to, with its data key in the plain until it is closed.
     *
     * @param number of the data key, as the batch's row must still have it
     */
    record Target(String batch, int number, KeyVault vault, KeyVault.BatchKey key) implements AutoCloseable {

        Bytes fingerprint(String sku, Secret kept) {
            return onPlain(kept, plain -> Bytes.of(vault.fingerprint(sku, plain)));
        }

        Bytes seal(String sku, String keyId, Secret kept) {
            return onPlain(kept, plain -> key.seal(sku, keyId, plain));
        }

        private static Bytes onPlain(Secret kept, Function<byte[], Bytes> work) {
            byte[] plain = kept.expose().getBytes(StandardCharsets.UTF_8);
            try {
                return work.apply(plain);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        }

        @Override
        public void close() {
            key.close();
        }

        @Override
        public String toString() {
            return "Target(" + batch + ")";
        }
    }

    /**
     * Where keys of the SKU go that come now. Asks the shop's cipher, which may be far away: never called within a
     * transaction.
     */
    Target ready(String sku) throws SQLException {
        Bounds.sku(sku);
        for (int number = 1; number <= MOST_A_DAY; number++) {
            BatchRow row = foundOrBegun(sku, number);
            if (row.batch().withdrawnAt() == null) {
                return new Target(
                        row.id(),
                        row.batch().dataKey(),
                        vault,
                        vault.keptBatchKey(
                                row.id(), row.wrappedKey(), row.batch().masterKeyId()));
            }
        }
        throw new SQLException("all " + MOST_A_DAY + " batches that keys of SKU " + sku
                + " can have from suppliers in a day are withdrawn: see KeyDesk.batches(..)");
    }

    /** The batch of the day of which a look found out, if it is there. */
    private record Look(Instant now, String name, Optional<BatchRow> row) {}

    private Look look(Session session, String sku, int number) throws SQLException {
        Instant now = database.clock().now(session);
        String name = "sourced " + now.atOffset(ZoneOffset.UTC).toLocalDate() + (number == 1 ? "" : " " + number);
        return new Look(now, name, find(session, identity(sku, name)));
    }

    private BatchRow foundOrBegun(String sku, int number) throws SQLException {
        Look look = database.transactions().glance(session -> look(session, sku, number));
        if (look.row().isPresent()) {
            return look.row().get();
        }
        try (KeyVault.BatchKey fresh = vault.newBatchKey()) {
            return database.transactions().writeRepeatedly(session -> begun(session, sku, look, fresh), row -> true);
        }
    }

    /** Whoever else begins it at the same time makes this a duplicate: run again, it finds the other's. */
    private static BatchRow begun(Session session, String sku, Look look, KeyVault.BatchKey key) throws SQLException {
        String identity = identity(sku, look.name());
        if (find(session, identity).isEmpty()) {
            String id = BatchRow.newId(look.now());
            session.updateExactly(
                    1,
                    Query.BATCH_BEGIN,
                    id,
                    identity,
                    sku,
                    look.name(),
                    SOURCE,
                    key.wrapped(),
                    key.masterKeyId(),
                    null,
                    null,
                    Micros.of(look.now()));
            // Nothing is left to be read: it is no import that broke off.
            session.updateExactly(1, Query.BATCH_FINISH, Micros.of(look.now()), id);
        }
        return find(session, identity)
                .orElseThrow(() -> new SQLException("batch '" + look.name() + "' is gone", "40001"));
    }

    private static Optional<BatchRow> find(Session session, String identity) throws SQLException {
        Optional<String> id = session.one(Query.BATCH_OF_IMPORT, row -> row.getString(1), identity);
        return id.isEmpty() ? Optional.empty() : session.one(Query.BATCH_READ, BatchRow::read, id.get());
    }

    private static String identity(String sku, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((sku + "\n" + name).getBytes(StandardCharsets.UTF_8));
            return IDENTITY + HexFormat.of().formatHex(hash, 0, 28);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
