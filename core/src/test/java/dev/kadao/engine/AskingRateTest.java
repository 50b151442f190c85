package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Route;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.QueryableDispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many questions that fall due at once reach the supplier at its rate, and stand in nobody's way. */
class AskingRateTest {
    private static final int ORDERS = 10_000;
    private static final int PER_SECOND = 20;

    /** Takes every order, then knows of none; notes when it is asked. */
    private final class Forgetful implements QueryableDispatcher {
        private final List<Long> askedAt = new ArrayList<>();
        private final Set<String> askedAbout = new HashSet<>();
        private int sent;

        @Override
        public SupplierTerms terms() {
            Guarantee.Asking asking = new Guarantee.Asking(
                    Duration.ofSeconds(5),
                    false,
                    List.of(Duration.ofSeconds(2), Duration.ofHours(5)),
                    Duration.ofHours(20),
                    Duration.ofDays(3));
            return new SupplierTerms(new Guarantee.Queryable(asking), Duration.ofSeconds(3), Duration.ofHours(20));
        }

        @Override
        public Answer dispatch(Request request, Deadline deadline) {
            sent++;
            return new Answer.Accepted(null, null);
        }

        @Override
        public Answer query(DispatchId reference) {
            askedAt.add(rig.clockwork.nanos());
            askedAbout.add(reference.toString());
            return new Answer.NotFound();
        }
    }

    private final Forgetful forgetful = new Forgetful();
    private final ScriptedSupplier other = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(forgetful, other);

    private void placeAndPay(String id, String supplier) {
        rig.place(id, Route.topUp(supplier));
        rig.pay(id + "_p1", "t-" + id);
    }

    private Attempt attempt(int order) {
        return rig.checkout("top" + order).schedule().of("o1");
    }

    @Test
    void ten_thousand_that_fall_due_after_an_outage_are_asked_about_at_the_rate() {
        for (int i = 0; i < ORDERS; i++) {
            placeAndPay("top" + i, "a");
        }
        assertThat(forgetful.sent).isEqualTo(ORDERS);
        rig.clockwork.pause(Duration.ofHours(1));
        rig.clockwork.advance(Duration.ofSeconds(10));

        // Meanwhile others, and new orders of this very supplier, are served at once.
        placeAndPay("other", "b");
        assertThat(rig.stage("other")).isEqualTo(Stage.DELIVERED);
        placeAndPay("late", "a");
        assertThat(forgetful.sent).isEqualTo(ORDERS + 1);

        rig.clockwork.advance(Duration.ofSeconds(50));
        List<Long> asked = forgetful.askedAt;
        assertThat(asked).hasSizeBetween(PER_SECOND * 59, PER_SECOND * 60 + 1);
        for (int i = PER_SECOND; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - PER_SECOND))
                    .as("nanoseconds for %d questions", PER_SECOND)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        }
        // What was put off counts neither as a try nor against the supplier.
        int putOff = 0;
        for (int i = 0; i < ORDERS; i += 50) {
            boolean wasAsked = forgetful.askedAbout.contains("top" + i + "_1_1");
            assertThat(attempt(i).count()).isEqualTo(wasAsked ? 2 : 1);
            putOff += wasAsked ? 0 : 1;
        }
        assertThat(putOff).isGreaterThan(100);
        assertThat(rig.engine.paused()).isEmpty();
    }

    @Test
    void a_question_leaves_a_slot_for_a_send() {
        Adapter adapter = new Adapter("supplier 'c'", rig.clockwork, 3, 10);
        assertThat(adapter.hasRoomToAsk()).isTrue();
        adapter.enter();
        Adapter.Ticket second = (Adapter.Ticket) adapter.enter();
        assertThat(adapter.hasRoomToAsk()).isFalse();
        assertThat(adapter.enter()).isInstanceOf(Adapter.Ticket.class);
        second.release();
        assertThat(new Adapter("supplier 'd'", rig.clockwork, 1, 10).hasRoomToAsk())
                .isTrue();
    }
}
