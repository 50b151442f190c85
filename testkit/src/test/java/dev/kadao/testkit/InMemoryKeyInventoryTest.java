package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.memory.InMemoryKeyInventory.Imported;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.rules.InventoryBench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryKeyInventoryTest extends ReservingInventoryContract {
    private final ManualClock clock = ManualClock.atFixedTime();

    @Override
    protected KeyInventory openInventory() {
        return new InMemoryKeyInventory(clock);
    }

    @Override
    protected KeyInventory openSecond(KeyInventory inventory) {
        return inventory;
    }

    @Override
    protected void importKeys(KeyInventory inventory, String sku, List<Secret> keys) {
        ((InMemoryKeyInventory) inventory).importKeys(sku, keys);
    }

    @Override
    protected void letPass(KeyInventory inventory, Duration time) {
        clock.advance(time);
    }

    @Test
    void duplicates_count_against_the_list_and_everything_the_sku_ever_had() {
        InMemoryKeyInventory inventory = (InMemoryKeyInventory) bench().inventory();
        assertThat(inventory.importKeys("steam", secrets("a", "b", "a", "c", "b")))
                .isEqualTo(new Imported(3, List.of(3, 5)));
        bench().sell("cart1", "steam", 2);
        bench().inventory().release(InventoryBench.order("cart1"), "refunded");
        assertThat(inventory.importKeys("steam", secrets("d", "c", "b", "a")))
                .isEqualTo(new Imported(1, List.of(2, 3, 4)));
        assertThat(inventory.importKeys("xbox", secrets("a"))).isEqualTo(new Imported(1, List.of()));
        bench().assertStock("steam", 2, 0, 0, 2);
    }

    private static List<Secret> secrets(String... keys) {
        return java.util.Arrays.stream(keys).map(Secret::of).toList();
    }
}
