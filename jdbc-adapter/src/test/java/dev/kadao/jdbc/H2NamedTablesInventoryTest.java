package dev.kadao.jdbc;

import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.ReservingInventoryContract;
import java.util.List;
import javax.sql.DataSource;

/** With a prefix and a schema of its own. */
final class H2NamedTablesInventoryTest extends ReservingInventoryContract {
    private final DataSource dataSource = TestDatabases.inMemory();

    @Override
    protected KeyInventory openInventory() {
        TestDatabases.execute(dataSource, "CREATE SCHEMA IF NOT EXISTS goods");
        return JdbcKeyInventory.over(dataSource, TestDatabases.cipher())
                .tables(TableNames.prefixed("shop_").inSchema("goods"))
                .open();
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
