package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the promise costs where it is kept. */
class LadderCostTest {
    @Test
    void an_order_that_is_delivered_as_it_is_paid_costs_two_commits_and_none_for_its_promise() {
        Rig rig = Rig.with(ScriptedSupplier.queryable());
        rig.stock("sku", 1);
        int before = rig.store.commits;

        rig.place("cart1", Route.keys());
        rig.pay("cart1_p1", "t1");
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        rig.pass(Duration.ofHours(2));

        assertThat(rig.store.commits - before).isEqualTo(2);
    }
}
