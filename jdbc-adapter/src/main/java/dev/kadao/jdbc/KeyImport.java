package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of an import: seals lines under a data key of its own and writes them in bounded transactions. What is
 * committed stays if the run breaks off; running it again finds that as duplicates.
 */
final class KeyImport {
    private static final int LINES_A_TRANSACTION = 500;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final KeyVault vault;
    private final String sku;
    private final String name;
    private final String source;
    private final List<Long> duplicateLines = new ArrayList<>();
    private final List<Long> rejectedLines = new ArrayList<>();
    private long imported;
    private long duplicates;
    private long rejected;
    private boolean batchStored;
    private String batchId = "";

    KeyImport(Database database, KeyVault vault, String sku, String name, String source) {
        this.database = database;
        this.vault = vault;
        this.sku = sku;
        this.name = name;
        this.source = source;
    }

    /** A key on its way in: sealed for its row, its plain bytes gone. */
    private record Incoming(long line, String id, Bytes sealed, Bytes fingerprint) {}

    ImportResult run(KeyLines lines) throws IOException, SQLException {
        batchId = newBatchId(database.transactions().read(database.clock()::now));
        try (KeyVault.BatchKey key = vault.newBatchKey()) {
            List<Incoming> chunk = new ArrayList<>();
            for (Optional<KeyLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                accept(line.get(), key, chunk);
                if (chunk.size() == LINES_A_TRANSACTION) {
                    store(chunk, key);
                    chunk.clear();
                }
            }
            store(chunk, key);
        }
        if (batchStored) {
            database.transactions()
                    .writeRepeatedly(
                            session -> session.update(
                                    Query.BATCH_FINISH,
                                    Micros.of(database.clock().now(session)),
                                    batchId),
                            rows -> true);
        }
        return new ImportResult(imported, duplicates, rejected, duplicateLines, rejectedLines);
    }

    private void accept(KeyLines.Line line, KeyVault.BatchKey key, List<Incoming> chunk) {
        if (line.key().isEmpty()) {
            rejected++;
            note(rejectedLines, line.number());
            return;
        }
        byte[] plain = line.key().get();
        String id = "%s_%010d".formatted(batchId, line.number());
        chunk.add(new Incoming(
                line.number(), id, Bytes.of(key.seal(sku, id, plain)), Bytes.of(vault.fingerprint(sku, plain))));
        Arrays.fill(plain, (byte) 0);
    }

    private void store(List<Incoming> chunk, KeyVault.BatchKey key) throws SQLException {
        if (chunk.isEmpty()) {
            return;
        }
        List<Long> known = database.transactions()
                .writeRepeatedly(session -> write(session, chunk, key), duplicate -> duplicate.size() < chunk.size());
        batchStored |= known.size() < chunk.size();
        imported += chunk.size() - known.size();
        duplicates += known.size();
        known.forEach(line -> note(duplicateLines, line));
    }

    /** Answers the lines that were duplicates. */
    private List<Long> write(Session session, List<Incoming> chunk, KeyVault.BatchKey key) throws SQLException {
        Instant now = database.clock().now(session);
        if (!batchStored) {
            session.updateExactly(
                    1,
                    Query.BATCH_INSERT,
                    batchId,
                    sku,
                    name,
                    source,
                    key.wrapped(),
                    key.masterKeyId(),
                    Micros.of(now));
        }
        List<Long> known = new ArrayList<>();
        Set<Bytes> seen = new HashSet<>();
        for (Incoming incoming : chunk) {
            if (!seen.add(incoming.fingerprint()) || !insert(session, incoming, now)) {
                known.add(incoming.line());
            }
        }
        session.updateExactly(1, Query.BATCH_COUNT, (long) chunk.size() - known.size(), batchId);
        return known;
    }

    private boolean insert(Session session, Incoming incoming, Instant now) throws SQLException {
        int rows = session.update(
                Query.KEY_INSERT,
                incoming.id(),
                sku,
                incoming.fingerprint(),
                batchId,
                incoming.sealed(),
                Micros.of(now));
        if (rows == 1) {
            session.updateAllRows(Query.FREE_KEY_INSERT, List.<@Nullable Object[]>of(Session.row(sku, incoming.id())));
        }
        return rows == 1;
    }

    private static void note(List<Long> lines, long number) {
        if (lines.size() < ImportResult.MOST_LINES) {
            lines.add(number);
        }
    }

    /** Sorted by time, so that older stock is sold before newer. */
    private static String newBatchId(Instant now) {
        return "%012x%010x".formatted(now.toEpochMilli(), RANDOM.nextLong() & 0xff_ffff_ffffL);
    }
}
