package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.CheckoutStoreContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class MariaDbCheckoutStoreTest extends CheckoutStoreContract {
    private final HikariDataSource database = TestServers.mariadb().freshPool();

    @Override
    protected CheckoutStore openStore() {
        return JdbcCheckoutStore.over(database).open();
    }

    @Override
    protected CheckoutStore openSecond(CheckoutStore store) {
        return JdbcCheckoutStore.over(database).open();
    }

    @Override
    protected KeyInventory inventoryOf(CheckoutStore store) {
        return JdbcKeyInventory.over(database, TestDatabases.cipher()).open();
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
