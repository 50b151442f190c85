package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Route;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.Deadline;
import dev.kadao.port.NoticeReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway that takes long to open a payment, beside one that has something to say. */
class SlowGatewayIssuesTest {
    private final ManualClockwork clockwork = new ManualClockwork(1);
    private final List<NoticeReply> acknowledged = new ArrayList<>();
    private final ScriptedGateway slow = new ScriptedGateway(new GatewayTerms(true, true, true, true), false) {
        @Override
        public OpenAnswer open(OpenRequest request, Deadline deadline) {
            // Meanwhile a notice of the other gateway comes in.
            acknowledged.add(engine.receive("other", ScriptedGateway.paid("nobody_p1", "t1", Rig.PRICE)));
            return super.open(request, deadline);
        }
    };
    private final Engine engine = engine();

    private Engine engine() {
        InMemoryKeyInventory inventory =
                new InMemoryKeyInventory(() -> clockwork.wall().instant());
        return new Engine(
                new EngineParts(
                        InMemoryCheckoutStore.sharing(inventory),
                        inventory,
                        null,
                        Map.of("slow", slow, "other", new ScriptedGateway()),
                        Map.of(),
                        Rig.TERMS,
                        EngineSettings.defaults().withIntake(1, Duration.ofMillis(100)),
                        SweepSettings.defaults()),
                clockwork);
    }

    @Test
    void waiting_for_one_gateway_to_open_a_payment_does_not_keep_the_notices_of_another_out() {
        CheckoutId id = new CheckoutId("keys1");
        Placement.Line line = new Placement.Line("sku", 1, "a@example.com", Rig.PRICE, Route.keys());
        assertThat(engine.place(new Placement(id, "slow", List.of(line), null, null)))
                .isInstanceOfSatisfying(
                        Placement.Result.Placed.class,
                        placed -> assertThat(
                                        placed.snapshot().checkout().payment(1).payWith())
                                .isNotNull());
        assertThat(engine.openPayment(id, "slow"))
                .isInstanceOfSatisfying(
                        Opening.Opened.class,
                        opened -> assertThat(opened.payment().payWith()).isNotNull());
        assertThat(acknowledged).containsExactly(ScriptedGateway.STORED, ScriptedGateway.STORED);
    }
}
