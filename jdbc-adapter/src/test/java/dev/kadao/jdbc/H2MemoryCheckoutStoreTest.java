package dev.kadao.jdbc;

import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.CheckoutStoreContract;
import java.util.List;
import javax.sql.DataSource;

final class H2MemoryCheckoutStoreTest extends CheckoutStoreContract {
    private final DataSource dataSource = TestDatabases.inMemory();

    @Override
    protected CheckoutStore openStore() {
        return JdbcCheckoutStore.over(dataSource).open();
    }

    @Override
    protected CheckoutStore openSecond(CheckoutStore store) {
        return JdbcCheckoutStore.over(dataSource).open();
    }

    @Override
    protected KeyInventory inventoryOf(CheckoutStore store) {
        return JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
    }

    @Override
    protected void importKeys(KeyInventory inventory, String sku, List<Secret> keys) {
        TestDatabases.importKeys((JdbcKeyInventory) inventory, sku, keys);
    }
}
