package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The row of a batch: what is told of it, and its wrapped data keys. While it is re-encrypted it has two; a key row says
 * by number which one it was sealed under.
 */
record BatchRow(
        ImportedBatch batch, Bytes wrappedKey, @Nullable Bytes nextWrappedKey) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static BatchRow read(ResultSet row) throws SQLException {
        byte[] next = row.getBytes(14);
        return new BatchRow(
                new ImportedBatch(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        Micros.instant(row.getLong(6)),
                        time(row, 7),
                        time(row, 8),
                        time(row, 9),
                        row.getString(10),
                        row.getString(12),
                        row.getInt(13),
                        next != null),
                Bytes.of(row.getBytes(11)),
                next == null ? null : Bytes.of(next));
    }

    String id() {
        return batch.id();
    }

    /** Sorted by time, so that older stock is sold before newer. */
    static String newId(Instant now) {
        return "%012x%010x".formatted(now.toEpochMilli(), RANDOM.nextLong() & 0xff_ffff_ffffL);
    }

    /** Before every key id of the batch, whose numbers are digits. */
    static String firstKey(String batch) {
        return batch + "_0000000000";
    }

    static String lastKey(String batch) {
        return batch + "_9999999999";
    }

    static String keyId(String batch, long number) {
        return "%s_%010d".formatted(batch, number);
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Micros.instant(micros);
    }
}
