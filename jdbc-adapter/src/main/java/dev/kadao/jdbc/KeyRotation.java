package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.KeyCipher;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves data keys under another master key, and keys under other data keys, while the shop runs. What is still to be done
 * is seen in the rows themselves, so a run that breaks off is continued by starting it again, and two runs at once share
 * the work: each write is guarded by what was read.
 */
final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final int KEYS_A_TRANSACTION = 200;
    private static final int BATCHES_A_PAGE = 100;
    private static final int MOST_LOOKS = 10;
    private static final int MOST_NAMED = 20;

    private final Database database;
    private final KeyVault vault;

    KeyRotation(Database database, KeyVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Every data key, then the fingerprint key with the database's master key id. */
    Rotation rewrap() throws SQLException {
        long changed = 0;
        String after = "";
        for (List<String> page = others(after); !page.isEmpty(); page = others(after)) {
            for (String id : page) {
                changed += rewrap(id) ? 1 : 0;
                after = id;
            }
        }
        rewrapFingerprintKey();
        long remaining = 0;
        after = "";
        for (List<String> page = others(after); !page.isEmpty(); page = others(after)) {
            remaining += page.size();
            after = page.get(page.size() - 1);
        }
        return new Rotation(changed, remaining);
    }

    private List<String> others(String after) throws SQLException {
        return database.transactions()
                .read(session -> session.list(
                        Query.BATCH_OTHER_MASTER,
                        row -> row.getString(1),
                        after,
                        vault.ring().current().keyId(),
                        BATCHES_A_PAGE));
    }

    /** Both data keys of a batch that is being re-encrypted go together: one column names their master key. */
    private boolean rewrap(String id) throws SQLException {
        KeyCipher current = vault.ring().current();
        for (int look = 1; look <= MOST_LOOKS; look++) {
            BatchRow row = read(id);
            String before = row.batch().masterKeyId();
            if (before.equals(current.keyId())) {
                return false;
            }
            Bytes wrapped = rewrapped(id, row.wrappedKey(), before);
            Bytes next = row.nextWrappedKey();
            Bytes nextWrapped = next == null ? null : rewrapped(id, next, before);
            int number = row.batch().dataKey();
            int rows = database.transactions()
                    .writeRepeatedly(
                            session -> nextWrapped == null
                                    ? session.update(Query.BATCH_REWRAP, wrapped, current.keyId(), id, number, before)
                                    : session.update(
                                            Query.BATCH_REWRAP_BOTH,
                                            wrapped,
                                            nextWrapped,
                                            current.keyId(),
                                            id,
                                            number,
                                            before),
                            it -> it == 1);
            if (rows == 1) {
                return true;
            }
        }
        return false;
    }

    private Bytes rewrapped(String batch, Bytes wrapped, String masterKeyId) {
        try (KeyVault.BatchKey key = vault.batchKey(batch, wrapped, masterKeyId);
                KeyVault.BatchKey moved = key.under(vault.ring().current())) {
            return moved.wrapped();
        }
    }

    /** Both rows in one transaction: a process that starts meanwhile reads them of one moment. */
    private void rewrapFingerprintKey() throws SQLException {
        KeyCipher current = vault.ring().current();
        for (int look = 1; look <= MOST_LOOKS; look++) {
            KeyVault.Meta meta = KeyVault.readMeta(database.transactions());
            if (meta.masterKeyId().equals(current.keyId())) {
                return;
            }
            Bytes wrapped = Bytes.of(Base64.getDecoder().decode(meta.fingerprintKey()));
            String moved = Base64.getEncoder()
                    .encodeToString(rewrapped("(fingerprints)", wrapped, meta.masterKeyId())
                            .toArray());
            database.transactions()
                    .writeRepeatedly(
                            session -> session.update(
                                                    Query.META_UPDATE,
                                                    current.keyId(),
                                                    KeyVault.MASTER_KEY_ID,
                                                    meta.masterKeyId())
                                            == 1
                                    && session.update(
                                                    Query.META_UPDATE,
                                                    moved,
                                                    KeyVault.FINGERPRINT_KEY,
                                                    meta.fingerprintKey())
                                            == 1,
                            isMoved -> isMoved);
        }
    }

    /** Seals every key of a batch under a fresh data key; at any moment each row opens under the one it names. */
    Rotation reencrypt(String id, LongConsumer progress) throws SQLException {
        BatchRow row = begin(id);
        String master = row.batch().masterKeyId();
        long changed = 0;
        long broken = 0;
        try (KeyVault.BatchKey old = vault.batchKey(id, row.wrappedKey(), master);
                KeyVault.BatchKey next = vault.batchKey(id, Objects.requireNonNull(row.nextWrappedKey()), master)) {
            String after = BatchRow.firstKey(id);
            int number = row.batch().dataKey();
            for (List<Row> page = under(id, after, number); !page.isEmpty(); page = under(id, after, number)) {
                List<@Nullable Object[]> sealed = new ArrayList<>();
                for (Row key : page) {
                    Optional<Bytes> moved = moved(key, old, next);
                    moved.ifPresent(content -> sealed.add(Session.row(content, number + 1, key.id(), number)));
                    if (moved.isEmpty() && ++broken <= MOST_NAMED) {
                        name(key);
                    }
                }
                changed += database.transactions()
                        .writeRepeatedly(session -> session.updateRows(Query.KEY_RESEAL, sealed), rows -> rows > 0);
                after = page.get(page.size() - 1).id();
                progress.accept(changed);
            }
            return new Rotation(changed, finish(id, number) ? 0 : Math.max(1, broken));
        }
    }

    private record Row(String id, String sku, Bytes sealed) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(row.getString(1), row.getString(2), Bytes.of(row.getBytes(3)));
        }
    }

    /** The batch with its next data key, a fresh one if it has none. A second run finds the first one's. */
    private BatchRow begin(String id) throws SQLException {
        for (int look = 1; look <= MOST_LOOKS; look++) {
            BatchRow row = read(id);
            if (row.nextWrappedKey() != null) {
                return row;
            }
            String before = row.batch().masterKeyId();
            Bytes wrapped = rewrapped(id, row.wrappedKey(), before);
            try (KeyVault.BatchKey fresh = vault.newBatchKey()) {
                database.transactions()
                        .writeRepeatedly(
                                session -> session.update(
                                        Query.BATCH_NEXT_KEY,
                                        wrapped,
                                        fresh.masterKeyId(),
                                        fresh.wrapped(),
                                        id,
                                        row.batch().dataKey(),
                                        before),
                                rows -> rows == 1);
            }
        }
        throw new SQLException("batch " + id + " was changed by others " + MOST_LOOKS + " times in a row", "40001");
    }

    private List<Row> under(String batch, String after, int number) throws SQLException {
        return database.transactions()
                .read(session -> session.list(
                        Query.KEY_UNDER, Row::read, after, BatchRow.lastKey(batch), number, KEYS_A_TRANSACTION));
    }

    /** Empty if the row holds what was sealed for another one: it stays as it is, and the old data key with it. */
    private static Optional<Bytes> moved(Row row, KeyVault.BatchKey old, KeyVault.BatchKey next) {
        if (row.sealed().size() == 0) {
            return Optional.of(row.sealed());
        }
        byte[] plain = new byte[0];
        try {
            plain = old.open(row.sku(), row.id(), row.sealed());
            return Optional.of(next.seal(row.sku(), row.id(), plain));
        } catch (GeneralSecurityException e) {
            // The exception names no content; the row is named by whoever called.
            return Optional.empty();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static void name(Row row) {
        LOG.error(
                "Key {} of SKU {} cannot be opened and was not re-encrypted: what lies in its row was sealed for another"
                        + " row or key, or was changed. Restore the row from a backup and run it again. At most {} are"
                        + " named.",
                row.id(),
                row.sku(),
                MOST_NAMED);
    }

    /**
     * The old data key goes when no row names it any more. The batch's row is locked first: an import that adds to the
     * batch locks it too.
     */
    private boolean finish(String id, int number) throws SQLException {
        return database.transactions()
                .writeRepeatedly(
                        session -> {
                            Optional<BatchRow> row = session.one(Query.BATCH_LOCK, BatchRow::read, id);
                            if (row.isEmpty() || row.get().batch().dataKey() != number) {
                                return true;
                            }
                            boolean isLeft = session.one(
                                            Query.KEY_UNDER,
                                            Row::read,
                                            BatchRow.firstKey(id),
                                            BatchRow.lastKey(id),
                                            number,
                                            1)
                                    .isPresent();
                            return !isLeft && session.update(Query.BATCH_NEXT_DONE, id, number) == 1;
                        },
                        isDone -> isDone);
    }

    private BatchRow read(String id) throws SQLException {
        return database.transactions()
                .read(session -> session.one(Query.BATCH_READ, BatchRow::read, id))
                .orElseThrow(() -> new InvalidValueException(
                        "there is no batch " + id + " of keys: KeyDesk.batches(..) lists them all"));
    }
}
