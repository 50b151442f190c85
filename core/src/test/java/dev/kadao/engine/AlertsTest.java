package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.policy.AlertSettings;
import dev.kadao.port.Alert;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.InboundNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shop's people are told what wants them: cases at least once, the rest once until it is over. */
class AlertsTest {
    private static final Duration LOOK = Duration.ofSeconds(61);
    private static final AlertSettings SETTINGS =
            AlertSettings.defaults().withLowStock(Map.of("sku", 3)).withForgedNotices(5, Duration.ofMinutes(5));

    private final List<Alert> told = new ArrayList<>();
    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);
    private boolean down;

    private void start() {
        rig.alerting = new EngineParts.Alerting(
                alert -> {
                    if (down) {
                        throw new IllegalStateException("the pager is down");
                    }
                    told.add(alert);
                },
                SETTINGS);
        rig.restart();
    }

    private List<Alert> of(Alert.Kind kind) {
        return told.stream().filter(alert -> alert.kind() == kind).toList();
    }

    private void disputed() {
        rig.stock("sku", 10);
        rig.place("cart1", Route.keys());
        rig.pay("cart1_p1", "t1");
        rig.engine.dispute(rig.order("cart1").id(), "secret words of the buyer");
        rig.clockwork.settle();
    }

    @Test
    void a_case_is_told_with_its_number_and_without_what_the_buyer_wrote() {
        start();
        disputed();
        assertThat(of(Alert.Kind.CASE)).singleElement().satisfies(alert -> {
            assertThat(alert.subject()).isEqualTo("cart1_c1");
            assertThat(alert.sentence()).contains("DISPUTE").doesNotContain("secret words");
            assertThat(alert.level()).isZero();
        });
    }

    @Test
    void a_case_that_could_not_be_told_is_told_as_soon_as_it_can_be() {
        start();
        down = true;
        disputed();
        rig.clockwork.advance(Duration.ofSeconds(10));
        assertThat(told).isEmpty();
        down = false;
        rig.clockwork.advance(Duration.ofMinutes(5));
        assertThat(of(Alert.Kind.CASE)).hasSize(1);
    }

    @Test
    void a_process_killed_before_it_could_record_that_a_case_was_told_tells_it_again() {
        start();
        rig.stock("sku", 1);
        rig.place("cart1", Route.keys());
        rig.pay("cart1_p1", "t1");
        rig.alerting = new EngineParts.Alerting(
                alert -> {
                    told.add(alert);
                    rig.store.down(true);
                },
                SETTINGS);
        rig.restart();
        rig.engine.dispute(rig.order("cart1").id(), "broken");
        rig.clockwork.settle();
        assertThat(of(Alert.Kind.CASE)).hasSize(1);

        start();
        rig.clockwork.advance(Duration.ofMinutes(1));
        assertThat(of(Alert.Kind.CASE)).hasSize(2);
    }

    @Test
    void a_sink_that_is_down_holds_up_no_order() {
        start();
        down = true;
        disputed();
        rig.place("cart2", Route.keys());
        rig.pay("cart2_p1", "t2");
        assertThat(rig.stage("cart2")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void low_stock_is_told_once_until_it_has_recovered() {
        rig.stock("sku", 2);
        start();
        rig.clockwork.advance(LOOK.multipliedBy(5));
        assertThat(of(Alert.Kind.LOW_STOCK))
                .singleElement()
                .satisfies(alert -> assertThat(alert.sentence()).contains("2 keys of SKU 'sku'"));

        rig.inventory.importKeys("sku", List.of(dev.kadao.order.Secret.of("more-1")));
        rig.clockwork.advance(LOOK);
        rig.place("cart1", Route.keys());
        rig.pay("cart1_p1", "t1");
        rig.clockwork.advance(LOOK);
        assertThat(of(Alert.Kind.LOW_STOCK)).hasSize(2);
    }

    @Test
    void a_burst_of_forged_notices_is_told_once_per_window() {
        start();
        for (int i = 0; i < 4; i++) {
            rig.engine.receive("sandbox", forged());
        }
        rig.clockwork.advance(LOOK);
        assertThat(of(Alert.Kind.FORGED_NOTICES)).isEmpty();
        for (int i = 0; i < 40; i++) {
            rig.engine.receive("sandbox", forged());
        }
        rig.clockwork.advance(LOOK.multipliedBy(3));
        assertThat(of(Alert.Kind.FORGED_NOTICES)).hasSize(1);
        rig.clockwork.advance(LOOK.multipliedBy(10));
        assertThat(of(Alert.Kind.FORGED_NOTICES)).hasSize(1);
    }

    private static InboundNotice forged() {
        return dev.kadao.ScriptedGateway.notice("nonsense");
    }

    @Test
    void a_supplier_that_takes_no_orders_is_told_once() {
        start();
        supplier.onSend.add(() -> new Dispatcher.Answer.Declined(Dispatcher.Scope.SUPPLIER, "balance is empty"));
        for (int i = 0; i < 30; i++) {
            supplier.onSend.add(() -> new Dispatcher.Answer.Declined(Dispatcher.Scope.SUPPLIER, "balance is empty"));
        }
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        rig.clockwork.advance(LOOK.multipliedBy(5));
        assertThat(of(Alert.Kind.SUPPLIER_PAUSED))
                .singleElement()
                .satisfies(alert -> assertThat(alert.subject()).isEqualTo("supplier 'a'"));
    }

    @Test
    void the_order_that_is_owed_for_longest_is_told_again_when_its_age_doubles() {
        start();
        for (int i = 0; i < 400; i++) {
            supplier.onSend.add(() -> new Dispatcher.Answer.Declined(Dispatcher.Scope.SUPPLIER, "balance is empty"));
        }
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        rig.pass(Duration.ofHours(1));
        assertThat(of(Alert.Kind.OLDEST_OPEN)).isEmpty();
        rig.pass(Duration.ofHours(2));
        assertThat(of(Alert.Kind.OLDEST_OPEN)).singleElement().satisfies(alert -> {
            assertThat(alert.subject()).isEqualTo("top1.1");
            assertThat(alert.level()).isZero();
        });
        rig.pass(Duration.ofHours(2));
        assertThat(of(Alert.Kind.OLDEST_OPEN)).hasSize(2);
        assertThat(of(Alert.Kind.OLDEST_OPEN).get(1).level()).isEqualTo(1);
    }

    @Test
    void as_many_keys_as_wanted_are_not_few() {
        rig.stock("sku", 3);
        start();
        rig.clockwork.advance(LOOK.multipliedBy(3));
        assertThat(of(Alert.Kind.LOW_STOCK)).isEmpty();
        rig.place("cart1", Route.keys());
        rig.pay("cart1_p1", "t1");
        rig.clockwork.advance(LOOK);
        assertThat(of(Alert.Kind.LOW_STOCK)).hasSize(1);
    }

    @Test
    void the_fifth_forged_notice_of_five_makes_a_burst_whenever_within_the_window_they_come() {
        start();
        for (int i = 0; i < 4; i++) {
            rig.engine.receive("sandbox", forged());
        }
        rig.clockwork.advance(Duration.ofMinutes(4));
        assertThat(of(Alert.Kind.FORGED_NOTICES)).isEmpty();
        rig.engine.receive("sandbox", forged());
        rig.clockwork.advance(LOOK);
        assertThat(of(Alert.Kind.FORGED_NOTICES)).hasSize(1);
    }

    @Test
    void a_burst_that_nobody_could_be_told_of_is_told_though_it_is_over() {
        start();
        down = true;
        for (int i = 0; i < 5; i++) {
            rig.engine.receive("sandbox", forged());
        }
        rig.clockwork.advance(Duration.ofMinutes(30));
        assertThat(told).isEmpty();
        down = false;
        rig.clockwork.advance(LOOK.multipliedBy(10));
        assertThat(of(Alert.Kind.FORGED_NOTICES)).hasSize(1);
        for (int i = 0; i < 5; i++) {
            rig.engine.receive("sandbox", forged());
        }
        rig.clockwork.advance(LOOK);
        assertThat(of(Alert.Kind.FORGED_NOTICES)).as("a further burst").hasSize(2);
    }

    @Test
    void an_order_without_any_sign_of_life_is_told_as_stuck() {
        start();
        for (int i = 0; i < 2_000; i++) {
            supplier.onSend.add(() -> new Dispatcher.Answer.NotSent("connection refused"));
        }
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        rig.pass(Duration.ofMinutes(50));
        assertThat(of(Alert.Kind.STUCK)).isEmpty();
        rig.pass(Duration.ofMinutes(30));
        assertThat(of(Alert.Kind.STUCK))
                .singleElement()
                .satisfies(alert -> assertThat(alert.subject()).isEqualTo("top1_c1"));
    }

    private void everyCallFails() {
        for (int i = 0; i < 1_000; i++) {
            supplier.onSend.add(() -> {
                throw new IllegalStateException("broken");
            });
            supplier.onAsk.add(() -> {
                throw new IllegalStateException("broken");
            });
        }
    }

    private void tenAreBought(String name) {
        for (int i = 0; i < 10; i++) {
            rig.placeTopUp(name + i);
            rig.pay(name + i + "_p1", "t" + name + i);
        }
    }

    @Test
    void a_breaker_that_opened_is_told_once_until_it_has_closed() {
        start();
        everyCallFails();
        tenAreBought("first");
        rig.clockwork.advance(LOOK.multipliedBy(5));
        assertThat(of(Alert.Kind.BREAKER_OPEN))
                .singleElement()
                .satisfies(alert -> assertThat(alert.subject()).isEqualTo("supplier 'a'"));

        supplier.onSend.clear();
        supplier.onAsk.clear();
        rig.clockwork.advance(Duration.ofHours(1));
        assertThat(rig.engine.paused()).isEmpty();
        assertThat(of(Alert.Kind.BREAKER_OPEN)).hasSize(1);
        everyCallFails();
        tenAreBought("second");
        rig.clockwork.advance(LOOK.multipliedBy(5));
        assertThat(of(Alert.Kind.BREAKER_OPEN)).hasSize(2);
    }

    @Test
    void a_dead_sink_is_in_the_log_once_and_then_seldom_and_once_when_it_works_again() {
        try (LogOf log = new LogOf(Alarm.class, AlertWatch.class, Adapter.class)) {
            rig.stock("sku", 2);
            start();
            down = true;
            rig.clockwork.advance(Duration.ofHours(1));
            assertThat(log.warnings())
                    .filteredOn(line -> line.contains("alert sink"))
                    .hasSizeBetween(4, 5)
                    .allMatch(line -> line.contains("IllegalStateException") && !line.contains("the pager is down"));
            assertThat(log.warnings())
                    .filteredOn(line -> line.contains("2 keys of SKU 'sku'"))
                    .hasSize(1);

            down = false;
            rig.clockwork.advance(LOOK.multipliedBy(3));
            assertThat(of(Alert.Kind.LOW_STOCK)).hasSize(1);
            assertThat(log.news()).containsExactly("the alert sink works again");
        }
    }

    @Test
    void a_store_that_is_down_keeps_no_other_alert_back_and_is_no_end_of_a_trouble() {
        start();
        for (int i = 0; i < 400; i++) {
            supplier.onSend.add(() -> new Dispatcher.Answer.Declined(Dispatcher.Scope.SUPPLIER, "balance is empty"));
        }
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        rig.pass(Duration.ofMinutes(150));
        assertThat(of(Alert.Kind.OLDEST_OPEN)).hasSize(1);
        for (int i = 0; i < 5; i++) {
            rig.engine.receive("sandbox", forged());
        }
        rig.store.down(true);
        rig.clockwork.advance(LOOK.multipliedBy(2));
        assertThat(of(Alert.Kind.FORGED_NOTICES)).hasSize(1);
        rig.store.down(false);
        rig.clockwork.advance(LOOK.multipliedBy(2));
        assertThat(of(Alert.Kind.OLDEST_OPEN)).hasSize(1);
    }
}
