package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.CheckoutStoreContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With a prefix and a schema of its own, beside the installations of all other tests in the same schema. */
final class PostgresNamedTablesStoreTest extends CheckoutStoreContract {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static HikariDataSource database;

    private final TableNames names =
            TableNames.prefixed("shop" + NUMBERS.incrementAndGet() + "_").inSchema("goods");

    @BeforeAll
    static void open() {
        database = TestServers.postgres().freshPool();
        TestDatabases.execute(database, "CREATE SCHEMA goods");
        JdbcCheckoutStore.over(database)
                .tables(TableNames.standard().inSchema("goods"))
                .open();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected CheckoutStore openStore() {
        return JdbcCheckoutStore.over(database).tables(names).open();
    }

    @Override
    protected CheckoutStore openSecond(CheckoutStore store) {
        return openStore();
    }

    @Override
    protected KeyInventory inventoryOf(CheckoutStore store) {
        return JdbcKeyInventory.over(database, TestDatabases.cipher())
                .tables(names)
                .open();
    }

    @Override
    protected void importKeys(KeyInventory inventory, String sku, List<Secret> keys) {
        TestDatabases.importKeys((JdbcKeyInventory) inventory, sku, keys);
    }
}
