package dev.kadao.jdbc;

import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.ReservingInventoryContract;
import java.util.List;
import javax.sql.DataSource;

final class H2MemoryKeyInventoryTest extends ReservingInventoryContract {
    private final DataSource dataSource = TestDatabases.inMemory();

    @Override
    protected KeyInventory openInventory() {
        return JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
    }

    @Override
    protected KeyInventory openSecond(KeyInventory inventory) {
        return openInventory();
    }

    @Override
    protected void importKeys(KeyInventory inventory, String sku, List<Secret> keys) {
        TestDatabases.importKeys((JdbcKeyInventory) inventory, sku, keys);
    }
}
