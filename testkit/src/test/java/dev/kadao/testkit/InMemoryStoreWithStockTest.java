package dev.kadao.testkit;

import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import java.time.Duration;
import java.util.List;

class InMemoryStoreWithStockTest extends CheckoutStoreContract {
    private final ManualClock clock = ManualClock.atFixedTime();
    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory(clock);

    @Override
    protected CheckoutStore openStore() {
        return InMemoryCheckoutStore.sharing(inventory);
    }

    @Override
    protected CheckoutStore openSecond(CheckoutStore store) {
        return store;
    }

    @Override
    protected KeyInventory inventoryOf(CheckoutStore store) {
        return inventory;
    }

    @Override
    protected void importKeys(KeyInventory stock, String sku, List<Secret> keys) {
        inventory.importKeys(sku, keys);
    }

    @Override
    protected void letPass(CheckoutStore store, Duration time) {
        clock.advance(time);
    }
}
