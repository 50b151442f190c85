package dev.kadao.jdbc;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.port.KeyInventory.HandOverAnswer;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Moves keys between free, reserved, sold and void within a transaction that somebody else begins and ends. Every
 * change of an order's keys begins with its reservation row, so that the changes of one order come one after another;
 * only reveal goes for the key rows alone.
 */
final class KeyStock {
    /** Where the one reservation of an order is; the last three are tombstones. */
    enum State {
        RESERVED,
        HANDED_OVER,
        RELEASED,
        VOIDED,
        NEVER;

        boolean isTombstone() {
            return this != RESERVED && this != HANDED_OVER;
        }
    }

    /**
     * The one reservation an order can have.
     *
     * @param replacement which delivery the current keys are
     * @param revealed how many keys had been seen when they became void
     */
    record Reservation(String sku, int quantity, State state, int replacement, int revealed) {
        static Reservation read(ResultSet row) throws SQLException {
            return new Reservation(
                    row.getString(1), row.getInt(2), State.valueOf(row.getString(3)), row.getInt(4), row.getInt(5));
        }

        ReleaseAnswer releaseAnswer() {
            return switch (state) {
                case RELEASED -> new ReleaseAnswer.Released();
                case VOIDED -> new ReleaseAnswer.Voided(revealed);
                case NEVER, RESERVED, HANDED_OVER -> new ReleaseAnswer.NeverReserved();
            };
        }
    }

    /** Locks the reservation for this transaction. */
    Optional<Reservation> reservation(Session session, OrderId order) throws SQLException {
        return Optional.ofNullable(reservations(session, List.of(order)).get(order.toString()));
    }

    /** Locks the reservations for this transaction; answers those that there are, by order. */
    Map<String, Reservation> reservations(Session session, List<OrderId> orders) throws SQLException {
        Map<String, Reservation> found = new HashMap<>();
        List<@Nullable Object[]> rows = new ArrayList<>();
        orders.stream().map(OrderId::toString).sorted().forEach(order -> rows.add(Session.row(order)));
        session.listRows(Query.RESERVATION_LOCK, row -> found.put(row.getString(6), Reservation.read(row)), rows);
        return found;
    }

    ReserveAnswer reserve(Session session, OrderId order, String sku, int quantity, Instant now) throws SQLException {
        Optional<Reservation> known = reservation(session, order);
        if (known.isPresent()) {
            return known.get().state().isTombstone() ? new ReserveAnswer.Released() : new ReserveAnswer.Reserved();
        }
        return bindNew(session, order, sku, quantity, State.RESERVED, 0, now);
    }

    /** Reserves and hands over at once. */
    ReserveAnswer takeAndHandOver(Session session, OrderId order, String sku, int quantity, Instant now)
            throws SQLException {
        Optional<Reservation> known = reservation(session, order);
        if (known.isEmpty()) {
            return bindNew(session, order, sku, quantity, State.HANDED_OVER, 0, now);
        }
        if (known.get().state() == State.RESERVED) {
            sell(session, order, known.get(), now);
        }
        return known.get().state().isTombstone() ? new ReserveAnswer.Released() : new ReserveAnswer.Reserved();
    }

    HandOverAnswer handOver(Session session, OrderId order, Instant now) throws SQLException {
        Optional<Reservation> known = reservation(session, order);
        if (known.isEmpty() || known.get().state().isTombstone()) {
            return new HandOverAnswer.NotReserved();
        }
        if (known.get().state() == State.RESERVED) {
            sell(session, order, known.get(), now);
        }
        return new HandOverAnswer.HandedOver();
    }

    /** A tombstone is left even where nothing was reserved: the reserve may still be on its way. */
    ReleaseAnswer release(Session session, OrderId order, String cause, Instant now) throws SQLException {
        Bounds.cause(cause);
        Optional<Reservation> known = reservation(session, order);
        if (known.isEmpty()) {
            insert(session, order, "", 0, State.NEVER, 0, now);
            return new ReleaseAnswer.NeverReserved();
        }
        return switch (known.get().state()) {
            case RESERVED -> free(session, order, known.get(), Bounds.storable(cause), now);
            case HANDED_OVER -> makeVoid(session, order, known.get(), Bounds.storable(cause), now);
            case RELEASED, VOIDED, NEVER -> known.get().releaseAnswer();
        };
    }

    /** What came of the release that left the tombstone. */
    ReleaseAnswer releasedBefore(Session session, OrderId order) throws SQLException {
        return reservation(session, order).map(Reservation::releaseAnswer).orElseGet(ReleaseAnswer.NeverReserved::new);
    }

    /**
     * Replaces an order's current keys by as many of the SKU as are asked for.
     *
     * @throws InvalidValueException if the number does not follow the one before, or the keys are not handed over yet
     */
    ReserveAnswer replace(Session session, OrderId order, String sku, int quantity, int replacement, Instant now)
            throws SQLException {
        Optional<Reservation> known = reservation(session, order);
        if (known.isPresent() && known.get().state().isTombstone()) {
            return new ReserveAnswer.Released();
        }
        int current = known.map(Reservation::replacement).orElse(0);
        if (replacement >= 1 && replacement <= current) {
            return new ReserveAnswer.Reserved();
        }
        if (replacement != current + 1) {
            throw new InvalidValueException("replacement " + replacement + " of " + order + " does not follow "
                    + current + ": count up by one");
        }
        if (known.isEmpty()) {
            return bindNew(session, order, sku, quantity, State.HANDED_OVER, replacement, now);
        }
        if (known.get().state() == State.RESERVED) {
            throw new InvalidValueException("the keys of " + order + " are reserved, not handed over: hand over first");
        }
        return exchange(session, order, known.get(), now);
    }

    private ReserveAnswer exchange(Session session, OrderId order, Reservation reservation, Instant now)
            throws SQLException {
        int replacement = reservation.replacement() + 1;
        List<String> keys = takeFree(session, reservation.sku(), reservation.quantity(), now);
        if (keys.isEmpty()) {
            return new ReserveAnswer.OutOfStock();
        }
        makeWay(session, order, reservation, replacement, now);
        bind(session, order, keys, State.HANDED_OVER, replacement, now);
        return new ReserveAnswer.Reserved();
    }

    /** Makes the order's current keys void, and the reservation one of the delivery that takes their place. */
    void makeWay(Session session, OrderId order, Reservation reservation, int replacement, Instant now)
            throws SQLException {
        session.updateExactly(
                reservation.quantity(),
                Query.KEY_VOID,
                "replaced by " + replacement,
                Micros.of(now),
                order.toString(),
                reservation.replacement());
        move(session, order, State.HANDED_OVER, State.HANDED_OVER, replacement, 0, null, now);
    }

    private ReserveAnswer bindNew(
            Session session, OrderId order, String sku, int quantity, State state, int replacement, Instant now)
            throws SQLException {
        Bounds.sku(sku);
        Bounds.quantity(order, quantity);
        List<String> keys = takeFree(session, sku, quantity, now);
        if (keys.isEmpty()) {
            return new ReserveAnswer.OutOfStock();
        }
        insert(session, order, sku, quantity, state, replacement, now);
        bind(session, order, keys, state, replacement, now);
        return new ReserveAnswer.Reserved();
    }

    static void insert(
            Session session, OrderId order, String sku, int quantity, State state, int replacement, Instant now)
            throws SQLException {
        session.updateAllRows(
                Query.RESERVATION_INSERT,
                List.<@Nullable Object[]>of(inserted(order, sku, quantity, state, replacement, now)));
    }

    /** A row for {@link Query#RESERVATION_INSERT}. */
    static @Nullable Object[] inserted(
            OrderId order, String sku, int quantity, State state, int replacement, Instant now) {
        return Session.row(order.toString(), sku, quantity, state.name(), replacement, Micros.of(now), Micros.of(now));
    }

    /** Who may take keys while others wait for some; asked only if anyone waits. */
    interface Queue {
        boolean isNext(Want want) throws SQLException;
    }

    /** Keys wanted for an order that has no reservation. */
    record Want(OrderId order, String sku, int quantity) {}

    /**
     * Takes keys and hands them over, for many orders at once: the earlier in the list is served first, each gets all
     * of its keys or none. The keys are locked now and written with the changes.
     *
     * @return the orders that were served
     */
    Set<OrderId> serve(Session session, List<Want> wants, Queue queue, Changes changes, Instant now)
            throws SQLException {
        SortedMap<String, Integer> wanted = new TreeMap<>();
        for (Want want : wants) {
            Bounds.sku(want.sku());
            Bounds.quantity(want.order(), want.quantity());
            wanted.merge(want.sku(), want.quantity(), Integer::sum);
        }
        FreeKeys free = lockFree(session, wanted, now);
        Map<String, Deque<String>> left = new HashMap<>();
        wanted.keySet().forEach(sku -> left.put(sku, new ArrayDeque<>(free.of(sku))));
        Set<OrderId> served = new LinkedHashSet<>();
        for (Want want : wants) {
            Deque<String> keys = left.getOrDefault(want.sku(), new ArrayDeque<>());
            if (keys.size() < want.quantity() || (free.anyoneWaits() && !queue.isNext(want))) {
                continue;
            }
            served.add(want.order());
            changes.add(
                    Query.RESERVATION_INSERT,
                    inserted(want.order(), want.sku(), want.quantity(), State.HANDED_OVER, 0, now));
            for (int slot = 1; slot <= want.quantity(); slot++) {
                String key = keys.remove();
                changes.add(Query.FREE_KEY_DELETE, want.sku(), key);
                changes.add(Query.KEY_BIND, "SOLD", want.order().toString(), 0, slot, Micros.of(now), key);
            }
        }
        return served;
    }

    /** So many free keys, no longer free; or an empty list and all as it was. */
    private static List<String> takeFree(Session session, String sku, int quantity, Instant now) throws SQLException {
        List<String> keys =
                lockFree(session, new TreeMap<>(Map.of(sku, quantity)), now).of(sku);
        if (keys.size() < quantity) {
            return List.of();
        }
        session.updateAllRows(Query.FREE_KEY_DELETE, rows(sku, keys));
        return keys;
    }

    /**
     * Locks free keys. Those that others hold are passed over first; only where that is not enough are they waited for,
     * before stock is called out: their taker may still roll back. Nothing is rolled back to a savepoint: under rivalry
     * that breaks H2's transactions ("has status ROLLING_BACK, not OPEN", seen with 2.4.240).
     */
    static FreeKeys lockFree(Session session, SortedMap<String, Integer> wanted, Instant now) throws SQLException {
        FreeKeys found = session.lockFreeKeys(wanted, now, false);
        SortedMap<String, Integer> shortOf = new TreeMap<>(wanted);
        shortOf.entrySet().removeIf(want -> found.count(want.getKey()) == want.getValue());
        if (!shortOf.isEmpty()) {
            found.replaceBy(session.lockFreeKeys(shortOf, now, true));
        }
        return found;
    }

    static void putBack(Session session, String sku, List<String> keys) throws SQLException {
        session.updateAllRows(Query.FREE_KEY_INSERT, rows(sku, keys));
    }

    static List<@Nullable Object[]> rows(String sku, List<String> keys) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        keys.forEach(key -> rows.add(Session.row(sku, key)));
        return rows;
    }

    static void bind(Session session, OrderId order, List<String> keys, State state, int replacement, Instant now)
            throws SQLException {
        String keyState = state == State.RESERVED ? "RESERVED" : "SOLD";
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int slot = 0; slot < keys.size(); slot++) {
            rows.add(Session.row(keyState, order.toString(), replacement, slot + 1, Micros.of(now), keys.get(slot)));
        }
        session.updateAllRows(Query.KEY_BIND, rows);
    }

    private static void sell(Session session, OrderId order, Reservation reservation, Instant now) throws SQLException {
        session.updateExactly(
                reservation.quantity(), Query.KEY_SELL, Micros.of(now), order.toString(), reservation.replacement());
        move(session, order, State.RESERVED, State.HANDED_OVER, reservation.replacement(), 0, null, now);
    }

    private static ReleaseAnswer free(
            Session session, OrderId order, Reservation reservation, String cause, Instant now) throws SQLException {
        List<String> keys =
                session.list(Query.KEY_IDS, row -> row.getString(1), order.toString(), reservation.replacement());
        session.updateExactly(
                reservation.quantity(), Query.KEY_FREE, Micros.of(now), order.toString(), reservation.replacement());
        putBack(session, reservation.sku(), keys);
        move(session, order, State.RESERVED, State.RELEASED, reservation.replacement(), 0, cause, now);
        return new ReleaseAnswer.Released();
    }

    /** The count is read after the key rows are locked by the update: a reveal has come before it or finds them void. */
    private static ReleaseAnswer makeVoid(
            Session session, OrderId order, Reservation reservation, String cause, Instant now) throws SQLException {
        int replacement = reservation.replacement();
        session.updateExactly(
                reservation.quantity(), Query.KEY_VOID, cause, Micros.of(now), order.toString(), replacement);
        int revealed = session.one(Query.KEY_REVEALED_COUNT, row -> row.getInt(1), order.toString(), replacement)
                .orElse(0);
        move(session, order, State.HANDED_OVER, State.VOIDED, replacement, revealed, cause, now);
        return new ReleaseAnswer.Voided(revealed);
    }

    private static void move(
            Session session,
            OrderId order,
            State from,
            State to,
            int replacement,
            int revealed,
            @Nullable String cause,
            Instant now)
            throws SQLException {
        session.updateExactly(
                1,
                Query.RESERVATION_UPDATE,
                to.name(),
                replacement,
                revealed,
                cause,
                Micros.of(now),
                order.toString(),
                from.name());
    }
}
