package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of an import: reads lines, seals what is new under the batch's data key and writes it in transactions of
 * bounded size. What is committed stays if the run breaks off, and the batch is then found unfinished; the next run under
 * the same SKU and name goes on with it. Every writing transaction begins with the batch's row, so that two runs of one
 * batch, or a run and a re-encryption, come one after the other.
 */
final class KeyImport implements AutoCloseable {
    static final int LINES_A_TRANSACTION = 1_000;
    private static final int MOST_LOOKS = 10;

    private final Database database;
    private final KeyVault vault;
    private final KeyBatch wanted;
    private final Consumer<ImportProgress> progress;
    private final String importKey;
    private final List<Long> duplicateLines = new ArrayList<>();
    private final List<Long> rejectedLines = new ArrayList<>();
    private long imported;
    private long alreadyThere;
    private long duplicates;
    private long rejected;
    private long importedBefore = -1;
    private @Nullable Target target;

    KeyImport(Database database, KeyVault vault, KeyBatch wanted, Consumer<ImportProgress> progress) {
        this.database = database;
        this.vault = vault;
        this.wanted = wanted;
        this.progress = progress;
        this.importKey = importKey(wanted);
    }

    /**
     * The batch that is written to.
     *
     * @param number of the data key, as the batch's row must still have it
     */
    private record Target(String batch, boolean stored, int number, KeyVault.BatchKey key) {}

    /** A key on its way in, plain until its transaction is over and then wiped in place. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Incoming(long line, byte[] plain, Bytes fingerprint) {
        @Override
        public String toString() {
            return "Incoming(" + line + ")";
        }
    }

    /** Where a fingerprint was found. */
    private record Known(String batch, String key) {}

    /** What a transaction found and did; nothing at all if the batch is not what it was taken for. */
    private record Written(boolean moved, int imported, int alreadyThere, List<Long> duplicates) {
        static final Written MOVED = new Written(true, 0, 0, List.of());
    }

    ImportResult run(KeyLines lines) throws IOException, SQLException {
        List<KeyLines.Line> some = lines.next(LINES_A_TRANSACTION);
        for (; !some.isEmpty(); some = lines.next(LINES_A_TRANSACTION)) {
            store(some);
            progress.accept(new ImportProgress(lines.read(), imported, alreadyThere, duplicates, rejected));
        }
        String batch = "";
        if (target != null && target.stored()) {
            batch = target.batch();
            finish(batch);
        }
        return new ImportResult(batch, imported, alreadyThere, duplicates, rejected, duplicateLines, rejectedLines);
    }

    private void finish(String batch) throws SQLException {
        database.transactions()
                .writeRepeatedly(
                        session -> session.update(
                                Query.BATCH_FINISH, Micros.of(database.clock().now(session)), batch),
                        rows -> true);
    }

    private void store(List<KeyLines.Line> lines) throws SQLException {
        List<Incoming> keys = new ArrayList<>();
        for (KeyLines.Line line : lines) {
            if (line.key().isPresent()) {
                byte[] plain = line.key().get();
                keys.add(new Incoming(line.number(), plain, Bytes.of(vault.fingerprint(wanted.sku(), plain))));
            } else {
                rejected++;
                note(rejectedLines, line.number());
            }
        }
        try {
            if (!keys.isEmpty()) {
                store(written(keys));
            }
        } finally {
            keys.forEach(key -> Arrays.fill(key.plain(), (byte) 0));
        }
    }

    private void store(Written written) {
        imported += written.imported();
        alreadyThere += written.alreadyThere();
        duplicates += written.duplicates().size();
        written.duplicates().forEach(line -> note(duplicateLines, line));
        Target used = Objects.requireNonNull(target);
        if (written.imported() > 0 && !used.stored()) {
            target = new Target(used.batch(), true, used.number(), used.key());
        }
    }

    /** The data key is had before the transaction, whose locks then wait for no KMS. */
    private Written written(List<Incoming> keys) throws SQLException {
        for (int look = 1; look <= MOST_LOOKS; look++) {
            Target used = target == null ? aim() : target;
            target = used;
            Written written = database.transactions()
                    .writeRepeatedly(session -> write(session, keys, used), it -> !it.moved() && it.imported() > 0);
            if (!written.moved()) {
                return written;
            }
            used.key().close();
            target = null;
        }
        throw new StoreException(
                "Batch '" + wanted.name() + "' of SKU " + wanted.sku() + " was begun or re-encrypted by others "
                        + MOST_LOOKS
                        + " times in a row. Import the same text again: it goes on where this one stopped.",
                true,
                new SQLException("batch changed meanwhile", "40001"));
    }

    private Target aim() throws SQLException {
        Instant now = database.transactions().read(database.clock()::now);
        Optional<BatchRow> found = database.transactions().read(this::find);
        if (importedBefore < 0) {
            importedBefore = found.map(row -> row.batch().imported()).orElse(0L);
        }
        refuse(found.map(BatchRow::batch), now);
        if (found.isEmpty()) {
            return new Target(BatchRow.newId(now), false, 0, vault.newBatchKey());
        }
        ImportedBatch batch = found.get().batch();
        return new Target(
                batch.id(),
                true,
                batch.dataKey(),
                vault.batchKey(batch.id(), found.get().wrappedKey(), batch.masterKeyId()));
    }

    private Optional<BatchRow> find(Session session) throws SQLException {
        Optional<String> id = session.one(Query.BATCH_OF_IMPORT, row -> row.getString(1), importKey);
        return id.isEmpty() ? Optional.empty() : session.one(Query.BATCH_READ, BatchRow::read, id.get());
    }

    private void refuse(Optional<ImportedBatch> found, Instant now) {
        Instant expires = wanted.expiresAt();
        if (expires != null && !expires.isAfter(now)) {
            throw new InvalidValueException("batch '" + wanted.name() + "' of SKU " + wanted.sku() + " expired at "
                    + expires + ", and it is " + now + ": none of its keys could be sold");
        }
        if (found.isEmpty()) {
            return;
        }
        ImportedBatch batch = found.get();
        if (batch.withdrawnAt() != null) {
            throw new InvalidValueException("batch '" + wanted.name() + "' of SKU " + wanted.sku()
                    + " was withdrawn at " + batch.withdrawnAt() + " (" + batch.cause()
                    + "): import good keys under another batch name");
        }
        if (!Objects.equals(batch.expiresAt(), expires)) {
            throw new InvalidValueException("batch '" + wanted.name() + "' of SKU " + wanted.sku()
                    + " was begun with expiry " + batch.expiresAt() + ", not " + expires
                    + ": give the same, or import under another batch name");
        }
    }

    private Written write(Session session, List<Incoming> keys, Target used) throws SQLException {
        Instant now = database.clock().now(session);
        Optional<BatchRow> row =
                used.stored() ? session.one(Query.BATCH_LOCK, BatchRow::read, used.batch()) : find(session);
        boolean asTaken = row.isPresent() == used.stored()
                && row.map(BatchRow::batch)
                        .map(batch -> batch.dataKey() == used.number() && batch.withdrawnAt() == null)
                        .orElse(true);
        if (!asTaken) {
            return Written.MOVED;
        }
        Map<Bytes, Known> known = known(session, keys);
        List<Incoming> fresh = new ArrayList<>();
        List<Long> duplicate = new ArrayList<>();
        Set<Bytes> seen = new HashSet<>();
        int there = 0;
        String lastBefore = BatchRow.keyId(used.batch(), Math.max(0, importedBefore));
        for (Incoming key : keys) {
            Known found = known.get(key.fingerprint());
            if (found != null
                    && found.batch().equals(used.batch())
                    && found.key().compareTo(lastBefore) <= 0) {
                there++;
            } else if (found != null || !seen.add(key.fingerprint())) {
                duplicate.add(key.line());
            } else {
                fresh.add(key);
            }
        }
        if (!fresh.isEmpty()) {
            if (!used.stored()) {
                begin(session, used, now);
            }
            insert(session, fresh, used, row.map(it -> it.batch().imported()).orElse(0L), now);
        }
        return new Written(false, fresh.size(), there, duplicate);
    }

    private Map<Bytes, Known> known(Session session, List<Incoming> keys) throws SQLException {
        Map<Bytes, Known> known = new HashMap<>();
        List<@Nullable Object[]> asked = new ArrayList<>();
        keys.forEach(key -> asked.add(Session.row(wanted.sku(), key.fingerprint())));
        session.listRows(
                Query.KEY_KNOWN,
                row -> known.put(Bytes.of(row.getBytes(1)), new Known(row.getString(2), row.getString(3))),
                asked);
        return known;
    }

    /** Somebody else who begins it at the same time makes this a duplicate, and the transaction is run again. */
    private void begin(Session session, Target used, Instant now) throws SQLException {
        session.updateExactly(
                1,
                Query.BATCH_BEGIN,
                used.batch(),
                importKey,
                wanted.sku(),
                wanted.name(),
                wanted.source(),
                used.key().wrapped(),
                used.key().masterKeyId(),
                Micros.ofNullable(wanted.expiresAt()),
                Micros.ofNullable(wanted.expiresAt()),
                Micros.of(now));
    }

    /**
     * Keys are numbered as they come and written in the order of their fingerprints: two imports of the same keys then
     * wait for each other instead of in a circle.
     */
    private void insert(Session session, List<Incoming> fresh, Target used, long before, Instant now)
            throws SQLException {
        List<@Nullable Object[]> keyRows = new ArrayList<>();
        List<@Nullable Object[]> freeRows = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            Incoming key = fresh.get(i);
            String id = BatchRow.keyId(used.batch(), before + 1 + i);
            keyRows.add(Session.row(
                    id,
                    wanted.sku(),
                    key.fingerprint(),
                    used.batch(),
                    used.key().seal(wanted.sku(), id, key.plain()),
                    used.number(),
                    Micros.of(now)));
            freeRows.add(Session.row(wanted.sku(), id, Micros.ofNullable(wanted.expiresAt())));
        }
        keyRows.sort((one, other) -> Arrays.compareUnsigned(fingerprint(one), fingerprint(other)));
        session.updateAllRows(Query.KEY_IMPORT, keyRows);
        session.updateAllRows(Query.FREE_KEY_IMPORT, freeRows);
        session.updateExactly(1, Query.BATCH_GROW, (long) fresh.size(), used.batch());
    }

    private static byte[] fingerprint(@Nullable Object[] keyRow) {
        return ((Bytes) Objects.requireNonNull(keyRow[2])).toArray();
    }

    @Override
    public void close() {
        if (target != null) {
            target.key().close();
        }
    }

    private static void note(List<Long> lines, long number) {
        if (lines.size() < ImportResult.MOST_LINES) {
            lines.add(number);
        }
    }

    /** The identity of a batch in a column of fixed length. */
    private static String importKey(KeyBatch batch) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String identity = batch.sku().length() + "\n" + batch.sku() + "\n" + batch.name();
            return HexFormat.of().formatHex(digest.digest(identity.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
