package dev.kadao.insight;

import static dev.kadao.insight.Diagnosis.Verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Late or stuck: what a buyer is told, by the SLA and by the last sign of life. */
class DiagnosisTest {
    private static final Duration LATE = Duration.ofMinutes(2);
    private static final Duration MICRO = Duration.ofNanos(1000);

    @Test
    void an_unpaid_order_waits_for_the_buyer() {
        Diagnosis diagnosis = diagnosis(Story.of(Route.keys()));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.NOT_PAID);
        assertThat(diagnosis.whoseTurn()).isEqualTo(Stage.Turn.BUYER);
        assertThat(diagnosis.nextStep()).isEqualTo(NextStep.PAY);
        assertThat(diagnosis.eta()).isNull();
    }

    @Test
    void an_order_paid_a_moment_ago_is_on_time_until_the_sla_says_late() {
        Story story = Story.of(Route.keys()).paid();
        Instant late = Story.START.plus(LATE);
        Diagnosis before = Diagnosis.of(story.checkout(), 1, late.minus(MICRO));
        assertThat(before.verdict()).isEqualTo(Verdict.ON_TIME);
        assertThat(before.eta()).isEqualTo(late);
        assertThat(Diagnosis.of(story.checkout(), 1, late).verdict()).isEqualTo(Verdict.STUCK);
    }

    @Test
    void waiting_for_stock_within_its_limit_is_late_and_not_stuck() {
        Story story = Story.of(Route.keys()).paid().outOfStock().later(LATE);
        Diagnosis diagnosis = diagnosis(story);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.LATE);
        assertThat(diagnosis.nextStep()).isEqualTo(NextStep.AWAIT_STOCK);
        assertThat(diagnosis.eta()).isEqualTo(Story.START.plus(Duration.ofHours(1)));
    }

    @Test
    void a_supplier_that_is_working_on_it_is_late_and_a_silent_one_is_stuck() {
        Story working = Story.of(Route.topUp("a")).paid().sent().supplier(new Answer.Accepted("s1", null));
        Story silent = Story.of(Route.topUp("a")).paid().sent().supplier(new Answer.Unknown("time-out"));
        Diagnosis late = diagnosis(working.later(LATE));
        assertThat(late.verdict()).isEqualTo(Verdict.LATE);
        assertThat(late.whoseTurn()).isEqualTo(Stage.Turn.SUPPLIER);
        assertThat(late.eta()).isAfter(working.now());
        Diagnosis stuck = diagnosis(silent.later(LATE));
        assertThat(stuck.verdict()).isEqualTo(Verdict.STUCK);
        assertThat(stuck.nextStep()).isEqualTo(NextStep.ASK_SUPPLIER);
        assertThat(stuck.eta()).isEqualTo(Story.START.plus(Duration.ofMinutes(15)));
    }

    @Test
    void a_refused_connection_is_no_sign_of_life() {
        Story story = Story.of(Route.topUp("a")).paid().sent().supplier(new Answer.NotSent("refused"));
        Diagnosis diagnosis = diagnosis(story.later(LATE));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.STUCK);
        assertThat(diagnosis.nextStep()).isEqualTo(NextStep.SEND_AGAIN);
    }

    @Test
    void beyond_escalation_an_order_is_stuck_whatever_the_answers() {
        Story story = Story.of(Route.topUp("a")).paid().sent().supplier(new Answer.Accepted("s1", null));
        Diagnosis diagnosis = diagnosis(story.later(Duration.ofHours(1)));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.STUCK);
        assertThat(diagnosis.etaRule()).isEqualTo(Diagnosis.EtaRule.SUPPLIER_LIMIT);
    }

    @Test
    void an_order_that_an_operator_took_is_the_operators_turn() {
        Diagnosis diagnosis = diagnosis(Story.of(Route.keys()).paid().act(DeskAct.TAKE));
        assertThat(diagnosis.whoseTurn()).isEqualTo(Stage.Turn.OPERATOR);
        assertThat(diagnosis.nextStep()).isEqualTo(NextStep.PERSON_DECIDES);
    }

    @Test
    void a_delivered_order_is_collected_and_then_confirmed() {
        Story story = Story.of(Route.keys()).paid().taken();
        assertThat(diagnosis(story).verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(diagnosis(story).nextStep()).isEqualTo(NextStep.COLLECT);
        assertThat(diagnosis(story.seen()).nextStep()).isEqualTo(NextStep.CONFIRM);
    }

    @Test
    void a_disputed_order_is_with_a_person_and_a_refund_that_nobody_answered_is_asked_about() {
        Story story = Story.of(Route.keys()).paid().taken().disputed();
        assertThat(diagnosis(story).verdict()).isEqualTo(Verdict.WITH_PERSON);
        story.act(DeskAct.REFUND).returned().refundSent().refund(new RefundAnswer.Unknown("silence"));
        assertThat(diagnosis(story).verdict()).isEqualTo(Verdict.REFUNDING);
        assertThat(diagnosis(story).nextStep()).isEqualTo(NextStep.ASK_GATEWAY);
    }

    private static Diagnosis diagnosis(Story story) {
        return Diagnosis.of(story.checkout(), 1, story.now());
    }
}
