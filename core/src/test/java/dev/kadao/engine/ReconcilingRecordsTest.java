package dev.kadao.engine;

import static dev.kadao.engine.Books.statement;
import static dev.kadao.engine.Books.withBothOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.Reconciliation.Finding;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.order.Case;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is on record here and is not in the gateway's statement of the period. */
class ReconcilingRecordsTest {
    private final Books books = new Books();
    private final Rig rig = books.rig;
    private final Books.Gateway gateway = books.gateway;

    @Test
    void what_the_statement_lacks_and_the_gateway_confirms_is_the_edge_of_the_period() {
        books.place("cart1");
        rig.pay("cart1_p1", "t1");
        gateway.words.put(PaymentId.parse("cart1_p1"), new PaymentWord.Paid("t1", Rig.PRICE));

        Reconciliation report = books.reconcile(statement());

        assertThat(report.counts()).containsExactly(Map.entry(What.EDGE, 1L));
        assertThat(report.asked()).isOne();
        assertThat(report.findings()).isEmpty();
        assertThat(books.openCases("cart1")).isEmpty();
    }

    @Test
    void what_the_statement_lacks_and_the_gateway_denies_is_one_case() {
        books.place("cart1");
        rig.pay("cart1_p1", "t1");
        gateway.words.put(PaymentId.parse("cart1_p1"), new PaymentWord.NotFound());

        Reconciliation report = books.reconcile(statement());

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.line()).isZero();
            assertThat(finding.what()).isEqualTo(What.CASE);
            assertThat(finding.subject()).isEqualTo("cart1_p1");
            assertThat(finding.sentence()).contains("from 2026-01-01T00:00:00Z", "lacks trade number t1 of CNY 49.00");
        });
        assertThat(books.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
        gateway.words.put(PaymentId.parse("cart1_p1"), new PaymentWord.Closed());
        assertThat(books.reconcile(statement()).counts()).containsExactly(Map.entry(What.TOLD, 1L));
        assertThat(rig.checkout("cart1").cases()).hasSize(1);
    }

    @Test
    void a_gateway_that_does_not_answer_accuses_nobody() {
        books.place("cart1");
        rig.pay("cart1_p1", "t1");
        gateway.words.put(PaymentId.parse("cart1_p1"), new PaymentWord.Unknown("silence"));

        Reconciliation report = books.reconcile(statement());

        assertThat(report.counts()).containsExactly(Map.entry(What.UNANSWERED, 1L));
        assertThat(report.isComplete()).isTrue();
        assertThat(report.isSettled()).isFalse();
        assertThat(books.openCases("cart1")).isEmpty();
    }

    @Test
    void the_same_trade_number_under_another_payment_is_not_this_one() {
        books.place("cart1", "cart2");
        rig.pay("cart1_p1", "t1");
        gateway.words.put(PaymentId.parse("cart1_p1"), new PaymentWord.NotFound());

        Reconciliation report = books.reconcile(statement().received("cart2_p1", "t1", "49.00"));

        assertThat(report.findings())
                .extracting(Finding::subject, Finding::what)
                .containsExactly(tuple("cart2_p1", What.REPAIRED), tuple("cart1_p1", What.CASE));
    }

    @Test
    void a_refund_that_is_done_here_and_not_there_is_asked_about() {
        books.placeWithRefund("cart1");
        books.placeWithRefund("cart2");
        gateway.refundAnswers.put(RefundId.parse("cart2_r1"), new RefundAnswer.NotFound());
        ScriptedStatement statement =
                withBothOf("cart1").received("cart2_p1", "t1cart2", "49.00").received("cart2_p2", "t2cart2", "49.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(report.counts())
                .containsOnly(Map.entry(What.MATCHED, 4L), Map.entry(What.EDGE, 1L), Map.entry(What.CASE, 1L));
        assertThat(books.openCases("cart1")).isEmpty();
        assertThat(rig.checkout("cart2").cases())
                .singleElement()
                .satisfies(known -> assertThat(known.subject()).isEqualTo("cart2_r1"));
    }

    @Test
    void only_what_was_recorded_within_the_period_is_looked_for() {
        books.place("cart1", "cart2");
        rig.pay("cart1_p1", "t1");
        rig.clockwork.advance(Duration.ofDays(2).plusMinutes(1));
        rig.pay("cart2_p1", "t2");
        ScriptedStatement dayBetween = new ScriptedStatement(ManualClockwork.START.plus(Duration.ofDays(1)));

        assertThat(books.reconcile(dayBetween).records()).isZero();
    }
}
