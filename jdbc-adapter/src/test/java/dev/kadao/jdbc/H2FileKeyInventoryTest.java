package dev.kadao.jdbc;

import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.ReservingInventoryContract;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** On {@code jdbc:h2:async:}, which bears interrupts by itself. */
final class H2FileKeyInventoryTest extends ReservingInventoryContract {
    @TempDir
    private Path folder;

    private DataSource opened;

    @Override
    protected KeyInventory openInventory() {
        opened = TestDatabases.inFile(folder);
        return JdbcKeyInventory.over(opened, TestDatabases.cipher()).open();
    }

    @Override
    protected KeyInventory openSecond(KeyInventory inventory) {
        return JdbcKeyInventory.over(opened, TestDatabases.cipher()).open();
    }

    @Override
    protected void importKeys(KeyInventory inventory, String sku, List<Secret> keys) {
        TestDatabases.importKeys((JdbcKeyInventory) inventory, sku, keys);
    }

    @AfterEach
    void shutDown() {
        TestDatabases.execute(opened, "SHUTDOWN");
    }
}
