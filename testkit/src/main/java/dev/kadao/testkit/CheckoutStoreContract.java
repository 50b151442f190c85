package dev.kadao.testkit;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.rules.ClaimRules;
import dev.kadao.testkit.rules.CommitRules;
import dev.kadao.testkit.rules.FindingRules;
import dev.kadao.testkit.rules.NoticeRules;
import dev.kadao.testkit.rules.StockRules;
import dev.kadao.testkit.rules.StoreBench;
import dev.kadao.testkit.rules.StoreRaceRules;
import dev.kadao.testkit.rules.SupplyRules;
import dev.kadao.testkit.rules.UnpaidStockRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every checkout store must do. Extend it, say how to open a fresh store, and run it with JUnit 5; close what was
 * opened in an {@code @AfterEach} of your own. Rules about stock are skipped where {@link #inventoryOf} is null.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
public abstract class CheckoutStoreContract
        implements CommitRules,
                ClaimRules,
                NoticeRules,
                FindingRules,
                StockRules,
                UnpaidStockRules,
                SupplyRules,
                StoreRaceRules {
    private static final CheckoutId NOBODY = new CheckoutId("nobody");
    private @Nullable StoreBench bench;

    /** For subclasses; JUnit makes one instance for each test. */
    protected CheckoutStoreContract() {}

    /** A fresh and empty store; asked once for each test. */
    protected abstract CheckoutStore openStore();

    /**
     * A second handle onto the same data, as another process has it. Stores that only one process can use give the same
     * handle again.
     */
    protected abstract CheckoutStore openSecond(CheckoutStore store);

    /** The inventory that shares the store's commits; null if there is none. */
    protected abstract @Nullable KeyInventory inventoryOf(CheckoutStore store);

    /** Adds keys that the SKU never had to the inventory of {@link #inventoryOf}. */
    protected abstract void importKeys(KeyInventory inventory, String sku, List<Secret> keys);

    /**
     * Makes the store's clock move on by at least so much. Waits for the store's own clock; override it where a test
     * sets that clock.
     */
    protected void letPass(CheckoutStore store, Duration time) {
        Instant until = store.read(NOBODY).now().plus(time);
        long deadline =
                System.nanoTime() + time.toNanos() + Duration.ofSeconds(30).toNanos();
        while (store.read(NOBODY).now().isBefore(until)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the store's clock did not move on by " + time);
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    /** Opens what is on trial; called by JUnit. */
    @BeforeEach
    public final void openBench() {
        CheckoutStore store = openStore();
        KeyInventory stock = inventoryOf(store);
        bench = new StoreBench(
                store,
                openSecond(store),
                stock,
                (sku, keys) -> {
                    if (stock != null) {
                        importKeys(stock, sku, keys);
                    }
                },
                time -> letPass(store, time));
    }

    @Override
    public final StoreBench bench() {
        if (bench == null) {
            throw new IllegalStateException("the bench is opened before each test by openBench()");
        }
        return bench;
    }
}
