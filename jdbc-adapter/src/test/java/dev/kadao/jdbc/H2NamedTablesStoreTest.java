package dev.kadao.jdbc;

import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.CheckoutStoreContract;
import java.util.List;
import javax.sql.DataSource;

/** With a prefix and a schema of its own, beside another installation in the same schema. */
final class H2NamedTablesStoreTest extends CheckoutStoreContract {
    private static final TableNames NAMES = TableNames.prefixed("shop_").inSchema("goods");

    private final DataSource dataSource = TestDatabases.inMemory();

    @Override
    protected CheckoutStore openStore() {
        TestDatabases.execute(dataSource, "CREATE SCHEMA IF NOT EXISTS goods");
        JdbcCheckoutStore.over(dataSource)
                .tables(TableNames.standard().inSchema("goods"))
                .open();
        return JdbcCheckoutStore.over(dataSource).tables(NAMES).open();
    }

    @Override
    protected CheckoutStore openSecond(CheckoutStore store) {
        return JdbcCheckoutStore.over(dataSource).tables(NAMES).open();
    }

    @Override
    protected KeyInventory inventoryOf(CheckoutStore store) {
        return JdbcKeyInventory.over(dataSource, TestDatabases.cipher())
                .tables(NAMES)
                .open();
    }

    @Override
    protected void importKeys(KeyInventory inventory, String sku, List<Secret> keys) {
        TestDatabases.importKeys((JdbcKeyInventory) inventory, sku, keys);
    }
}
