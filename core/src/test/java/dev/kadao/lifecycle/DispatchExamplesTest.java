package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Case;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DispatchExamplesTest {
    private static final Answer NO = new Answer.Declined(Scope.ORDER, "wrong number");
    private static final Answer CLOSED_SHOP = new Answer.Declined(Scope.SUPPLIER, "empty balance");
    private static final Answer SILENCE = new Answer.Unknown("time-out");
    private static final Answer REFUSED = new Answer.NotSent("connection refused");

    @Test
    void what_was_not_sent_goes_out_again_under_the_same_reference() {
        Story story = Story.paid(Placings.queryableFinal()).send().sent(REFUSED).send();

        assertThat(story.order(1).dispatches()).hasSize(1);
        assertThat(story.last().started().send()).isEqualTo(2);
    }

    @Test
    void not_sent_after_an_unknown_send_stays_unknown() {
        Story story =
                Story.paid(Placings.idempotent()).send().sent(SILENCE).send().sent(REFUSED);

        assertThat(story.stage()).isEqualTo(Stage.UNCERTAIN);
        assertThat(story.last().state()).isEqualTo(Dispatch.State.UNKNOWN);
    }

    @Test
    void an_idempotent_supplier_is_resent_the_same_reference() {
        Story story = Story.paid(Placings.idempotent()).send().sent(SILENCE).send();

        assertThat(story.order(1).dispatches()).hasSize(1);
        assertThat(story.last().started().send()).isEqualTo(2);
    }

    @Test
    void an_idempotent_supplier_is_not_resent_what_it_may_have_forgotten() {
        Story story = Story.paid(Placings.idempotent())
                .send()
                .sent(SILENCE)
                .wait(Duration.ofHours(2))
                .due();

        assertThat(story.stage()).isEqualTo(Stage.PARKED);
        assertThat(story.pending()).noneMatch(Effect.DispatchGoods.class::isInstance);
    }

    @Test
    void at_most_once_parks_at_once() {
        Story story = Story.paid(Placings.atMostOnce()).send().sent(SILENCE);

        assertThat(story.stage()).isEqualTo(Stage.PARKED);
        assertThat(story.openCases()).containsExactly(Case.Kind.PARKED);
    }

    @Test
    void a_part_without_a_reason_parks_with_evidence_that_promises_none() {
        Story story = Story.paid(Placings.atMostOnce()).send().sent(new Answer.Partial(0, ""));

        assertThat(story.stage()).isEqualTo(Stage.PARKED);
        assertThat(story.checkout().caseNumber(1).evidence())
                .extracting(Case.Evidence::fact)
                .containsExactly("0 of 1 handed over, 1 missing");
    }

    @Test
    void a_queryable_supplier_is_asked_and_never_resent_an_unknown_send() {
        Story story = Story.paid(Placings.queryableFinal()).send().sent(SILENCE).due();

        assertThat(story.pending()).containsExactly(new Effect.QueryDispatch(1, 1));
    }

    @Test
    void not_found_that_is_final_starts_a_new_numbered_dispatch() {
        Story story = Story.paid(Placings.queryableFinal()).send().sent(SILENCE).wait(Duration.ofMinutes(1));

        story.told(1, new Answer.NotFound()).send();

        assertThat(story.stage()).isEqualTo(Stage.DISPATCHING);
        assertThat(story.last().id().number()).isEqualTo(2);
    }

    @Test
    void not_found_that_is_not_final_proves_nothing_and_parks_after_patience() {
        Story story =
                Story.paid(Placings.queryableNotFinal()).send().sent(SILENCE).wait(Duration.ofMinutes(1));

        story.told(1, new Answer.NotFound());
        assertThat(story.stage()).isEqualTo(Stage.UNCERTAIN);

        story.wait(Duration.ofMinutes(30)).told(1, new Answer.NotFound());
        assertThat(story.stage()).isEqualTo(Stage.PARKED);
    }

    @Test
    void no_failover_before_the_callers_send_is_quiet() {
        Story story = Story.paid(Placings.twoSuppliers()).send();

        story.told(1, NO);

        assertThat(story.stage()).isEqualTo(Stage.PAID);
        assertThat(story.pending()).isEmpty();
        story.wait(Duration.ofSeconds(10));
        assertThat(story.pending()).containsExactly(new Effect.DispatchGoods(1, 2, "b", 1));
    }

    @Test
    void a_definite_no_of_the_last_supplier_refunds() {
        Story story = Story.paid(Placings.twoSuppliers()).send().sent(NO).send().sent(NO);

        assertThat(story.stage()).isEqualTo(Stage.REFUNDING);
    }

    @Test
    void a_supplier_that_is_out_of_order_refunds_nobody() {
        Story story = Story.paid(Placings.queryableFinal()).send().sent(CLOSED_SHOP);

        assertThat(story.stage()).isEqualTo(Stage.PAID);
        assertThat(story.checkout().refunds()).isEmpty();
    }

    @Test
    void a_late_no_of_the_only_supplier_refunds_an_order_that_waits_for_it() {
        Story story = Story.paid(Placings.queryableFinal()).send().sent(SILENCE).wait(Duration.ofMinutes(1));
        story.told(1, new Answer.NotFound());
        assertThat(story.stage()).isEqualTo(Stage.PAID);

        story.told(1, NO);

        assertThat(story.stage()).isEqualTo(Stage.REFUNDING);
    }

    @Test
    void a_refund_waits_for_the_callers_send_and_is_not_waited_for_afterwards() {
        Story story = Story.paid(Placings.queryableFinal()).send().told(1, NO);
        assertThat(story.checkout().refund(1).state()).isEqualTo(Refund.State.WISHED);

        story.due();
        assertThat(story.checkout().refund(1).state()).isEqualTo(Refund.State.DUE);

        story.sendRefund(1);
        assertThat(Lifecycle.nextDue(story.checkout())).isAfter(story.now());
    }

    @Test
    void money_moved_back_while_in_flight_sends_nothing_more() {
        Story story = Story.paid(Placings.idempotent()).send().movedBack("t1", Placings.PRICE);
        assertThat(story.stage()).isEqualTo(Stage.DISPATCHING);

        story.sent(REFUSED);

        assertThat(story.stage()).isEqualTo(Stage.REFUNDED);
        assertThat(story.pending()).isEmpty();
    }

    @Test
    void a_success_while_the_refund_is_unsent_cancels_it() {
        Story story = Story.paid(Placings.queryableFinal()).send().told(1, NO).sent(Story.delivered());

        assertThat(story.stage()).isEqualTo(Stage.DELIVERED);
        assertThat(story.checkout().refund(1).state()).isEqualTo(Refund.State.CANCELLED);
    }

    @Test
    void a_success_after_the_refund_was_sent_is_a_conflict() {
        Story story = Story.paid(Placings.queryableFinal()).send().sent(NO).sendRefund(1);

        story.told(1, Story.delivered());

        assertThat(story.stage()).isEqualTo(Stage.REFUNDING);
        assertThat(story.openCases()).containsExactly(Case.Kind.CONFLICT);
    }

    @Test
    void a_success_of_an_earlier_dispatch_beside_a_later_one_is_supplied_twice() {
        Story story = Story.paid(Placings.twoSuppliers()).send().sent(NO).send();

        story.told(1, Story.delivered());

        assertThat(story.stage()).isEqualTo(Stage.DELIVERED);
        assertThat(story.openCases()).containsExactly(Case.Kind.SUPPLIED_TWICE);
    }

    @Test
    void what_was_not_sent_and_is_accepted_all_the_same_is_under_way_again() {
        Story story = Story.paid(Placings.idempotent())
                .send()
                .sent(REFUSED)
                .wait(Duration.ofHours(3))
                .due();
        story.acted(DeskAct.RETRY);
        assertThat(story.stage()).isEqualTo(Stage.PAID);

        story.told(1, new Answer.Accepted("s1", null));

        assertThat(story.stage()).isEqualTo(Stage.DISPATCHING);
        assertThat(story.pending()).noneMatch(Effect.DispatchGoods.class::isInstance);
    }

    @Test
    void a_retry_never_sends_what_a_supplier_has_handed_over() {
        Story story = Story.paid(Placings.queryableFinal()).send().sent(Story.delivered());
        story.decide(new Event.Disputed(story.now(), 1, Placings.commitment('c')));
        story.acted(DeskAct.REFUND).sendRefund(1);
        story.refundSaid(1, new dev.kadao.port.PaymentGateway.RefundAnswer.Declined("balance"));
        assertThat(story.stage()).isEqualTo(Stage.PARKED);

        assertThat(story.act(DeskAct.RETRY, 1)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_retry_is_refused_while_an_earlier_dispatch_may_still_be_executed() {
        Story story = Story.paid(Placings.queryableFinal())
                .send()
                .sent(new Answer.Unknown("time-out"))
                .wait(Duration.ofSeconds(20))
                .told(1, new Answer.NotFound());
        story.send().sent(new Answer.Accepted("s2", null)).told(1, new Answer.Accepted("s1", null));
        assertThat(story.stage()).isEqualTo(Stage.PARKED);

        assertThat(story.act(DeskAct.RETRY, 1))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("cart42_1_1", "ACCEPTED", "double"));
    }

    @Test
    void a_taken_order_sends_nothing_and_records_what_comes() {
        Story story = Story.paid(Placings.queryableFinal()).acted(DeskAct.TAKE);
        assertThat(story.pending()).noneMatch(Effect.DispatchGoods.class::isInstance);

        story.movedBack("t1", Placings.PRICE);

        assertThat(story.order(1).moneyMovedBack()).isTrue();
    }
}
