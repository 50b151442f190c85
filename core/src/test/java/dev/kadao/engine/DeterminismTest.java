package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.order.Bytes;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One seed, one history. */
class DeterminismTest {

    private static List<Bytes> history(long seed) {
        ScriptedSupplier supplier = ScriptedSupplier.queryable();
        supplier.onSend.add(() -> {
            throw new IllegalStateException("reply lost");
        });
        supplier.onAsk.add(() -> new Answer.Accepted("s-1", Duration.ofSeconds(3)));
        Rig rig = new Rig(seed, new ScriptedGateway(), supplier);
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        rig.place("keys2", Route.keys());
        rig.placeTopUp("top1");
        rig.store.trouble(TroubledStore.Trouble.DOWN, 3, step -> true);
        rig.pay("keys2_p1", "t2");
        rig.pay("keys1_p1", "t1");
        rig.pay("top1_p1", "t3");
        rig.clockwork.advance(Duration.ofMinutes(2));
        rig.pay("keys1_p1", "t1");
        rig.pay("top1_p1", "t3");
        rig.clockwork.advance(Duration.ofHours(2));
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        return rig.bytes();
    }

    @Test
    void two_runs_with_one_seed_give_the_same_journal_bytes() {
        assertThat(history(7)).hasSizeGreaterThan(10).isEqualTo(history(7));
    }

    @Test
    void another_seed_gives_other_bytes_so_that_the_comparison_means_something() {
        assertThat(history(7)).isNotEqualTo(history(8));
    }
}
