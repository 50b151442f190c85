package dev.kadao.memory;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.KeyText;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.KeySlot.State;
import dev.kadao.port.KeyInventory.HandOverAnswer;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys and their bindings. Whoever calls holds the lock. Every change can be taken back until {@link #keep()}, so
 * that a step whose continuation fails leaves the stock as it was.
 */
final class KeyShelf {
    private final TreeMap<String, KeyRow> rows = new TreeMap<>();
    private final Map<String, SortedSet<String>> free = new HashMap<>();
    private final Map<String, Map<State, Long>> counts = new HashMap<>();
    private final Map<String, Map<Secret, String>> known = new HashMap<>();
    private final Map<OrderId, Binding> bindings = new HashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private long lastId;

    /** Puts a key on the shelf unless the SKU has known it before, in whatever state; answers whether it did. */
    boolean add(String sku, Secret content) {
        Secret kept = KeyText.kept(content);
        if (known(sku, kept) != null) {
            return false;
        }
        put(KeyRow.imported(nextId(), sku, kept));
        return true;
    }

    String nextId() {
        return "k%012d".formatted(++lastId);
    }

    /** The key of the SKU that has this content, in whatever state; null if it never had one. */
    @Nullable
    KeyRow known(String sku, Secret content) {
        String id = known.getOrDefault(sku, Map.of()).get(content);
        return id == null ? null : row(id);
    }

    ReserveAnswer reserve(OrderId order, String sku, int quantity, Instant now) {
        Binding known = bindings.get(order);
        if (known != null) {
            return known.released() == null ? new ReserveAnswer.Reserved() : new ReserveAnswer.Released();
        }
        List<String> taken = take(order, sku, quantity, 0, State.RESERVED);
        if (taken.isEmpty()) {
            return new ReserveAnswer.OutOfStock();
        }
        bind(order, Binding.reserved(sku, taken, now));
        return new ReserveAnswer.Reserved();
    }

    UnpaidAnswer reserveUnpaid(OrderId order, String sku, int quantity, int cap, Instant now) {
        boolean fits = bindings.containsKey(order) || stock(sku).reserved() + quantity <= cap;
        if (!fits) {
            return new UnpaidAnswer.CapReached();
        }
        return reserve(order, sku, quantity, now) instanceof ReserveAnswer.Reserved
                ? new UnpaidAnswer.Reserved()
                : new UnpaidAnswer.OutOfStock();
    }

    /** As if nothing had been reserved; what is sold or released stays so. */
    void letGo(OrderId order) {
        Binding binding = bindings.get(order);
        if (binding != null && binding.isReserved()) {
            freed(binding);
            bindings.remove(order);
            undo.push(() -> bindings.put(order, binding));
        }
    }

    HandOverAnswer handOver(OrderId order) {
        Binding binding = bindings.get(order);
        if (binding == null || binding.released() != null) {
            return new HandOverAnswer.NotReserved();
        }
        if (binding.isReserved()) {
            binding.keys().forEach(id -> put(row(id).sold()));
            bind(order, binding.sold());
        }
        return new HandOverAnswer.HandedOver();
    }

    /** A tombstone is left even where nothing was reserved: the reserve may still be on its way. */
    ReleaseAnswer release(OrderId order, String cause, Instant now) {
        Binding binding = bindings.get(order);
        if (binding == null) {
            ReleaseAnswer never = new ReleaseAnswer.NeverReserved();
            bind(order, Binding.tombstone("", 0, now, never));
            return never;
        }
        if (binding.released() != null) {
            return binding.released();
        }
        ReleaseAnswer answer = binding.handedOver() ? voided(binding, cause) : freed(binding);
        bind(order, Binding.tombstone(binding.sku(), binding.replacement(), now, answer));
        return answer;
    }

    private ReleaseAnswer voided(Binding binding, String cause) {
        int revealed =
                (int) binding.keys().stream().filter(id -> row(id).revealed()).count();
        binding.keys().forEach(id -> put(row(id).voided(cause)));
        return new ReleaseAnswer.Voided(revealed);
    }

    private ReleaseAnswer freed(Binding binding) {
        binding.keys().forEach(id -> put(row(id).freed()));
        return new ReleaseAnswer.Released();
    }

    RevealAnswer reveal(OrderId order) {
        Binding binding = bindings.get(order);
        if (binding == null || !binding.isSold()) {
            return new RevealAnswer.NothingToReveal();
        }
        binding.keys().forEach(id -> put(row(id).shown()));
        return new RevealAnswer.Revealed(
                binding.keys().stream().map(id -> row(id).content()).toList());
    }

    /**
     * Replaces an order's current keys by as many of the SKU as are asked for.
     *
     * @throws InvalidValueException if the number does not follow the one before, or the keys are not handed over yet
     */
    ReserveAnswer replace(OrderId order, String sku, int quantity, int replacement, Instant now) {
        Binding binding = bindings.get(order);
        if (binding != null && binding.released() != null) {
            return new ReserveAnswer.Released();
        }
        int current = binding == null ? 0 : binding.replacement();
        if (replacement >= 1 && replacement <= current) {
            return new ReserveAnswer.Reserved();
        }
        if (replacement != current + 1) {
            throw new InvalidValueException("replacement " + replacement + " of " + order + " does not follow "
                    + current + ": count up by one");
        }
        if (binding != null && binding.isReserved()) {
            throw new InvalidValueException("the keys of " + order + " are reserved, not handed over: hand over first");
        }
        List<String> taken = take(order, sku, quantity, replacement, State.SOLD);
        if (taken.isEmpty()) {
            return new ReserveAnswer.OutOfStock();
        }
        makeVoid(binding, replacement);
        bind(order, new Binding(sku, true, replacement, taken, now, null));
        return new ReserveAnswer.Reserved();
    }

    /** Makes the keys of an earlier delivery void that another one takes the place of. */
    void makeVoid(@Nullable Binding earlier, int replacement) {
        if (earlier != null) {
            earlier.keys().forEach(id -> put(row(id).voided("replaced by " + replacement)));
        }
    }

    @Nullable
    Binding binding(OrderId order) {
        return bindings.get(order);
    }

    StockLevel stock(String sku) {
        Map<State, Long> count = counts.getOrDefault(sku, Map.of());
        return new StockLevel(
                sku,
                count.getOrDefault(State.FREE, 0L),
                count.getOrDefault(State.RESERVED, 0L),
                count.getOrDefault(State.SOLD, 0L),
                count.getOrDefault(State.VOID, 0L));
    }

    List<OrderId> reservedBefore(Instant moment, int limit) {
        Comparator<Map.Entry<OrderId, Binding>> oldestFirst =
                Comparator.comparing(entry -> entry.getValue().since());
        return bindings.entrySet().stream()
                .filter(entry -> entry.getValue().isReserved())
                .filter(entry -> entry.getValue().since().isBefore(moment))
                .sorted(oldestFirst.thenComparing(Map.Entry.comparingByKey()))
                .limit(Math.max(0, limit))
                .map(Map.Entry::getKey)
                .toList();
    }

    List<KeySlot> slots(String afterId, int limit) {
        return rows.tailMap(afterId, false).values().stream()
                .limit(Math.max(0, limit))
                .map(KeyRow::withoutContent)
                .toList();
    }

    /** Makes the changes since the last call final. */
    void keep() {
        undo.clear();
    }

    /** Takes the changes since the last {@link #keep()} back. */
    void takeBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    /** All keys asked for, or an empty list and nothing changed. */
    private List<String> take(OrderId order, String sku, int quantity, int replacement, State state) {
        if (quantity < 1) {
            throw new InvalidValueException("order " + order + " asks for " + quantity + " keys; ask for 1 or more");
        }
        SortedSet<String> onShelf = free.getOrDefault(sku, new TreeSet<>());
        if (onShelf.size() < quantity) {
            return List.of();
        }
        List<String> taken = new ArrayList<>(onShelf.stream().limit(quantity).toList());
        for (int slot = 0; slot < quantity; slot++) {
            put(row(taken.get(slot)).boundTo(order, replacement, slot, state));
        }
        return taken;
    }

    private KeyRow row(String id) {
        KeyRow row = rows.get(id);
        if (row == null) {
            throw new IllegalStateException("key " + id + " is bound but not on the shelf");
        }
        return row;
    }

    /** Puts a key in its place, or a new one on the shelf. */
    void put(KeyRow row) {
        KeyRow before = rows.put(row.id(), row);
        Map<Secret, String> ofSku = known.computeIfAbsent(row.sku(), name -> new HashMap<>());
        if (before == null) {
            ofSku.put(row.content(), row.id());
        } else {
            uncount(before);
        }
        undo.push(() -> {
            uncount(row);
            if (before == null) {
                rows.remove(row.id());
                ofSku.remove(row.content());
            } else {
                rows.put(before.id(), before);
                count(before);
            }
        });
        count(row);
    }

    private void count(KeyRow row) {
        counts.computeIfAbsent(row.sku(), name -> new EnumMap<>(State.class)).merge(row.state(), 1L, Long::sum);
        if (row.state() == State.FREE) {
            free.computeIfAbsent(row.sku(), name -> new TreeSet<>()).add(row.id());
        }
    }

    private void uncount(KeyRow row) {
        counts.computeIfAbsent(row.sku(), name -> new EnumMap<>(State.class)).merge(row.state(), -1L, Long::sum);
        if (row.state() == State.FREE) {
            free.computeIfAbsent(row.sku(), name -> new TreeSet<>()).remove(row.id());
        }
    }

    void bind(OrderId order, Binding binding) {
        Binding before = bindings.put(order, binding);
        undo.push(() -> {
            if (before == null) {
                bindings.remove(order);
            } else {
                bindings.put(order, before);
            }
        });
    }
}
