package dev.kadao.engine;

import static dev.kadao.ScriptedGateway.NOT_STORED;
import static dev.kadao.ScriptedGateway.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.engine.TroubledStore.Trouble;
import dev.kadao.order.Guarantee;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.Step;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the shell does when commits are lost, others write, the store is away, or the process dies. */
class TroubleTest {
    private static final Predicate<Step> INTENT =
            step -> step instanceof Step.OfCheckout of && of.claim() instanceof Step.Claim.Hold;
    private static final Predicate<Step> OF_CHECKOUT = step -> step instanceof Step.OfCheckout;

    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);

    @AfterEach
    void the_audit_finds_nothing_broken() {
        rig.store.heal();
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private List<StoredNotice> notices(StoredNotice.State state) {
        return rig.store.view(view -> view.notices(state, "", 10));
    }

    @Test
    void a_top_up_is_delivered_at_once_and_not_at_the_next_poll() {
        rig.placeTopUp("top1");
        assertThat(rig.pay("top1_p1", "t1")).isEqualTo(STORED);
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(supplier.sent).hasSize(1);
    }

    @Test
    void placing_and_paying_for_a_key_takes_two_commits() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.store.commits).isEqualTo(2);
        rig.pay("keys1_p1", "t1");
        assertThat(rig.store.commits).isEqualTo(2);
    }

    @Test
    void a_top_up_takes_three_commits_after_placing() {
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        assertThat(rig.store.commits).isEqualTo(4);
    }

    @Test
    void an_intent_whose_answer_was_lost_is_found_by_its_step_id_and_sent_once() {
        rig.placeTopUp("top1");
        rig.store.trouble(Trouble.LOST_AFTER, 1, INTENT);
        rig.pay("top1_p1", "t1");
        assertThat(supplier.sent).hasSize(1);
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void an_intent_that_was_never_written_is_decided_again_and_sent_once() {
        rig.placeTopUp("top1");
        rig.store.trouble(Trouble.LOST_BEFORE, 1, INTENT);
        rig.pay("top1_p1", "t1");
        assertThat(supplier.sent).hasSize(1);
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void without_the_right_to_it_nothing_is_sent_until_the_due_loop_finds_it_again() {
        rig.placeTopUp("top1");
        rig.store.trouble(Trouble.STALE, 3, INTENT);
        rig.pay("top1_p1", "t1");
        assertThat(supplier.sent).isEmpty();
        rig.clockwork.advance(Duration.ofMinutes(1));
        assertThat(supplier.sent).hasSize(1);
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void a_lost_placing_that_was_written_is_found_and_its_token_answered() {
        rig.store.trouble(Trouble.LOST_AFTER, 1, OF_CHECKOUT);
        rig.place("keys1", Route.keys());
        assertThat(rig.stage("keys1")).isEqualTo(Stage.AWAITING_PAYMENT);
    }

    @Test
    void a_notice_that_never_wins_its_checkout_is_stored_alone_and_applied_later() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        rig.store.trouble(Trouble.STALE, 10, OF_CHECKOUT);
        assertThat(rig.pay("keys1_p1", "t1")).isEqualTo(STORED);
        assertThat(notices(StoredNotice.State.UNAPPLIED)).hasSize(1);

        rig.store.heal();
        rig.clockwork.advance(Duration.ofMinutes(2));
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertThat(notices(StoredNotice.State.UNAPPLIED)).isEmpty();
        assertThat(notices(StoredNotice.State.APPLIED)).hasSize(1);
    }

    @Test
    void a_notice_that_cannot_be_stored_at_all_is_not_acknowledged() {
        rig.place("keys1", Route.keys());
        rig.store.down(true);
        assertThat(rig.pay("keys1_p1", "t1")).isEqualTo(NOT_STORED);
    }

    @Test
    void an_orphan_that_came_before_its_checkout_is_matched_once_it_is_there() {
        rig.stock("sku", 1);
        assertThat(rig.pay("keys1_p1", "t1")).isEqualTo(STORED);
        assertThat(notices(StoredNotice.State.ORPHAN)).hasSize(1);
        rig.place("keys1", Route.keys());
        rig.clockwork.advance(Duration.ofMinutes(2));
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertThat(notices(StoredNotice.State.ORPHAN)).isEmpty();
    }

    @Test
    void an_orphan_becomes_a_case_after_a_day_and_a_repetition_does_not_open_it_anew() {
        rig.pay("nobody_p1", "t1");
        rig.clockwork.advance(Duration.ofHours(26));
        assertThat(notices(StoredNotice.State.ORPHAN_CASE)).hasSize(1);
        assertThat(rig.pay("nobody_p1", "t1")).isEqualTo(STORED);
        assertThat(notices(StoredNotice.State.ORPHAN_CASE)).hasSize(1);
        assertThat(notices(StoredNotice.State.ORPHAN)).isEmpty();
    }

    @Test
    void an_answer_is_tried_until_it_is_stored_and_its_goods_are_not_sent_again() {
        rig.placeTopUp("top1");
        supplier.onSend.add(() -> {
            rig.store.down(true);
            return ScriptedSupplier.DELIVERED;
        });
        rig.pay("top1_p1", "t1");
        rig.clockwork.advance(Duration.ofSeconds(10));
        assertThat(rig.engine.unstoredAnswers()).isOne();

        rig.store.heal();
        rig.clockwork.advance(Duration.ofMinutes(1));
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.engine.unstoredAnswers()).isZero();
        assertThat(supplier.sent).hasSize(1);
    }

    @Test
    void a_started_act_found_after_a_crash_is_unknown_and_asked_about_never_sent_again() {
        rig.placeTopUp("top1");
        supplier.onSend.add(() -> {
            rig.store.down(true);
            return ScriptedSupplier.DELIVERED;
        });
        rig.pay("top1_p1", "t1");
        rig.restart();
        assertThat(rig.stage("top1")).isEqualTo(Stage.DISPATCHING);

        rig.clockwork.advance(Duration.ofMinutes(2));
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(supplier.sent).hasSize(1);
        assertThat(supplier.asked).isNotEmpty();
    }

    @Test
    void an_at_most_once_supplier_that_was_interrupted_by_a_crash_goes_to_a_person() {
        ScriptedSupplier once = new ScriptedSupplier(new Guarantee.AtMostOnce());
        Rig shop = Rig.with(once);
        shop.placeTopUp("top1");
        once.onSend.add(() -> {
            shop.store.down(true);
            return ScriptedSupplier.DELIVERED;
        });
        shop.pay("top1_p1", "t1");
        shop.restart();
        shop.clockwork.advance(Duration.ofHours(2));
        assertThat(shop.stage("top1")).isEqualTo(Stage.PARKED);
        assertThat(once.sent).hasSize(1);
    }

    @Test
    void whatever_a_supplier_throws_is_unknown_and_the_loop_goes_on() {
        supplier.onSend.add(() -> {
            throw new StackOverflowError();
        });
        supplier.onAsk.add(() -> {
            throw new NoClassDefFoundError("some/driver");
        });
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        assertThat(rig.stage("top1")).isEqualTo(Stage.UNCERTAIN);
        rig.clockwork.advance(Duration.ofMinutes(2));
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(supplier.sent).hasSize(1);
    }

    @Test
    void a_payment_that_nobody_reported_is_found_by_asking() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        rig.gateway.words.put(PaymentId.parse("keys1_p1"), new PaymentWord.Paid("t1", Rig.PRICE));
        rig.clockwork.advance(Duration.ofMinutes(1));
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void money_that_comes_after_the_deadline_is_recorded_and_delivered() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        rig.clockwork.advance(Duration.ofMinutes(40));
        assertThat(rig.stage("keys1")).isEqualTo(Stage.CLOSED);
        assertThat(rig.pay("keys1_p1", "t1")).isEqualTo(STORED);
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void a_pending_notice_consumes_nothing_so_that_the_true_success_counts() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        assertThat(rig.engine.receive("sandbox", ScriptedGateway.notice("keys1_p1 pending")))
                .isEqualTo(STORED);
        rig.pay("keys1_p1", "t1");
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void an_open_breaker_lets_the_schedule_move_on_and_closes_again() {
        for (int i = 0; i < 12; i++) {
            supplier.onSend.add(() -> new Answer.NotSent("connection refused"));
        }
        for (int i = 0; i < 12; i++) {
            rig.placeTopUp("top" + i);
            rig.pay("top" + i + "_p1", "t" + i);
        }
        assertThat(rig.engine.paused()).containsExactly("supplier 'a'");
        rig.clockwork.advance(Duration.ofMinutes(10));
        for (int i = 0; i < 12; i++) {
            assertThat(rig.stage("top" + i)).isEqualTo(Stage.DELIVERED);
        }
        assertThat(rig.engine.paused()).isEmpty();
    }

    @Test
    void closing_gives_claims_back_so_that_another_process_goes_on_at_once() {
        rig.placeTopUp("top1");
        rig.store.trouble(Trouble.STALE, 3, INTENT);
        rig.pay("top1_p1", "t1");
        rig.engine.close();
        rig.restart();
        rig.clockwork.settle();
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
    }
}
