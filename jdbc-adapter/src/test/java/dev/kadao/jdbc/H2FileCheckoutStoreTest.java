package dev.kadao.jdbc;

import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.CheckoutStoreContract;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** On plain {@code jdbc:h2:file:}, where the store shields the database from interrupts. */
final class H2FileCheckoutStoreTest extends CheckoutStoreContract {
    @TempDir
    private Path folder;

    private DataSource dataSource() {
        return TestDatabases.at("jdbc:h2:file:" + folder.resolve("kadao") + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
    }

    private DataSource opened;

    @Override
    protected CheckoutStore openStore() {
        opened = dataSource();
        return JdbcCheckoutStore.over(opened).open();
    }

    @Override
    protected CheckoutStore openSecond(CheckoutStore store) {
        return JdbcCheckoutStore.over(opened).open();
    }

    @Override
    protected KeyInventory inventoryOf(CheckoutStore store) {
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
