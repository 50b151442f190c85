package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.ReservingInventoryContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class MariaDbKeyInventoryTest extends ReservingInventoryContract {
    private final HikariDataSource database = TestServers.mariadb().freshPool();

    @Override
    protected KeyInventory openInventory() {
        return JdbcKeyInventory.over(database, TestDatabases.cipher()).open();
    }

    @Override
    protected KeyInventory openSecond(KeyInventory inventory) {
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
