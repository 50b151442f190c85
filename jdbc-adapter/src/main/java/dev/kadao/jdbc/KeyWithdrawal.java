package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.KeyText;
import dev.kadao.order.Secret;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes free keys void that were found bad or are expired, in transactions of bounded size. A free key's row is the
 * arbiter: whoever deletes it first, the sale or the withdrawal, has the key, and the other finds it gone. A batch first
 * remembers that it is withdrawn, so that a run that breaks off is found and finished by the next {@link #sweep}.
 */
final class KeyWithdrawal {
    private static final int KEYS_A_TRANSACTION = 200;
    private static final int BATCHES_A_PAGE = 100;
    private static final String EXPIRED = "expired";

    private final Database database;
    private final KeyVault vault;

    KeyWithdrawal(Database database, KeyVault vault) {
        this.database = database;
        this.vault = vault;
    }

    Withdrawal batch(String id, String cause) throws SQLException {
        BatchRow row = database.transactions()
                .read(session -> session.one(Query.BATCH_READ, BatchRow::read, id))
                .orElseThrow(() -> new InvalidValueException(
                        "there is no batch " + id + " of keys: KeyDesk.batches(..) lists them all"));
        database.transactions()
                .writeRepeatedly(
                        session -> {
                            long now = Micros.of(database.clock().now(session));
                            return session.update(Query.BATCH_WITHDRAW, now, cause, now, id);
                        },
                        rows -> rows == 1);
        String kept = database.transactions()
                .read(session -> session.one(Query.BATCH_READ, BatchRow::read, id))
                .map(BatchRow::batch)
                .map(ImportedBatch::cause)
                .orElse(cause);
        long voided = empty(row.batch(), kept, Long.MAX_VALUE);
        Bound bound = new Bound();
        String after = BatchRow.firstKey(id);
        for (List<BoundKey> page = bound(id, after, 1_000); !page.isEmpty(); page = bound(id, after, 1_000)) {
            page.forEach(bound::add);
            after = page.get(page.size() - 1).id();
        }
        return new Withdrawal(voided, bound.count, bound.first, 0);
    }

    List<BoundKey> bound(String batch, String after, int limit) throws SQLException {
        return database.transactions()
                .read(session -> session.list(
                        Query.KEY_BOUND, BoundKey::read, after, BatchRow.lastKey(batch), Math.max(0, limit)));
    }

    /** Keys that belong to orders, counted, and the first of them. */
    private static final class Bound {
        private final List<BoundKey> first = new ArrayList<>();
        private long count;

        void add(BoundKey key) {
            count++;
            if (first.size() < Withdrawal.MOST_KEYS) {
                first.add(key);
            }
        }
    }

    Withdrawal keys(String sku, Collection<Secret> keys, String cause) throws SQLException {
        long voided = 0;
        long unknown = 0;
        Bound bound = new Bound();
        List<Secret> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KEYS_A_TRANSACTION) {
            List<Secret> some = all.subList(from, Math.min(all.size(), from + KEYS_A_TRANSACTION));
            List<@Nullable Object[]> asked = new ArrayList<>();
            some.stream().distinct().forEach(key -> asked.add(Session.row(sku, fingerprint(sku, key))));
            List<String> ids = database.transactions()
                    .read(session -> session.listRows(Query.KEY_KNOWN, row -> row.getString(3), asked));
            unknown += asked.size() - ids.size();
            voided += makeVoid(sku, ids, cause);
            List<@Nullable Object[]> found = new ArrayList<>();
            ids.forEach(id -> found.add(Session.row(id)));
            database.transactions()
                    .read(session -> session.listRows(
                            Query.KEY_FIND,
                            row -> row.getString(3) == null || row.getString(2).equals("VOID")
                                    ? Optional.<BoundKey>empty()
                                    : Optional.of(BoundKey.read(row)),
                            found))
                    .forEach(key -> key.ifPresent(bound::add));
        }
        return new Withdrawal(voided, bound.count, bound.first, unknown);
    }

    private Bytes fingerprint(String sku, Secret key) {
        byte[] plain = KeyText.kept(key).expose().getBytes(StandardCharsets.UTF_8);
        try {
            return Bytes.of(vault.fingerprint(sku, plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Makes the free keys of expired and withdrawn batches void, at most so many; answers how many. A batch of which
     * nothing is free or reserved any more is not looked at again.
     */
    long sweep(long most) throws SQLException {
        Instant now = database.transactions().read(database.clock()::now);
        long voided = 0;
        String after = "";
        for (List<String> page = over(now, after); !page.isEmpty() && voided < most; page = over(now, after)) {
            for (String id : page) {
                Optional<BatchRow> row =
                        database.transactions().read(session -> session.one(Query.BATCH_READ, BatchRow::read, id));
                if (row.isPresent()) {
                    String cause = row.get().batch().cause();
                    voided += empty(row.get().batch(), cause == null ? EXPIRED : cause, most - voided);
                }
                after = id;
            }
        }
        return voided;
    }

    private List<String> over(Instant now, String after) throws SQLException {
        return database.transactions()
                .read(session ->
                        session.list(Query.BATCH_OVER, row -> row.getString(1), Micros.of(now), after, BATCHES_A_PAGE));
    }

    /**
     * Reserved keys are looked for before the last look for free ones: from now on a key of this batch that goes back to
     * the free ones is never taken again, so it cannot slip through between the two.
     */
    private long empty(ImportedBatch batch, String cause, long most) throws SQLException {
        Optional<Long> since = database.transactions()
                .read(session -> session.one(Query.BATCH_OVER_SINCE, row -> row.getLong(1), batch.id()));
        long voided = 0;
        while (since.isPresent() && voided < most) {
            boolean isReserved = database.transactions()
                    .read(session -> session.one(Query.KEY_RESERVED, row -> true, batch.sku(), batch.id()))
                    .isPresent();
            List<String> free = free(batch, (int) Math.min(KEYS_A_TRANSACTION, most - voided));
            if (free.isEmpty()) {
                if (!isReserved) {
                    forget(batch.id(), since.get());
                }
                return voided;
            }
            voided += makeVoid(batch.sku(), free, cause);
        }
        return voided;
    }

    private List<String> free(ImportedBatch batch, int limit) throws SQLException {
        return database.transactions()
                .read(session -> session.list(
                        Query.FREE_KEY_OF_BATCH,
                        row -> row.getString(1),
                        batch.sku(),
                        BatchRow.firstKey(batch.id()),
                        BatchRow.lastKey(batch.id()),
                        limit));
    }

    private long makeVoid(String sku, List<String> ids, String cause) throws SQLException {
        if (ids.isEmpty()) {
            return 0;
        }
        List<@Nullable Object[]> named = new ArrayList<>();
        ids.stream().sorted().forEach(id -> named.add(Session.row(sku, id)));
        return database.transactions()
                .writeRepeatedly(
                        session -> {
                            List<String> free =
                                    session.listRows(Query.FREE_KEY_LOCK_NAMED, row -> row.getString(1), named);
                            long now = Micros.of(database.clock().now(session));
                            List<@Nullable Object[]> gone = new ArrayList<>();
                            List<@Nullable Object[]> bad = new ArrayList<>();
                            free.forEach(id -> gone.add(Session.row(sku, id)));
                            free.forEach(id -> bad.add(Session.row(cause, now, id)));
                            session.updateAllRows(Query.FREE_KEY_DELETE, gone);
                            session.updateAllRows(Query.KEY_WITHDRAW, bad);
                            return free.size();
                        },
                        voided -> voided > 0);
    }

    /** Guarded by the time it was over from, as it was before anything was looked at: a withdrawal may have come since. */
    private void forget(String batch, long since) throws SQLException {
        database.transactions()
                .writeRepeatedly(session -> session.update(Query.BATCH_EMPTIED, batch, since), rows -> rows == 1);
    }
}
