package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.ScriptedGateway;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** More paid orders at once than a supplier has places: they go as calls return, and not when a claim has lapsed. */
class CrowdedSupplierTest {
    private static final int ORDERS = 60;

    /** Holds its first calls until it is let go. */
    private static final class SlowToBegin implements Dispatcher {
        private final CountDownLatch begin = new CountDownLatch(1);
        private final AtomicInteger supplied = new AtomicInteger();

        @Override
        public SupplierTerms terms() {
            return new SupplierTerms(new Guarantee.AtMostOnce(), Duration.ofMinutes(5), Duration.ofHours(2));
        }

        @Override
        public Answer dispatch(Request request, Deadline deadline) {
            try {
                begin.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Answer.Unknown("interrupted");
            }
            supplied.incrementAndGet();
            return ScriptedSupplier.DELIVERED;
        }
    }

    @Test
    void whoever_found_no_place_is_sent_as_soon_as_there_is_one() {
        SlowToBegin supplier = new SlowToBegin();
        // A claim that lapses after the test's own deadline: nobody is found by its due time.
        EngineSettings settings =
                EngineSettings.defaults().withClaimLease(Duration.ofMinutes(9)).withSlots(2, 4);
        EngineParts parts = new EngineParts(
                InMemoryCheckoutStore.sharing(new InMemoryKeyInventory()),
                null,
                null,
                Map.of("sandbox", new ScriptedGateway()),
                Map.of("a", supplier),
                Rig.TERMS,
                settings,
                SweepSettings.defaults());
        Engine engine = Engine.on(parts);
        try {
            engine.start();
            for (int i = 0; i < ORDERS; i++) {
                Placement.Line line = Rig.line("sku", Rig.PRICE, Route.topUp("a"));
                engine.place(new Placement(new CheckoutId("cart" + i), "sandbox", List.of(line), null, null));
                engine.receive("sandbox", ScriptedGateway.paid("cart" + i + "_p1", "t" + i, Rig.PRICE));
            }
            supplier.begin.countDown();

            await().atMost(Duration.ofMinutes(2)).until(() -> supplier.supplied.get() == ORDERS);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(delivered(engine)).isEqualTo(ORDERS));
        } finally {
            engine.close();
        }
        assertThat(supplier.supplied.get()).isEqualTo(ORDERS);
    }

    private static int delivered(Engine engine) {
        int delivered = 0;
        for (int i = 0; i < ORDERS; i++) {
            Stage stage = engine.reads()
                    .checkout(new CheckoutId("cart" + i))
                    .orElseThrow()
                    .checkout()
                    .order(1)
                    .stage();
            delivered += stage == Stage.DELIVERED ? 1 : 0;
        }
        return delivered;
    }
}
