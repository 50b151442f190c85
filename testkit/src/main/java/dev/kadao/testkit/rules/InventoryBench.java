package dev.kadao.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A fresh inventory on trial and a second handle onto the same data. */
public final class InventoryBench {
    private final KeyInventory inventory;
    private final KeyInventory other;
    private final KeyImport keyImport;
    private final Consumer<Duration> letPass;

    /**
     * @param other another handle onto the same data; the same one if there is no other way to the data
     * @param letPass makes the inventory's clock move on by at least so much before it returns
     */
    public InventoryBench(KeyInventory inventory, KeyInventory other, KeyImport keyImport, Consumer<Duration> letPass) {
        this.inventory = inventory;
        this.other = other;
        this.keyImport = keyImport;
        this.letPass = letPass;
    }

    public KeyInventory inventory() {
        return inventory;
    }

    public KeyInventory other() {
        return other;
    }

    /** One of the two handles. */
    public KeyInventory handle(int number) {
        return number % 2 == 0 ? inventory : other;
    }

    /** Adds these keys, none of which the SKU had before. */
    public void fill(String sku, List<Secret> keys) {
        keyImport.importKeys(sku, keys);
    }

    /** Adds so many keys, named after the SKU and counted from 1. */
    public void fill(String sku, int keys) {
        fill(
                sku,
                IntStream.rangeClosed(1, keys)
                        .mapToObj(number -> Secret.of(sku + "-key-" + number))
                        .toList());
    }

    public void letPass(Duration time) {
        letPass.accept(time);
    }

    /** Line 1 of a checkout. */
    public static OrderId order(String checkout) {
        return new OrderId(new CheckoutId(checkout), 1);
    }

    /** Reserves and hands over; there must be stock. */
    public void sell(String checkout, String sku, int quantity) {
        reserve(checkout, sku, quantity);
        assertThat(inventory.handOver(order(checkout))).isEqualTo(new KeyInventory.HandOverAnswer.HandedOver());
    }

    /** Reserves; there must be stock. */
    public void reserve(String checkout, String sku, int quantity) {
        assertThat(inventory.reserve(order(checkout), sku, quantity)).isEqualTo(new ReserveAnswer.Reserved());
    }

    /** The keys of an order that has some. */
    public List<Secret> revealed(String checkout) {
        RevealAnswer answer = inventory.reveal(order(checkout));
        assertThat(answer).isInstanceOf(RevealAnswer.Revealed.class);
        return ((RevealAnswer.Revealed) answer).keys();
    }

    public void assertStock(String sku, long free, long reserved, long sold, long voided) {
        assertThat(inventory.stock(sku)).isEqualTo(new StockLevel(sku, free, reserved, sold, voided));
    }

    /** How many keys the SKU has in all. */
    public static long imported(StockLevel level) {
        return level.free() + level.reserved() + level.sold() + level.voided();
    }
}
