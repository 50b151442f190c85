package dev.kadao.examples.cardshop;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.kadao.Fulfillment;
import dev.kadao.FulfillmentBuilder;
import dev.kadao.MisconfiguredException;
import dev.kadao.examples.cardshop.call.Catalogue;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.database.ShopDatabase;
import dev.kadao.examples.cardshop.folder.DataFolder;
import dev.kadao.examples.cardshop.folder.MasterKey;
import dev.kadao.examples.cardshop.gateway.OutsideGateways;
import dev.kadao.examples.cardshop.sandbox.JdbcSandboxLedger;
import dev.kadao.examples.cardshop.sandbox.RemoteSandboxLedger;
import dev.kadao.examples.cardshop.sandbox.SandboxGateway;
import dev.kadao.examples.cardshop.sandbox.SandboxLedger;
import dev.kadao.jdbc.JdbcCheckoutStore;
import dev.kadao.jdbc.JdbcKeyInventory;
import dev.kadao.jdbc.JdbcRiskCounters;
import dev.kadao.jdbc.MasterKeyCipher;
import dev.kadao.jdbc.UnusableDatabaseException;
import dev.kadao.order.PayWith;
import dev.kadao.order.Secret;
import dev.kadao.policy.RiskRules;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The library as this shop uses it: over the shop's database, set up from the shop's settings. */
record ShopLibrary(Fulfillment fulfillment, JdbcKeyInventory inventory) {
    private static final Duration LEDGER_LIMIT = Duration.ofSeconds(5);

    /**
     * Opens the database and starts the library.
     *
     * @param data where the master key is kept unless one is configured
     * @param shop where this shop is reached
     * @param payPage what a buyer pays with at the sandbox gateway
     * @param parts gets what must be closed, in the order in which it was opened
     */
    static ShopLibrary open(
            ShopConfig config,
            ShopDatabase database,
            Path data,
            URI shop,
            Function<OpenRequest, PayWith> payPage,
            InstantSource clock,
            Deque<AutoCloseable> parts)
            throws RunningShop.CannotStart, DataFolder.NotUsable {
        try {
            if (database.isServer()) {
                database.check();
            }
            HikariDataSource pool = new HikariDataSource(database.pool());
            parts.push(pool);
            Optional<Secret> given = config.masterKey();
            Secret masterKey = given.isPresent() ? given.get() : MasterKey.of(data);
            JdbcCheckoutStore store = JdbcCheckoutStore.over(pool).open();
            JdbcKeyInventory inventory =
                    JdbcKeyInventory.over(pool, cipher(masterKey)).open();
            FulfillmentBuilder builder = Fulfillment.builder().store(store).inventory(inventory);
            addSandbox(builder, config, database, payPage, clock, parts);
            addOutside(builder, OutsideGateways.of(config.gateways(), shop));
            LibrarySettings.apply(config, builder);
            addRisk(builder, config.risk(), pool, masterKey);
            Catalogue catalogue = new Catalogue(config);
            Fulfillment fulfillment =
                    builder.router(catalogue).recipientCheck(catalogue).build();
            parts.push(fulfillment);
            return new ShopLibrary(fulfillment, inventory);
        } catch (MisconfiguredException e) {
            throw new RunningShop.CannotStart(e.problems());
        } catch (ShopDatabase.Unusable e) {
            throw new RunningShop.CannotStart(e);
        } catch (UnusableDatabaseException e) {
            throw new RunningShop.CannotStart(List.of(unusable(database, e)));
        } catch (StoreException | HikariPool.PoolInitializationException e) {
            throw new RunningShop.CannotStart(List.of(broken(database, data, e)));
        } catch (IOException e) {
            throw new RunningShop.CannotStart(List.of("The data folder " + data + " cannot keep the master key ("
                    + reason(e) + "); make it writable, name another one with --data or set keys.master."));
        }
    }

    private static String unusable(ShopDatabase database, UnusableDatabaseException e) {
        boolean isKey = String.valueOf(e.getMessage()).contains("master key");
        return "It is not possible to use " + database + ": "
                + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
                + (isKey && database.isServer() ? " Shops that share a database share one keys.master." : "");
    }

    private static String broken(ShopDatabase database, Path data, Exception e) {
        return database.isServer()
                ? "It is not possible to use " + database + " (" + reason(e)
                        + "); see that its server runs and that the shop's user may create and change tables in it."
                : "The data folder " + data + " cannot be used (" + reason(e)
                        + "); see that its disk has room and that it can be written, or name another one with --data.";
    }

    private static MasterKeyCipher cipher(Secret masterKey) {
        return MasterKeyCipher.of(Base64.getDecoder().decode(masterKey.expose()));
    }

    /** All processes of a shop share the master key, so they count the same buyer under the same digest. */
    private static void addRisk(
            FulfillmentBuilder builder, ShopConfig.Risk risk, HikariDataSource pool, Secret masterKey) {
        if (risk.maxOpenOrdersPerIp() > 0 || risk.checkoutsPerMinutePerBuyer() > 0) {
            RiskRules rules = RiskRules.off()
                    .withMaxOpenOrdersPerIp(risk.maxOpenOrdersPerIp())
                    .withCheckoutsPerMinutePerBuyer(risk.checkoutsPerMinutePerBuyer());
            Secret digestKey = Secret.of("risk of " + masterKey.expose());
            builder.risk(rules, JdbcRiskCounters.over(pool).open(), digestKey);
        }
    }

    private static void addOutside(FulfillmentBuilder builder, OutsideGateways.Made outside)
            throws RunningShop.CannotStart {
        if (!outside.problems().isEmpty()) {
            throw new RunningShop.CannotStart(outside.problems());
        }
        outside.gateways().forEach(builder::gateway);
    }

    private static void addSandbox(
            FulfillmentBuilder builder,
            ShopConfig config,
            ShopDatabase database,
            Function<OpenRequest, PayWith> payPage,
            InstantSource clock,
            Deque<AutoCloseable> parts)
            throws ShopDatabase.Unusable {
        if (config.sandbox().isPresent()) {
            ShopConfig.Sandbox sandbox = config.sandbox().get();
            SandboxLedger ledger = sandbox.endpoint().isPresent()
                    ? new RemoteSandboxLedger(sandbox.endpoint().get(), sandbox.secret(), LEDGER_LIMIT, clock)
                    : ownLedger(database, parts);
            builder.gateway("sandbox", new SandboxGateway(sandbox.secret(), ledger, payPage));
        }
    }

    /** The sandbox is another house: its tables lie beside the shop's, but it has a connection of its own. */
    private static SandboxLedger ownLedger(ShopDatabase database, Deque<AutoCloseable> parts)
            throws ShopDatabase.Unusable {
        JdbcSandboxLedger ledger = JdbcSandboxLedger.open(database.connections(), LEDGER_LIMIT);
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
