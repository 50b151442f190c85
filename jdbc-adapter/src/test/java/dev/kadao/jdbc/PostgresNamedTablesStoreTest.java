package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.CheckoutStoreContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** With a prefix and a schema of its own, beside another installation in the same schema. */
final class PostgresNamedTablesStoreTest extends CheckoutStoreContract {
    private static final TableNames NAMES = TableNames.prefixed("shop_").inSchema("goods");

    private final HikariDataSource database = TestServers.postgres().freshPool();

    @Override
    protected CheckoutStore openStore() {
        TestDatabases.execute(database, "CREATE SCHEMA IF NOT EXISTS goods");
        JdbcCheckoutStore.over(database)
                .tables(TableNames.standard().inSchema("goods"))
                .open();
        return JdbcCheckoutStore.over(database).tables(NAMES).open();
    }

    @Override
    protected CheckoutStore openSecond(CheckoutStore store) {
        return JdbcCheckoutStore.over(database).tables(NAMES).open();
    }

    @Override
    protected KeyInventory inventoryOf(CheckoutStore store) {
        return JdbcKeyInventory.over(database, TestDatabases.cipher())
                .tables(NAMES)
                .open();
    }

    @Override
    protected void importKeys(KeyInventory inventory, String sku, List<Secret> keys) {
        TestDatabases.importKeys((JdbcKeyInventory) inventory, sku, keys);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
