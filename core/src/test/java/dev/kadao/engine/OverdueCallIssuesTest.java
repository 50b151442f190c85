package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Guarantee;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that go beyond their limit and may still be about to write. */
class OverdueCallIssuesTest {
    private static final Guarantee.Asking FINAL = new Guarantee.Asking(
            Duration.ofSeconds(3), true, List.of(Duration.ofSeconds(1)), Duration.ofMinutes(30), Duration.ofDays(3));

    private final ScriptedSupplier supplier = new ScriptedSupplier(new Guarantee.Queryable(FINAL));
    private final Rig rig = Rig.with(supplier);

    @Test
    void nothing_new_is_sent_while_a_call_beyond_its_limit_may_still_write() {
        for (int i = 0; i < 10; i++) {
            // Asked, it knows nothing of a request that has not been written yet.
            supplier.onAsk.add(Answer.NotFound::new);
        }
        List<Integer> sentMeanwhile = new ArrayList<>();
        supplier.onSend.add(() -> {
            // The limit is 3 s, the deadline to write 10 s: an adapter may wait for a connection so long.
            hang(Duration.ofSeconds(9));
            sentMeanwhile.add(supplier.sent.size());
            return ScriptedSupplier.DELIVERED;
        });
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        assertThat(sentMeanwhile).containsExactly(1);
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(supplier.sent).hasSize(1);
    }

    @Test
    void a_call_that_never_returns_is_unknown_once_it_can_write_no_more() {
        List<Stage> meanwhile = new ArrayList<>();
        supplier.onSend.add(() -> {
            hang(Duration.ofSeconds(30));
            meanwhile.add(rig.stage("top1"));
            return new Answer.Unknown("hung for long");
        });
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        assertThat(meanwhile).containsExactly(Stage.DELIVERED);
        assertThat(supplier.sent).hasSize(1);
    }

    /** Stays in the call, deaf to its interrupt, which hits this one thread of all. */
    private void hang(Duration span) {
        Duration limit = supplier.terms().callLimit();
        rig.clockwork.advance(limit);
        Thread.interrupted();
        rig.clockwork.advance(span.minus(limit));
    }
}
