package dev.kadao.jdbc;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Where the stock of a {@link JdbcKeyInventory} is looked after: import, withdrawal, expiry, rotation, low stock. Its
 * work goes on while the shop sells, in transactions of bounded size; each call may be repeated after an error or a crash
 * and then does the rest. Thread-safe. Database errors are {@link StoreException}s.
 */
public final class KeyDesk {
    private final Database database;
    private final KeyVault vault;
    private final StockThresholds thresholds;

    KeyDesk(Database database, KeyVault vault, StockThresholds thresholds) {
        this.database = database;
        this.vault = vault;
        this.thresholds = thresholds;
    }

    /** Work on a database. */
    private interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Adds keys to the stock of a SKU from a text with one key a line: UTF-8 with or without byte order mark, LF or
     * CRLF. White space at both ends is cut, blank lines are skipped; the text is read as a stream and not closed.
     *
     * <p>Written in transactions of 1,000 lines. If it breaks off, what was written stays and is for sale, and the batch
     * is listed without {@link ImportedBatch#finishedAt}. Importing the same text under the same SKU and batch name goes
     * on: lines that are there already are counted as such, the rest is added to the same batch.
     *
     * @param progress told after each transaction, on this thread; what it throws ends the import, which may be resumed
     * @throws InvalidValueException if the text is in another encoding (the message names the first line that shows it),
     *     if the batch was withdrawn or expired, or was begun with another expiry
     * @throws UncheckedIOException if the text cannot be read to its end
     */
    public ImportResult importKeys(KeyBatch batch, InputStream text, Consumer<ImportProgress> progress) {
        try (KeyImport run = new KeyImport(database, vault, batch, progress)) {
            return run.run(new KeyLines(text));
        } catch (IOException e) {
            throw new UncheckedIOException("The keys of batch '" + batch.name() + "' could not be read to the end.", e);
        } catch (SQLException e) {
            throw SqlFailure.thrown("keys of SKU " + batch.sku() + " were imported", e);
        }
    }

    /**
     * Batches in order of their number, which is the order of time.
     *
     * @param after the number of the last batch seen; empty for the first page
     */
    public List<ImportedBatch> batches(String after, int limit) {
        return run(
                "batches of keys were listed",
                () -> database
                        .transactions()
                        .read(session -> session.list(Query.BATCH_PAGE, BatchRow::read, after, Math.max(0, limit)))
                        .stream()
                        .map(BatchRow::batch)
                        .toList());
    }

    /**
     * Makes every free key of a batch void, and says which of its keys orders have: those stay as they are, for
     * {@code desk().replace} or a refund to settle. A reserved key that is released later does not go back on sale; the
     * next {@link #sweep} makes it void. The batch takes no more imports. Repeated: the first cause stays.
     *
     * @param batch its number
     * @param cause at most 2,000 characters; without anything secret
     * @throws InvalidValueException if there is no such batch
     */
    public Withdrawal withdrawBatch(String batch, String cause) {
        Bounds.cause(cause);
        return run("batch " + batch + " was withdrawn", () -> new KeyWithdrawal(database, vault).batch(batch, cause));
    }

    /**
     * Makes the free ones among these keys void, and says which of them orders have. They are found by their
     * fingerprints. A reserved one that is released later goes back on sale: withdraw it again then.
     *
     * @param cause at most 2,000 characters; without anything secret
     */
    public Withdrawal withdrawKeys(String sku, Collection<Secret> keys, String cause) {
        Bounds.cause(cause);
        return run(
                "keys of SKU " + sku + " were withdrawn",
                () -> new KeyWithdrawal(database, vault).keys(sku, keys, cause));
    }

    /**
     * The keys of a batch that orders have, reserved or handed over, by their id.
     *
     * @param after the id of the last key seen; empty for the first page
     */
    public List<BoundKey> boundKeys(String batch, String after, int limit) {
        String from = after.isEmpty() ? BatchRow.firstKey(batch) : after;
        return run(
                "keys of batch " + batch + " were listed",
                () -> new KeyWithdrawal(database, vault).bound(batch, from, limit));
    }

    /**
     * Makes void what is still free of expired batches, with cause {@code expired}, and of withdrawn ones. Expired keys
     * are not sold even if this never runs; it puts the books right. Run it now and then, for example each hour.
     *
     * @param most how many keys at most
     * @return how many it were; fewer than {@code most} if nothing is left
     */
    public long sweep(long most) {
        return run("expired keys were made void", () -> new KeyWithdrawal(database, vault).sweep(most));
    }

    /**
     * Wraps every data key that is under another master key under the one this inventory was opened with, then the
     * fingerprint key: afterwards a process that knows only the new master key can open the database. Key rows are not
     * touched. All running processes must know both master keys before it starts; see
     * {@link JdbcKeyInventory.Builder#alsoOpens}.
     *
     * @throws UnusableDatabaseException if a data key is under a master key that is not known here
     */
    public Rotation rewrap() {
        return run("data keys were rewrapped", () -> new KeyRotation(database, vault).rewrap());
    }

    /**
     * Seals every key of a batch under a fresh data key. Keys can be shown at any moment meanwhile. The old data key is
     * dropped at the end, if every row could be opened; rows that could not are logged by their id and left.
     *
     * @param batch its number
     * @param progress told how many keys this call has re-encrypted, after each transaction of 200, on this thread; what
     *     it throws ends the run, which may be taken up again
     * @throws InvalidValueException if there is no such batch
     */
    public Rotation reencrypt(String batch, LongConsumer progress) {
        return run(
                "batch " + batch + " was re-encrypted",
                () -> new KeyRotation(database, vault).reencrypt(batch, progress));
    }

    /**
     * The keys that suppliers sold for an order and that it could not have: too few came, one was known to the stock, or
     * the order had others by then. By dispatch, in the order in which they came. They are void and nobody's.
     *
     * <p>This shows secrets to a person. Nothing in the stock marks it, and nothing else in Kadao shows these: note down
     * in the case who looked and why, and what became of the keys. Empty for an order that has none, or is not known.
     *
     * @throws StoreException if a row holds what was sealed for another one; nothing is shown then
     */
    public List<SetAsideKey> setAside(OrderId order) {
        return run(
                "the keys set aside for " + order + " were read",
                () -> new KeyReadings(database, vault).setAside(order));
    }

    /**
     * How good the keys of a SKU were, by batch, the oldest first: so many were handed over, so many of these the buyers
     * did not keep. A batch whose share stands out was a bad import, or a bad day of a supplier. All numbers are of one
     * moment.
     *
     * <p>Free, reserved and void keys of the SKU are counted, sold ones are what is left: so the cost grows with the
     * stock and with what was taken back, not with what was sold.
     */
    public List<BatchQuality> quality(String sku) {
        return run("the keys of SKU " + sku + " were judged", () -> new KeyReadings(database, vault).quality(sku));
    }

    /** SKUs with fewer free keys than the thresholds of the builder; those of which keys were imported, or
     * that are named there. */
    public List<LowStock> lowStock() {
        return run("stock was counted", thresholds::below);
    }

    /**
     * SKUs with fewer free keys than this, of those of which keys were ever imported: one whose keys suppliers sell for
     * each order is none. Sold keys are not looked at.
     */
    public List<LowStock> skusBelow(long threshold) {
        return run("stock was counted", () -> thresholds.below(threshold, Map.of()));
    }

    /** Tells the listener when a SKU falls below its threshold, each time it is run. */
    public StockWatch watch(Consumer<LowStock> listener) {
        return new StockWatch(this::lowStock, listener);
    }

    private static <T> T run(String doing, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw SqlFailure.thrown(doing, e);
        }
    }
}
