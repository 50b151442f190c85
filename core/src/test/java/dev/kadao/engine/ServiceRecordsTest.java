package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.insight.OpenOrders;
import dev.kadao.insight.RecentTimes;
import dev.kadao.insight.ServiceStatistics;
import dev.kadao.insight.ServiceStatistics.Figures;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What orders leave behind for the statistics, from the engine's own steps. */
class ServiceRecordsTest {
    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);

    @AfterEach
    void folding_the_journal_still_gives_the_stored_documents() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(rig.clockwork.wall().instant(), ZoneOffset.UTC);
    }

    private ServiceStatistics statistics() {
        return rig.engine.statistics(today().minusDays(10), today());
    }

    private Figures all() {
        return statistics().all();
    }

    private void buyTopUp(String id) {
        rig.placeTopUp(id);
        rig.pay(id + "_p1", "t-" + id);
    }

    /** Accepts it and is done when asked so much later. */
    private void deliveredAfter(String id, Duration time) {
        supplier.onSend.add(() -> new Answer.Accepted(null, time));
        buyTopUp(id);
        rig.clockwork.advance(time.plusSeconds(1));
    }

    @Test
    void keys_from_stock_are_delivered_on_time_in_the_moment_of_their_payment() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");

        assertThat(all().delivered()).isEqualTo(1);
        assertThat(all().onTime()).isEqualTo(1);
        assertThat(all().paidToDelivered().orElseThrow().p95()).isZero();
        assertThat(statistics().fromStock().delivered()).isEqualTo(1);
        assertThat(statistics().byDay()).containsOnlyKeys(today());
    }

    @Test
    void a_late_delivery_counts_with_its_supplier_and_its_time() {
        deliveredAfter("top1", Duration.ofMinutes(10));

        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(all().delivered()).isEqualTo(1);
        assertThat(all().onTime()).isZero();
        Duration p50 = all().paidToDelivered().orElseThrow().p50();
        assertThat(p50).isBetween(Duration.ofSeconds(570), Duration.ofSeconds(632));
        assertThat(statistics()
                        .bySupplier()
                        .get("a")
                        .paidToDelivered()
                        .orElseThrow()
                        .p50())
                .isEqualTo(p50);
    }

    @Test
    void what_a_supplier_declined_counts_as_refunded_and_not_as_delivered() {
        supplier.onSend.add(() -> new Answer.Declined(Scope.ORDER, "no such number"));
        buyTopUp("top1");

        assertThat(rig.stage("top1")).isEqualTo(Stage.REFUNDED);
        assertThat(all()).isEqualTo(new Figures(0, 0, 1, 1, 0, 0, java.util.Optional.empty()));
        assertThat(statistics().bySupplier().get("a").refunded()).isEqualTo(1);
    }

    @Test
    void a_dispute_and_a_refund_after_delivery_are_told_of_the_same_order_once() {
        buyTopUp("top1");
        rig.engine.dispute(OrderId.parse("top1.1"), "it never came");
        assertThat(all().disputed()).isEqualTo(1);
        assertThat(rig.act("top1", 1, "REFUND")).isInstanceOf(Outcome.Done.class);

        assertThat(rig.stage("top1")).isEqualTo(Stage.REFUNDED);
        assertThat(all().delivered()).isEqualTo(1);
        assertThat(all().refunded()).isEqualTo(1);
        assertThat(all().refundedUndelivered()).isZero();
        assertThat(all().disputed()).isEqualTo(1);
        assertThat(all().orders()).isEqualTo(1);
    }

    @Test
    void a_replacement_changes_neither_the_day_nor_the_time_of_the_first_delivery() {
        rig.stock("sku", 2);
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");
        LocalDate first = today();
        ServiceStatistics before = rig.engine.statistics(first, first);
        rig.pass(Duration.ofDays(2));
        assertThat(rig.act("keys1", 1, "REPLACE")).isInstanceOf(Outcome.Done.class);

        assertThat(rig.order("keys1").keys().replacement()).isEqualTo(1);
        assertThat(rig.engine.statistics(first, first)).isEqualTo(before);
        assertThat(all().delivered()).isEqualTo(1);
    }

    @Test
    void what_a_person_attested_counts_as_by_hand_and_not_as_the_suppliers() {
        supplier.onSend.add(() -> new Answer.Partial(0, "half"));
        buyTopUp("top1");
        int version = rig.order("top1").changes();
        PersonAct act = new PersonAct("a1", "MARK_DELIVERED", 1, 0, version, "ann", "seen in game", "picture 7");
        assertThat(rig.engine.act(new CheckoutId("top1"), act)).isInstanceOf(Outcome.Done.class);

        assertThat(all().byHand()).isEqualTo(1);
        assertThat(statistics().byHand().delivered()).isEqualTo(1);
        assertThat(statistics().bySupplier()).isEmpty();
    }

    @Test
    void unpaid_and_closed_orders_do_not_count() {
        rig.placeTopUp("top1");
        rig.pass(Duration.ofHours(1));
        assertThat(rig.stage("top1")).isEqualTo(Stage.CLOSED);
        assertThat(all().orders()).isZero();
        assertThat(rig.engine.openOrders().byStage()).isEmpty();
    }

    @Test
    void open_are_the_orders_that_are_paid_and_owed_with_the_age_of_the_oldest() {
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");
        rig.clockwork.advance(Duration.ofMinutes(7));
        rig.place("keys2", Route.keys());
        rig.pay("keys2_p1", "t2");
        buyTopUp("top1");

        OpenOrders open = rig.engine.openOrders();
        assertThat(open.byStage()).isEqualTo(Map.of(Stage.PAID, 2L));
        assertThat(open.oldestAge().orElseThrow()).isBetween(Duration.ofMinutes(7), Duration.ofMinutes(8));
        rig.stock("sku", 5);
        rig.engine.stockArrived("sku");
        rig.clockwork.settle();
        assertThat(rig.engine.openOrders()).isEqualTo(new OpenOrders(Map.of(), java.util.Optional.empty()));
    }

    @Test
    void earlier_days_are_kept_and_todays_are_read_anew() {
        buyTopUp("top1");
        LocalDate first = today();
        rig.pass(Duration.ofDays(2));
        assertThat(rig.engine.statistics(first, first).all().refunded()).isZero();
        rig.engine.dispute(OrderId.parse("top1.1"), "it never came");
        rig.clockwork.settle();
        assertThat(rig.engine.statistics(first, first).all().disputed())
                .as("kept")
                .isZero();

        rig.clockwork.advance(Duration.ofMinutes(11));
        assertThat(rig.engine.statistics(first, first).all().disputed()).isEqualTo(1);
        buyTopUp("top2");
        assertThat(rig.engine.statistics(today(), today()).all().delivered()).isEqualTo(1);
        buyTopUp("top3");
        assertThat(rig.engine.statistics(today(), today()).all().delivered()).isEqualTo(2);
    }

    @Test
    void no_days_and_too_many_are_refused() {
        assertThatThrownBy(() -> rig.engine.statistics(today(), today().minusDays(1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("0 days");
        assertThatThrownBy(() -> rig.engine.statistics(today().minusDays(366), today()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("367 days");
    }

    @Test
    void times_of_late_are_known_once_enough_was_delivered_and_nobody_waits_for_them() {
        for (int i = 0; i < 19; i++) {
            buyTopUp("top" + i);
        }
        RecentTimes recent = rig.engine.recentTimes();
        assertThat(recent.of("sku", null)).as("nothing was read yet").isEmpty();
        rig.clockwork.settle();
        assertThat(recent.of("sku", null)).as("19 are too few").isEmpty();

        deliveredAfter("last", Duration.ofMinutes(5));
        assertThat(recent.of("sku", null)).as("what is known is told at once").isEmpty();
        rig.clockwork.settle();
        assertThat(recent.of("sku", null)).hasValueSatisfying(times -> {
            assertThat(times.count()).isEqualTo(20);
            assertThat(times.p50()).isLessThan(Duration.ofSeconds(2));
        });
        assertThat(recent.of("sku", "a")).isEqualTo(recent.of("sku", null));
        assertThat(recent.of("sku", "b")).isEmpty();
        assertThat(recent.of("other", null)).isEmpty();
    }

    @Test
    void where_few_were_delivered_of_late_the_week_tells() {
        for (int i = 0; i < 20; i++) {
            buyTopUp("top" + i);
        }
        rig.pass(Duration.ofDays(5));
        rig.engine.recentTimes().of("sku", null);
        rig.clockwork.settle();
        assertThat(rig.engine.recentTimes().of("sku", null)).isPresent();

        rig.pass(Duration.ofDays(4));
        assertThat(rig.engine.recentTimes().of("sku", null)).as("forgotten").isEmpty();
        rig.clockwork.settle();
        assertThat(rig.engine.recentTimes().of("sku", null))
                .as("longer ago than a week")
                .isEmpty();
    }

    @Test
    void a_store_that_cannot_be_read_leaves_what_is_known() {
        for (int i = 0; i < 20; i++) {
            buyTopUp("top" + i);
        }
        rig.engine.recentTimes().of("sku", null);
        rig.clockwork.settle();
        assertThat(rig.engine.recentTimes().of("sku", null)).isPresent();
        rig.clockwork.advance(Duration.ofMinutes(1));
        rig.store.down(true);
        assertThat(rig.engine.recentTimes().of("sku", null)).isPresent();
        rig.clockwork.settle();
        assertThat(rig.engine.recentTimes().of("sku", null)).isPresent();
        rig.store.down(false);
    }
}
