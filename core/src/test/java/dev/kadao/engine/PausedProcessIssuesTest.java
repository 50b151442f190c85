package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Dispatch;
import dev.kadao.order.Guarantee;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that is stopped and goes on later, and knows nothing of it. */
class PausedProcessIssuesTest {
    private final List<Deadline> deadlines = new ArrayList<>();
    private final Rig rig = Rig.with(new Dispatcher() {
        @Override
        public SupplierTerms terms() {
            return new SupplierTerms(new Guarantee.AtMostOnce(), Duration.ofSeconds(3), Duration.ofHours(2));
        }

        @Override
        public Answer dispatch(Request request, Deadline deadline) {
            deadlines.add(deadline);
            return ScriptedSupplier.DELIVERED;
        }
    });

    @Test
    void nothing_is_sent_after_the_stored_deadline_although_the_stores_time_was_learnt_late() {
        rig.placeTopUp("top1");
        rig.store.beforeAnswer(step -> true, () -> rig.clockwork.pause(Duration.ofSeconds(5)));
        rig.pay("top1_p1", "t1");
        Dispatch dispatch = rig.order("top1").dispatches().get(0);
        Duration left = Duration.between(
                rig.clockwork.wall().instant(), dispatch.started().sendBefore());
        assertThat(left).isPositive();
        assertThat(deadlines).singleElement().matches(deadline -> !deadline.isExpired());
        rig.clockwork.pause(left);
        assertThat(deadlines).singleElement().matches(Deadline::isExpired);
    }
}
