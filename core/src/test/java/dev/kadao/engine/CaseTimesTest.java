package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Case;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Entry;
import dev.kadao.order.Route;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Cases have a time, are told again once it is over, and never more often than daily from then on. */
class CaseTimesTest {
    private static final Terms.Handling HANDLING =
            new Terms.Handling(Duration.ofHours(4), Duration.ofHours(2), Duration.ofHours(24), false);

    private final Rig rig = Rig.handling(HANDLING);

    private void delivered() {
        rig.stock("sku", 1);
        rig.place("cart1", Route.keys());
        rig.pay("cart1_p1", "t1");
    }

    private Case only() {
        assertThat(rig.checkout("cart1").cases()).hasSize(1);
        return rig.checkout("cart1").cases().get(0);
    }

    private int alerts() {
        return rig.checkout("cart1").schedule().of("c1").count();
    }

    private long escalations() {
        return rig.engine.reads().journal(new CheckoutId("cart1")).stream()
                .filter(recorded -> recorded.entry() instanceof Entry.CaseEscalated)
                .count();
    }

    @Test
    void a_dispute_has_a_time_of_its_own() {
        delivered();
        Instant now = rig.clockwork.wall().instant();
        rig.engine.dispute(rig.order("cart1").id(), "the key does not work");
        assertThat(only().kind()).isEqualTo(Case.Kind.DISPUTE);
        assertThat(only().dueAt()).isEqualTo(now.plus(HANDLING.disputes()));
    }

    @Test
    void a_complaint_that_opens_a_case_has_a_time_of_its_own() {
        rig.place("cart1", Route.keys());
        rig.pay("cart1_p1", "t1");
        rig.clockwork.advance(Duration.ofMinutes(5));
        Instant now = rig.clockwork.wall().instant();
        rig.engine.complain(rig.order("cart1").id());
        assertThat(only().dueAt()).isEqualTo(now.plus(HANDLING.complaints()));
    }

    @Test
    void what_nobody_ends_is_told_at_once_again_at_its_time_and_then_daily_with_three_levels() {
        delivered();
        rig.engine.dispute(rig.order("cart1").id(), "the key does not work");
        rig.clockwork.settle();
        assertThat(alerts()).isEqualTo(1);
        assertThat(only().level()).isZero();

        rig.pass(Duration.ofHours(23));
        assertThat(alerts()).isEqualTo(1);
        assertThat(only().level()).isZero();
        rig.pass(Duration.ofHours(2));
        assertThat(alerts()).isEqualTo(2);
        assertThat(only().level()).isEqualTo(1);

        rig.pass(Duration.ofDays(4));
        assertThat(alerts()).isEqualTo(6);
        assertThat(only().level()).isEqualTo(Case.MOST_ESCALATIONS);
        assertThat(escalations()).isEqualTo(Case.MOST_ESCALATIONS);
    }

    @Test
    void an_escalation_makes_no_operators_screen_stale() {
        delivered();
        rig.engine.dispute(rig.order("cart1").id(), "the key does not work");
        rig.clockwork.settle();
        int seen = rig.order("cart1").changes();
        rig.pass(Duration.ofDays(2));
        assertThat(only().level()).isPositive();
        assertThat(rig.order("cart1").changes()).isEqualTo(seen);
    }

    @Test
    void a_restart_neither_forgets_nor_repeats_a_level() {
        delivered();
        rig.engine.dispute(rig.order("cart1").id(), "the key does not work");
        rig.clockwork.settle();
        rig.pass(Duration.ofHours(25));
        rig.restart();
        rig.pass(Duration.ofHours(1));
        assertThat(escalations()).isEqualTo(1);
        rig.restart();
        rig.pass(Duration.ofHours(24));
        assertThat(escalations()).isEqualTo(2);
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void without_recorded_times_cases_are_told_daily_at_the_same_level_as_ever() {
        Rig before = Rig.with(ScriptedSupplier.queryable());
        before.stock("sku", 1);
        before.place("cart1", Route.keys());
        before.pay("cart1_p1", "t1");
        before.engine.dispute(before.order("cart1").id(), "the key does not work");
        before.clockwork.settle();
        before.pass(Duration.ofDays(3));
        Case open = before.checkout("cart1").cases().get(0);
        assertThat(open.level()).isZero();
        assertThat(open.dueAt()).isEqualTo(open.openedAt());
        assertThat(before.checkout("cart1").schedule().of("c1").count()).isEqualTo(4);
    }
}
