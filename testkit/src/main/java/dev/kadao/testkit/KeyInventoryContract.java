package dev.kadao.testkit;

import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory;
import dev.kadao.testkit.rules.InventoryBench;
import dev.kadao.testkit.rules.InventoryRaceRules;
import dev.kadao.testkit.rules.InventoryRules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every key inventory must do. Extend it, say how to open a fresh inventory and how to fill it, and run it with
 * JUnit 5; close what was opened in an {@code @AfterEach} of your own.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
public abstract class KeyInventoryContract implements InventoryRules, InventoryRaceRules {
    private @Nullable InventoryBench bench;

    /** For subclasses; JUnit makes one instance for each test. */
    protected KeyInventoryContract() {}

    /** A fresh and empty inventory; asked once for each test. */
    protected abstract KeyInventory openInventory();

    /**
     * A second handle onto the same keys, as another process has it. Inventories that only one process can use give the
     * same handle again.
     */
    protected abstract KeyInventory openSecond(KeyInventory inventory);

    /** Adds keys that the SKU never had. */
    protected abstract void importKeys(KeyInventory inventory, String sku, List<Secret> keys);

    /**
     * Makes the inventory's clock move on by at least so much. Waits for this machine's clock; override it where a test
     * sets the inventory's own.
     */
    protected void letPass(KeyInventory inventory, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Opens what is on trial; called by JUnit. */
    @BeforeEach
    public final void openBench() {
        KeyInventory inventory = openInventory();
        bench = new InventoryBench(
                inventory,
                openSecond(inventory),
                (sku, keys) -> importKeys(inventory, sku, keys),
                time -> letPass(inventory, time));
    }

    @Override
    public final InventoryBench bench() {
        if (bench == null) {
            throw new IllegalStateException("the bench is opened before each test by openBench()");
        }
        return bench;
    }
}
