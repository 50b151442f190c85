package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Dispatch;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A supplier's no that concerns it as a whole holds for all orders: they go to their next supplier, or wait. */
class SupplierStandstillTest {
    private static final Answer EMPTY = new Answer.Declined(Scope.SUPPLIER, "empty balance");
    private static final Answer WRONG = new Answer.Declined(Scope.ORDER, "wrong number");
    private static final int ORDERS = 30;

    private final ScriptedSupplier a = ScriptedSupplier.queryable();
    private final ScriptedSupplier b = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(a, b);

    @AfterEach
    void the_audit_finds_nothing_broken() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void placeAndPay(String id, String... suppliers) {
        rig.place(id, Route.topUp(suppliers));
        rig.pay(id + "_p1", "t-" + id);
    }

    private void assertSupplied(String id, String supplier, int dispatch) {
        assertThat(rig.stage(id)).isEqualTo(Stage.DELIVERED);
        Dispatch last = rig.order(id).lastDispatch();
        assertThat(last.supplier()).isEqualTo(supplier);
        assertThat(last.id().number()).isEqualTo(dispatch);
    }

    @Test
    void orders_with_another_supplier_go_there_at_once_and_the_first_is_left_alone() {
        a.onSend.add(() -> EMPTY);
        placeAndPay("top0", "a", "b");
        assertSupplied("top0", "b", 2);
        for (int i = 1; i <= ORDERS; i++) {
            placeAndPay("top" + i, "a", "b");
            assertSupplied("top" + i, "b", 1);
        }
        assertThat(a.sent).hasSize(1);
        assertThat(rig.engine.paused()).containsExactly("supplier 'a'");

        rig.clockwork.advance(Duration.ofSeconds(2));
        placeAndPay("later", "a", "b");
        assertSupplied("later", "a", 1);
        assertThat(rig.engine.paused()).isEmpty();
    }

    @Test
    void orders_without_another_one_wait_in_PAID_and_nobody_is_refunded() {
        for (int i = 0; i < 8; i++) {
            a.onSend.add(() -> EMPTY);
        }
        for (int i = 0; i < ORDERS; i++) {
            placeAndPay("top" + i, "a");
            assertThat(rig.stage("top" + i)).isEqualTo(Stage.PAID);
        }
        assertThat(a.sent).hasSize(1);
        // 1 + 2 + 4 + 8 + 16 + 32 s: however many wait, each pause ends with one trial.
        rig.clockwork.advance(Duration.ofSeconds(60));
        assertThat(a.sent).hasSizeBetween(3, 7);
        rig.clockwork.advance(Duration.ofMinutes(10));
        for (int i = 0; i < ORDERS; i++) {
            assertThat(rig.stage("top" + i)).isEqualTo(Stage.DELIVERED);
            assertThat(rig.checkout("top" + i).refunds()).isEmpty();
        }
        assertThat(a.sent).hasSize(ORDERS + 8);
        assertThat(rig.engine.paused()).isEmpty();
    }

    @Test
    void what_nobody_has_taken_for_days_goes_to_a_person_whether_it_was_ever_tried_or_not() {
        a.onSend.addAll(Collections.nCopies(100_000, () -> EMPTY));
        for (int i = 0; i < ORDERS; i++) {
            placeAndPay("top" + i, "a");
        }
        rig.pass(Duration.ofDays(7));
        for (int i = 0; i < ORDERS; i++) {
            assertThat(rig.stage("top" + i)).isEqualTo(Stage.PARKED);
        }
    }

    @Test
    void one_that_was_passed_over_is_tried_before_the_money_goes_back() {
        a.onSend.add(() -> EMPTY);
        placeAndPay("top0", "a", "b");
        b.onSend.add(() -> WRONG);
        placeAndPay("top1", "a", "b");
        assertThat(rig.stage("top1")).isEqualTo(Stage.PAID);
        a.onSend.add(() -> WRONG);
        rig.clockwork.advance(Duration.ofMinutes(2));
        assertThat(rig.order("top1").dispatches())
                .extracting(Dispatch::supplier)
                .containsExactly("b", "a");
        assertThat(rig.stage("top1")).isIn(Stage.REFUNDING, Stage.REFUNDED);
    }

    @Test
    void a_supplier_whose_breaker_is_open_holds_up_no_order_that_has_another_one() {
        for (int i = 0; i < 12; i++) {
            a.onSend.add(() -> new Answer.NotSent("connection refused"));
        }
        for (int i = 0; i < 12; i++) {
            placeAndPay("stuck" + i, "a");
        }
        assertThat(rig.engine.paused()).containsExactly("supplier 'a'");
        placeAndPay("top", "a", "b");
        assertSupplied("top", "b", 1);
    }

    @Test
    void what_a_paused_supplier_has_is_still_asked_about() {
        a.onSend.add(() -> new Answer.Unknown("time-out"));
        placeAndPay("unclear", "a", "b");
        a.onSend.add(() -> EMPTY);
        placeAndPay("top", "a", "b");
        assertThat(rig.engine.paused()).containsExactly("supplier 'a'");
        for (int i = 0; i < 5; i++) {
            a.onSend.add(() -> EMPTY);
        }
        rig.clockwork.advance(Duration.ofMinutes(1));
        assertSupplied("unclear", "a", 1);
        assertThat(a.asked).isNotEmpty();
        assertThat(a.sent).hasSize(2);
    }

    @Test
    void a_no_of_two_suppliers_pauses_both_and_the_order_waits() {
        for (int i = 0; i < 2; i++) {
            a.onSend.add(() -> EMPTY);
            b.onSend.add(() -> EMPTY);
        }
        placeAndPay("top", "a", "b");
        assertThat(rig.stage("top")).isEqualTo(Stage.PAID);
        assertThat(rig.engine.paused()).containsExactly("supplier 'a'", "supplier 'b'");
        rig.clockwork.advance(Duration.ofMinutes(5));
        assertThat(rig.stage("top")).isEqualTo(Stage.DELIVERED);
    }
}
