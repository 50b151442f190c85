package dev.kadao.jdbc;

import dev.kadao.order.OrderId;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reserves keys for orders that are not paid yet, within a transaction that somebody else begins and ends. What is
 * reserved of a SKU is counted under a guard row of that SKU, which is held to the end of the transaction: whoever reserves
 * next sees what this one has reserved. Payment does not pass here, so that it waits for nobody.
 */
final class UnpaidStock {
    private static final String GUARD = "reserved at placing";

    private final KeyStock stock;

    UnpaidStock(KeyStock stock) {
        this.stock = stock;
    }

    /** Who has paid and waits for keys of the SKU; asked only if anyone waits for any. */
    interface Queue {
        boolean isEmpty() throws SQLException;
    }

    /** Locks the guards of these SKUs, before any key: all that reserve do so in the same order. */
    static void guard(Session session, Collection<String> skus) throws SQLException {
        for (String sku : new TreeSet<>(skus)) {
            String name = guardOf(sku);
            if (!isLocked(session, name)) {
                session.update(Query.META_INSERT, name, GUARD);
                // Another one may have been first, or the database counts only rows that change: locked it is now.
                session.update(Query.META_UPDATE, GUARD, name, GUARD);
            }
        }
    }

    private static boolean isLocked(Session session, String name) throws SQLException {
        return session.update(Query.META_UPDATE, GUARD, name, GUARD) > 0;
    }

    /** As long as any, whatever the SKU is: a name takes 64 characters. */
    private static String guardOf(String sku) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sku.getBytes(StandardCharsets.UTF_8));
            return "unpaid." + HexFormat.of().formatHex(digest, 0, 24);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The guard of the SKU is held. */
    UnpaidAnswer reserve(Session session, OrderId order, String sku, int quantity, int cap, Queue queue, Instant now)
            throws SQLException {
        Bounds.sku(sku);
        Bounds.quantity(order, quantity);
        Optional<KeyStock.Reservation> known = stock.reservation(session, order);
        if (known.isPresent()) {
            return known.get().state().isTombstone() ? new UnpaidAnswer.OutOfStock() : new UnpaidAnswer.Reserved();
        }
        long reserved = session.one(Query.KEY_COUNT, row -> row.getLong(1), sku, "RESERVED")
                .orElse(0L);
        if (reserved + quantity > cap) {
            return new UnpaidAnswer.CapReached();
        }
        FreeKeys free = KeyStock.lockFree(session, new TreeMap<>(Map.of(sku, quantity)), now);
        List<String> keys = free.of(sku);
        if (keys.size() < quantity || (free.anyoneWaits() && !queue.isEmpty())) {
            return new UnpaidAnswer.OutOfStock();
        }
        session.updateAllRows(Query.FREE_KEY_DELETE, KeyStock.rows(sku, keys));
        KeyStock.insert(session, order, sku, quantity, KeyStock.State.RESERVED, 0, now);
        KeyStock.bind(session, order, keys, KeyStock.State.RESERVED, 0, now);
        return new UnpaidAnswer.Reserved();
    }

    /** Makes what is reserved free again and leaves no trace of it. */
    void letGo(Session session, OrderId order, Instant now) throws SQLException {
        Optional<KeyStock.Reservation> known = stock.reservation(session, order);
        if (known.isEmpty() || known.get().state() != KeyStock.State.RESERVED) {
            return;
        }
        KeyStock.Reservation reservation = known.get();
        List<String> keys =
                session.list(Query.KEY_IDS, row -> row.getString(1), order.toString(), reservation.replacement());
        session.updateExactly(
                reservation.quantity(), Query.KEY_FREE, Micros.of(now), order.toString(), reservation.replacement());
        KeyStock.putBack(session, reservation.sku(), keys);
        session.updateExactly(1, Query.RESERVATION_FORGET, order.toString());
    }
}
