package dev.kadao.examples.cardshop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.kadao.Fulfillment;
import dev.kadao.FulfillmentBuilder;
import dev.kadao.MisconfiguredException;
import dev.kadao.examples.cardshop.call.Catalogue;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.folder.DataFolder;
import dev.kadao.examples.cardshop.folder.MasterKey;
import dev.kadao.examples.cardshop.folder.ShopDatabase;
import dev.kadao.examples.cardshop.sandbox.JdbcSandboxLedger;
import dev.kadao.examples.cardshop.sandbox.RemoteSandboxLedger;
import dev.kadao.examples.cardshop.sandbox.SandboxGateway;
import dev.kadao.examples.cardshop.sandbox.SandboxLedger;
import dev.kadao.jdbc.JdbcCheckoutStore;
import dev.kadao.jdbc.JdbcKeyInventory;
import dev.kadao.jdbc.MasterKeyCipher;
import dev.kadao.jdbc.UnusableDatabaseException;
import dev.kadao.order.PayWith;
import dev.kadao.order.Secret;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.h2.jdbcx.JdbcDataSource;

/** The library as this shop uses it: over the embedded database of the data folder, set up from the shop's settings. */
record ShopLibrary(Fulfillment fulfillment, JdbcKeyInventory inventory) {
    private static final Duration LEDGER_LIMIT = Duration.ofSeconds(5);
    private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(5);
    private static final int MOST_CONNECTIONS = 24;

    /**
     * Opens the database and starts the library.
     *
     * @param payPage what a buyer pays with at the sandbox gateway
     * @param parts gets what must be closed, in the order in which it was opened
     */
    static ShopLibrary open(
            ShopConfig config,
            DataFolder folder,
            Function<OpenRequest, PayWith> payPage,
            InstantSource clock,
            Deque<AutoCloseable> parts)
            throws RunningShop.CannotStart, DataFolder.NotUsable {
        try {
            HikariDataSource pool = new HikariDataSource(pool(ShopDatabase.url(folder)));
            parts.push(pool);
            Optional<Secret> given = config.masterKey();
            Secret masterKey = given.isPresent() ? given.get() : MasterKey.of(folder);
            JdbcCheckoutStore store = JdbcCheckoutStore.over(pool).open();
            JdbcKeyInventory inventory =
                    JdbcKeyInventory.over(pool, cipher(masterKey)).open();
            FulfillmentBuilder builder = Fulfillment.builder().store(store).inventory(inventory);
            addSandbox(builder, config, folder, payPage, clock, parts);
            LibrarySettings.apply(config, builder);
            Catalogue catalogue = new Catalogue(config);
            Fulfillment fulfillment =
                    builder.router(catalogue).recipientCheck(catalogue).build();
            parts.push(fulfillment);
            return new ShopLibrary(fulfillment, inventory);
        } catch (MisconfiguredException e) {
            throw new RunningShop.CannotStart(e.problems());
        } catch (UnusableDatabaseException e) {
            throw new RunningShop.CannotStart(
                    List.of("The database in the data folder " + folder.path() + " cannot be used: " + e.getMessage()));
        } catch (StoreException | HikariPool.PoolInitializationException | IOException e) {
            throw new RunningShop.CannotStart(List.of("The data folder " + folder.path() + " cannot be used ("
                    + reason(e) + "); see that its disk has room and that it can be written, or name another one with"
                    + " --data."));
        }
    }

    private static HikariConfig pool(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("shop");
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(MOST_CONNECTIONS);
        pool.setConnectionTimeout(CONNECTION_LIMIT.toMillis());
        return pool;
    }

    private static MasterKeyCipher cipher(Secret masterKey) {
        return MasterKeyCipher.of(Base64.getDecoder().decode(masterKey.expose()));
    }

    private static void addSandbox(
            FulfillmentBuilder builder,
            ShopConfig config,
            DataFolder folder,
            Function<OpenRequest, PayWith> payPage,
            InstantSource clock,
            Deque<AutoCloseable> parts) {
        if (config.sandbox().isPresent()) {
            ShopConfig.Sandbox sandbox = config.sandbox().get();
            SandboxLedger ledger = sandbox.endpoint().isPresent()
                    ? new RemoteSandboxLedger(sandbox.endpoint().get(), sandbox.secret(), LEDGER_LIMIT, clock)
                    : ownLedger(folder, parts);
            builder.gateway("sandbox", new SandboxGateway(sandbox.secret(), ledger, payPage));
        }
    }

    /** The sandbox is another house: its tables lie beside the shop's, but it has a connection of its own. */
    private static SandboxLedger ownLedger(DataFolder folder, Deque<AutoCloseable> parts) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(ShopDatabase.url(folder));
        JdbcSandboxLedger ledger = JdbcSandboxLedger.open(database, LEDGER_LIMIT);
        parts.push(ledger);
        return ledger;
    }

    private static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString().replaceAll("\\s+", " ");
    }
}
