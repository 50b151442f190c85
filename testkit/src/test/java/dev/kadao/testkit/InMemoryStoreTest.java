package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Step.StockRequest;
import dev.kadao.testkit.rules.StepDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest extends CheckoutStoreContract {
    private final ManualClock clock = ManualClock.atFixedTime();

    @Override
    protected CheckoutStore openStore() {
        return InMemoryCheckoutStore.withClock(clock);
    }

    @Override
    protected CheckoutStore openSecond(CheckoutStore store) {
        return store;
    }

    @Override
    protected @Nullable KeyInventory inventoryOf(CheckoutStore store) {
        return null;
    }

    @Override
    protected void importKeys(KeyInventory inventory, String sku, List<Secret> keys) {
        throw new AssertionError("this store has no stock of its own");
    }

    @Override
    protected void letPass(CheckoutStore store, Duration time) {
        clock.advance(time);
    }

    @Test
    void a_step_with_stock_is_written_as_not_tried_where_the_stock_is_elsewhere() {
        InMemoryKeyInventory elsewhere = new InMemoryKeyInventory(clock);
        elsewhere.importKeys("steam", List.of(Secret.of("a")));
        assertThat(bench().store().sharesCommitWith(elsewhere)).isFalse();
        OrderId order = new OrderId(new CheckoutId("cart1"), 1);
        bench().done(StepDraft.insert("cart1").withStock(new StockRequest.Take(order, "steam", 1, Instant.EPOCH)));
        assertThat(bench().stored("cart1").document().asUtf8()).startsWith("[NotTried[");
        assertThat(elsewhere.stock("steam").free()).isEqualTo(1);
    }
}
