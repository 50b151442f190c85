package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Case;
import dev.kadao.order.Hold;
import dev.kadao.order.KadaoException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Silence, a definite no, a process killed at any write, two engines: what is held moves once, or a person is told. */
class EscrowTroubleTest {
    private static final OrderId ORDER = OrderId.parse("cart1.1");
    private static final String REFERENCE = "cart1_1_h";
    private static final Duration A_WHILE = Duration.ofMinutes(3);
    private static final Duration BEYOND_PATIENCE = Duration.ofDays(33);
    private static final int FOR_GOOD = 2_000;

    private BookGateway gateway = new BookGateway();
    private EscrowService service = new EscrowService();
    private Rig rig = Rig.escrowing(gateway, service);

    private void pay() {
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
    }

    private void placed() {
        rig.stock("sku", 2);
        rig.place("cart1", Route.keys());
    }

    private void delivered() {
        placed();
        pay();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    private void confirm() {
        rig.engine.confirm(ORDER);
        rig.clockwork.settle();
    }

    private void dispute() {
        rig.engine.dispute(ORDER, "the key does not work");
        rig.clockwork.settle();
    }

    private void refund() {
        assertThat(rig.act("cart1", 1, "REFUND")).isInstanceOf(Outcome.Done.class);
        rig.clockwork.advance(A_WHILE);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
    }

    private Hold hold() {
        return rig.checkout("cart1").held().get(0);
    }

    private void isHold(Hold.State state, String... moves) {
        assertThat(hold().state()).isEqualTo(state);
        assertThat(service.moved)
                .containsExactly(List.of(moves).stream()
                        .map(move -> move + " " + REFERENCE)
                        .toArray(String[]::new));
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    /** From here on nobody is asked any more. */
    private void isQuiet() {
        int calls = service.calls.size();
        rig.pass(BEYOND_PATIENCE);
        assertThat(service.calls).hasSize(calls);
    }

    private long isAskedFor(String move) {
        return service.calls.stream().filter(call -> call.startsWith(move)).count();
    }

    @Test
    void nothing_is_claimed_back_while_it_is_not_known_whether_it_was_released() {
        delivered();
        service.silent(400);
        confirm();
        dispute();
        refund();
        assertThat(hold().state()).isEqualTo(Hold.State.RELEASING);
        assertThat(hold().clawBackWished()).isTrue();
        assertThat(isAskedFor("clawBack")).isZero();

        service.script.clear();
        rig.clockwork.advance(A_WHILE);

        isHold(Hold.State.CLAWED_BACK, "hold", "release", "clawBack");
    }

    @Test
    void a_release_that_is_declined_after_the_refund_leaves_it_to_be_clawed_back() {
        delivered();
        service.silent(400);
        confirm();
        dispute();
        refund();
        service.script.clear();
        service.decline();
        rig.clockwork.advance(A_WHILE);
        isHold(Hold.State.CLAWED_BACK, "hold", "clawBack");
    }

    @Test
    void a_release_without_an_answer_for_a_month_is_told_and_the_refund_after_it_still_claws_back() {
        delivered();
        service.silent(FOR_GOOD);
        confirm();
        dispute();
        rig.pass(BEYOND_PATIENCE);
        assertThat(hold().state()).isEqualTo(Hold.State.UNCLEAR);
        assertThat(rig.openCases("cart1")).containsExactlyInAnyOrder(Case.Kind.DISPUTE, Case.Kind.OTHER);
        isQuiet();

        service.script.clear();
        refund();

        isHold(Hold.State.CLAWED_BACK, "hold", "clawBack");
        isQuiet();
    }

    @Test
    void a_release_without_an_answer_for_a_month_after_the_refund_is_told_and_clawed_back() {
        delivered();
        service.silent(FOR_GOOD);
        confirm();
        dispute();
        refund();
        rig.pass(Duration.ofDays(32));
        assertThat(hold().state()).isEqualTo(Hold.State.CLAWING_BACK);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.OTHER);

        service.script.clear();
        rig.pass(Duration.ofDays(2));

        isHold(Hold.State.CLAWED_BACK, "hold", "clawBack");
    }

    @Test
    void a_declined_release_may_be_asked_for_again_by_a_person() {
        delivered();
        service.decline();
        confirm();
        assertThat(hold().state()).isEqualTo(Hold.State.DECLINED);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.OTHER);
        isQuiet();

        rig.act("cart1", 1, "RELEASE");
        rig.clockwork.advance(A_WHILE);

        isHold(Hold.State.RELEASED, "hold", "release");
    }

    @Test
    void a_declined_release_is_clawed_back_when_the_order_is_refunded() {
        delivered();
        service.decline();
        confirm();
        dispute();
        refund();
        isHold(Hold.State.CLAWED_BACK, "hold", "clawBack");
    }

    @Test
    void a_refund_of_what_was_never_held_asks_for_nothing_and_tells_a_person() {
        service.decline();
        delivered();
        assertThat(hold().state()).isEqualTo(Hold.State.DECLINED);
        dispute();
        refund();
        isHold(Hold.State.DECLINED);
        assertThat(service.calls).hasSize(1);
        assertThat(rig.checkout("cart1").cases())
                .filteredOn(known -> known.kind() == Case.Kind.OTHER && known.isOpen())
                .singleElement()
                .satisfies(known -> assertThat(known.evidence()).hasSize(2));
        isQuiet();
    }

    @Test
    void an_order_whose_hold_was_declined_is_completed_and_asks_for_nothing() {
        service.decline();
        delivered();
        confirm();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        isHold(Hold.State.DECLINED);
        isQuiet();
    }

    @Test
    void a_refund_while_it_is_not_clear_whether_it_is_held_claws_back() {
        service.silent(FOR_GOOD);
        delivered();
        dispute();
        rig.pass(BEYOND_PATIENCE);
        assertThat(hold().state()).isEqualTo(Hold.State.UNCLEAR);
        service.script.clear();
        refund();
        isHold(Hold.State.CLAWED_BACK, "clawBack");
        isQuiet();
    }

    @Test
    void an_order_that_is_completed_while_it_is_not_clear_whether_it_is_held_is_released() {
        service.silent(FOR_GOOD);
        delivered();
        dispute();
        rig.pass(BEYOND_PATIENCE);
        assertThat(hold().state()).isEqualTo(Hold.State.UNCLEAR);
        service.script.clear();
        rig.act("cart1", 1, "REJECT");
        rig.pass(Duration.ofHours(1));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        isHold(Hold.State.RELEASED, "release");
    }

    @Test
    void an_order_that_ends_before_its_money_was_held_is_released_all_the_same() {
        service.silent(3);
        delivered();
        confirm();
        rig.clockwork.advance(A_WHILE);
        isHold(Hold.State.RELEASED, "release");
    }

    @Test
    void a_claw_back_that_is_declined_is_a_case_and_asked_for_no_more() {
        delivered();
        confirm();
        dispute();
        service.decline();
        refund();
        isHold(Hold.State.DECLINED, "hold", "release");
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.OTHER);
        isQuiet();
    }

    @Test
    void a_claw_back_without_an_answer_is_asked_for_again_and_told_after_a_month() {
        delivered();
        confirm();
        dispute();
        service.silent(FOR_GOOD);
        refund();
        assertThat(hold().state()).isEqualTo(Hold.State.CLAWING_BACK);
        assertThat(isAskedFor("clawBack")).isGreaterThan(1);
        rig.pass(BEYOND_PATIENCE);
        assertThat(hold().state()).isEqualTo(Hold.State.UNCLEAR);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.OTHER);
        isQuiet();
    }

    /** What the buyer and a person do, each as often as it takes. */
    private void play(boolean confirms, boolean disputes) {
        tried(this::pay, () -> rig.stage("cart1") == Stage.DELIVERED);
        if (confirms) {
            tried(this::confirm, () -> rig.stage("cart1") == Stage.COMPLETED);
        }
        if (disputes) {
            tried(this::dispute, () -> rig.openCases("cart1").contains(Case.Kind.DISPUTE));
            tried(() -> rig.act("cart1", 1, "REFUND"), () -> rig.stage("cart1") == Stage.REFUNDED);
        }
        rig.pass(Duration.ofHours(1));
    }

    private boolean died;

    private void tried(Runnable what, BooleanSupplier isDone) {
        for (int i = 0; i < 4; i++) {
            try {
                what.run();
                rig.clockwork.advance(A_WHILE);
            } catch (KadaoException whileDown) {
                assertThat(died).isTrue();
            }
            if (died) {
                died = false;
                rig.restart();
                rig.clockwork.advance(A_WHILE);
            }
            if (isDone.getAsBoolean()) {
                return;
            }
        }
        assertThat(isDone.getAsBoolean()).isTrue();
    }

    private static Hold.State endOf(boolean disputes) {
        return disputes ? Hold.State.CLAWED_BACK : Hold.State.RELEASED;
    }

    private static String[] movesOf(boolean confirms, boolean disputes) {
        return disputes
                ? confirms ? new String[] {"hold", "release", "clawBack"} : new String[] {"hold", "clawBack"}
                : new String[] {"hold", "release"};
    }

    private void fresh() {
        gateway = new BookGateway();
        service = new EscrowService();
        rig = Rig.escrowing(gateway, service);
        died = false;
        placed();
    }

    private void killedAtEachWrite(boolean confirms, boolean disputes, boolean written) {
        int kills = 0;
        for (int write = 0; write < 60; write++) {
            fresh();
            rig.store.beforeCommit(write, () -> {
                if (!written) {
                    rig.store.trouble(TroubledStore.Trouble.DOWN, 1, step -> true);
                }
                rig.store.down(true);
                died = true;
            });
            play(confirms, disputes);
            if (!rig.store.wasBeforeCommit()) {
                assertThat(kills).isGreaterThan(3);
                return;
            }
            kills++;
            isHold(endOf(disputes), movesOf(confirms, disputes));
            assertThat(gateway.trades.get("t1").refunded).isEqualTo(disputes ? Rig.PRICE.minorUnits() : 0);
        }
        throw new AssertionError("60 writes were not all");
    }

    @Test
    void killed_at_each_write_of_a_life_that_is_confirmed() {
        killedAtEachWrite(true, false, true);
        killedAtEachWrite(true, false, false);
    }

    @Test
    void killed_at_each_write_of_a_life_that_is_refunded_in_time() {
        killedAtEachWrite(false, true, true);
        killedAtEachWrite(false, true, false);
    }

    @Test
    void killed_at_each_write_of_a_life_that_is_refunded_after_the_release() {
        killedAtEachWrite(true, true, true);
        killedAtEachWrite(true, true, false);
    }

    @Test
    void each_call_is_done_and_its_answer_lost() {
        for (int call = 0; call < 3; call++) {
            fresh();
            service.loseAnswer(call);
            play(true, true);
            isHold(Hold.State.CLAWED_BACK, "hold", "release", "clawBack");
            assertThat(service.calls).hasSize(4);
        }
    }

    @Test
    void each_call_is_answered_late_while_another_engine_has_the_answer_already() {
        for (int call = 0; call < 3; call++) {
            fresh();
            Engine other = rig.another();
            for (int i = 0; i < call; i++) {
                service.script.add(() -> null);
            }
            service.script.add(() -> {
                other.stockArrived("sku");
                rig.clockwork.settle();
                return null;
            });
            play(true, true);
            isHold(Hold.State.CLAWED_BACK, "hold", "release", "clawBack");
        }
    }

    @Test
    void two_engines_that_both_look_for_work_move_it_once() {
        fresh();
        rig.another();
        play(true, true);
        isHold(Hold.State.CLAWED_BACK, "hold", "release", "clawBack");
        assertThat(rig.openCases("cart1")).isEmpty();
    }
}
