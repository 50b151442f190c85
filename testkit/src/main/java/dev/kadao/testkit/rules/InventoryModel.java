package dev.kadao.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.KeyInventory.HandOverAnswer;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The simplest thing that answers as an inventory must: counters in place of keys. Compares answer by answer. */
final class InventoryModel {
    private final KeyInventory inventory;
    private final InventoryBench bench;
    private final String sku;
    private final String name;
    private final Map<Integer, Bound> orders = new HashMap<>();
    private final Set<Secret> everSeen = new HashSet<>();
    private int imported;
    private int free;
    private int voided;

    /** What an order has. */
    private static final class Bound {
        private int quantity;
        private int replacement;
        private boolean sold;
        private @Nullable ReleaseAnswer released;
        private @Nullable List<Secret> seen;

        boolean isCurrent() {
            return released == null;
        }
    }

    /** What may happen. */
    enum Kind {
        IMPORT,
        RESERVE,
        HAND_OVER,
        REVEAL,
        RELEASE,
        REPLACE,
        REPLACE_AGAIN
    }

    /** One thing that happens to an order; {@code amount} is a number of keys where one is needed. */
    record Command(Kind kind, int order, int amount) {}

    /** A model of one SKU that the inventory has no keys of yet; {@code name} tells histories apart. */
    InventoryModel(InventoryBench bench, String sku, String name) {
        this.inventory = bench.inventory();
        this.bench = bench;
        this.sku = sku;
        this.name = name;
    }

    static List<Command> random(Random random, int length) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            commands.add(new Command(kind, random.nextInt(5), 1 + random.nextInt(3)));
        }
        return commands;
    }

    void play(List<Command> commands) {
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            String where = "%s, command %d of %s".formatted(name, i, commands);
            play(command, where);
            assertThat(inventory.stock(sku)).as(where).isEqualTo(level());
        }
    }

    private StockLevel level() {
        int reserved = 0;
        int sold = 0;
        for (Bound bound : orders.values()) {
            reserved += bound.isCurrent() && !bound.sold ? bound.quantity : 0;
            sold += bound.isCurrent() && bound.sold ? bound.quantity : 0;
        }
        assertThat(free + reserved + sold + voided).isEqualTo(imported);
        return new StockLevel(sku, free, reserved, sold, voided);
    }

    private void play(Command command, String where) {
        OrderId order = new OrderId(new CheckoutId(sku + "_" + command.order()), 1);
        Bound bound = orders.get(command.order());
        switch (command.kind()) {
            case IMPORT -> importKeys(command.amount());
            case RESERVE ->
                assertThat(inventory.reserve(order, sku, command.amount()))
                        .as(where)
                        .isEqualTo(reserve(command, bound));
            case HAND_OVER -> assertThat(inventory.handOver(order)).as(where).isEqualTo(handOver(bound));
            case REVEAL -> reveal(inventory.reveal(order), bound, where);
            case RELEASE ->
                assertThat(inventory.release(order, "by the model")).as(where).isEqualTo(release(command, bound));
            case REPLACE -> replace(order, bound, where);
            case REPLACE_AGAIN -> replaceAgain(order, bound, where);
        }
    }

    private void importKeys(int amount) {
        List<Secret> keys = new ArrayList<>();
        for (int i = 0; i < amount; i++) {
            keys.add(Secret.of(sku + " key " + ++imported));
        }
        bench.fill(sku, keys);
        free += amount;
    }

    private ReserveAnswer reserve(Command command, @Nullable Bound bound) {
        if (bound != null) {
            return bound.isCurrent() ? new ReserveAnswer.Reserved() : new ReserveAnswer.Released();
        }
        if (free < command.amount()) {
            return new ReserveAnswer.OutOfStock();
        }
        Bound fresh = new Bound();
        fresh.quantity = command.amount();
        free -= command.amount();
        orders.put(command.order(), fresh);
        return new ReserveAnswer.Reserved();
    }

    private HandOverAnswer handOver(@Nullable Bound bound) {
        if (bound == null || !bound.isCurrent()) {
            return new HandOverAnswer.NotReserved();
        }
        bound.sold = true;
        return new HandOverAnswer.HandedOver();
    }

    private void reveal(RevealAnswer answer, @Nullable Bound bound, String where) {
        if (bound == null || !bound.isCurrent() || !bound.sold) {
            assertThat(answer).as(where).isEqualTo(new RevealAnswer.NothingToReveal());
            return;
        }
        assertThat(answer).as(where).isInstanceOf(RevealAnswer.Revealed.class);
        List<Secret> keys = ((RevealAnswer.Revealed) answer).keys();
        if (bound.seen == null) {
            assertThat(keys).as(where).hasSize(bound.quantity).doesNotHaveDuplicates();
            assertThat(keys).as(where).noneMatch(everSeen::contains);
            everSeen.addAll(keys);
            bound.seen = keys;
        }
        assertThat(keys).as(where).isEqualTo(bound.seen);
    }

    private ReleaseAnswer release(Command command, @Nullable Bound known) {
        Bound bound = known == null ? new Bound() : known;
        if (bound.released == null) {
            bound.released = known == null ? new ReleaseAnswer.NeverReserved() : returned(bound);
            orders.put(command.order(), bound);
        }
        return bound.released;
    }

    private ReleaseAnswer returned(Bound bound) {
        if (bound.sold) {
            voided += bound.quantity;
            return new ReleaseAnswer.Voided(bound.seen == null ? 0 : bound.quantity);
        }
        free += bound.quantity;
        return new ReleaseAnswer.Released();
    }

    /** Replacing what was never handed over has no rule, so it is left out. */
    private void replace(OrderId order, @Nullable Bound bound, String where) {
        if (bound == null || (bound.isCurrent() && !bound.sold)) {
            return;
        }
        ReserveAnswer expected = new ReserveAnswer.Released();
        int number = bound.replacement + 1;
        if (bound.isCurrent() && free < bound.quantity) {
            expected = new ReserveAnswer.OutOfStock();
        } else if (bound.isCurrent()) {
            expected = new ReserveAnswer.Reserved();
            free -= bound.quantity;
            voided += bound.quantity;
            bound.replacement = number;
            bound.seen = null;
        }
        assertThat(inventory.replace(order, number)).as(where).isEqualTo(expected);
    }

    private void replaceAgain(OrderId order, @Nullable Bound bound, String where) {
        if (bound != null && bound.isCurrent() && bound.replacement > 0) {
            assertThat(inventory.replace(order, bound.replacement)).as(where).isEqualTo(new ReserveAnswer.Reserved());
        }
    }
}
