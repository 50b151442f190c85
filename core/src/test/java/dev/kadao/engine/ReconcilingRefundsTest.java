package dev.kadao.engine;

import static dev.kadao.engine.Books.statement;
import static dev.kadao.engine.Books.withBothOf;
import static dev.kadao.engine.ScriptedStatement.cny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.Reconciliation.Finding;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.order.Case;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Refund;
import dev.kadao.order.RefundId;
import dev.kadao.order.Stage;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Money that went back, by the gateway's books and by ours. */
class ReconcilingRefundsTest {
    private final Books books = new Books();
    private final Rig rig = books.rig;
    private final Books.Gateway gateway = books.gateway;

    @Test
    void a_refund_of_ours_that_is_done_there_and_unknown_here_is_done() {
        gateway.refundAnswers.put(RefundId.parse("cart1_r1"), new RefundAnswer.Unknown("reply lost"));
        books.placeWithRefund("cart1");
        assertThat(rig.checkout("cart1").refund(1).state()).isEqualTo(Refund.State.UNKNOWN);
        ScriptedStatement statement = withBothOf("cart1").givenBack("cart1_p2", "t2cart1", "cart1_r1", "49.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(rig.checkout("cart1").refund(1).state()).isEqualTo(Refund.State.DONE);
        assertThat(rig.checkout("cart1")
                        .payment(2)
                        .receipts()
                        .get(0)
                        .movedBack()
                        .isPositive())
                .isFalse();
        assertThat(report.findings())
                .containsExactly(new Finding(
                        3,
                        What.REPAIRED,
                        "cart1_p2",
                        "refund cart1_r1 of CNY 49.00 is done there and was unknown here: recorded as done"));
        assertThat(books.reconcile(statement).counts()).containsExactly(Map.entry(What.MATCHED, 3L));
        assertThat(gateway.refunds).hasSize(1);
    }

    @Test
    void a_refund_of_ours_with_another_amount_is_a_case_once() {
        books.placeWithRefund("cart1");
        ScriptedStatement statement = withBothOf("cart1").givenBack("cart1_p2", "t2cart1", "cart1_r1", "40.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(report.count(What.CASE)).isOne();
        assertThat(books.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
        assertThat(rig.checkout("cart1").caseNumber(1).subject()).isEqualTo("cart1_r1");
        assertThat(rig.checkout("cart1").caseNumber(1).evidence().get(0).fact())
                .contains("2026-01-01T00:00:00Z until 2026-01-02T00:00:00Z", "CNY 40.00", "CNY 49.00");
        books.close("cart1", 1);
        assertThat(books.reconcile(statement).count(What.TOLD)).isOne();
        assertThat(books.openCases("cart1")).isEmpty();
    }

    @Test
    void a_source_without_references_is_understood_by_trade_and_amount() {
        books.placeWithRefund("cart1");

        Reconciliation report = books.reconcile(withBothOf("cart1").givenBack("cart1_p2", "t2cart1", "", "49.00"));

        assertThat(report.count(What.MATCHED)).isEqualTo(3);
        assertThat(books.openCases("cart1")).isEmpty();
    }

    @Test
    void what_went_back_at_the_console_adds_up_over_statements_and_is_never_counted_twice() {
        books.place("cart1");
        rig.pay("cart1_p1", "t1");
        ScriptedStatement first = statement()
                .received("cart1_p1", "t1", "49.00")
                .givenBack("cart1_p1", "t1", "console-1", "10.00")
                .givenBack("cart1_p1", "t1", "console-2", "10.00");
        ScriptedStatement second = new ScriptedStatement(ManualClockwork.START.plus(Duration.ofDays(1)))
                .givenBack("cart1_p1", "t1", "", "5.00");

        assertThat(books.reconcile(first).count(What.REPAIRED)).isEqualTo(2);
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("20.00"));
        assertThat(books.reconcile(second).count(What.REPAIRED)).isOne();
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("25.00"));
        int commits = rig.store.commits;
        assertThat(books.reconcile(second).counts()).containsExactly(Map.entry(What.MATCHED, 1L));
        assertThat(books.reconcile(first).counts()).containsExactly(Map.entry(What.MATCHED, 3L));
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("25.00"));
        assertThat(rig.store.commits).isEqualTo(commits);
    }

    @Test
    void a_sum_that_a_notice_told_before_is_not_counted_again() {
        books.place("cart1");
        rig.pay("cart1_p1", "t1");
        gateway.words.put(PaymentId.parse("cart1_p1"), new PaymentWord.MovedBack("t1", cny("10.00")));
        // Asked about what this statement lacks, the gateway tells of the first part.
        books.reconcile(statement());
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("10.00"));
        ScriptedStatement parts =
                statement().received("cart1_p1", "t1", "49.00").givenBack("cart1_p1", "t1", "console-1", "10.00");

        assertThat(books.reconcile(parts).count(What.MATCHED)).isEqualTo(2);
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("10.00"));

        parts.givenBack("cart1_p1", "t1", "console-2", "7.00");
        assertThat(books.reconcile(parts).count(What.REPAIRED)).isOne();
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("17.00"));
    }

    @Test
    void what_went_back_beside_our_own_refund_is_told_apart_from_it() {
        books.placeWithRefund("cart1");
        ScriptedStatement statement = withBothOf("cart1")
                .givenBack("cart1_p2", "t2cart1", "cart1_r1", "49.00")
                .givenBack("cart1_p2", "t2cart1", "console-1", "9.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(report.findings()).extracting(Finding::what).containsExactly(What.CASE);
        assertThat(report.findings().get(0).sentence())
                .contains("CNY 9.00 of trade number t2cart1 given back without us, more than is left");
        assertThat(books.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
        assertThat(books.reconcile(statement).count(What.TOLD)).isOne();
    }

    @Test
    void a_refund_that_stands_before_its_payment_waits_for_it() {
        books.place("cart1");
        ScriptedStatement statement =
                statement().givenBack("cart1_p1", "t1", "console-1", "10.00").received("cart1_p1", "t1", "49.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(books.receipt("cart1").amount()).isEqualTo(cny("49.00"));
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("10.00"));
        assertThat(report.findings()).extracting(Finding::line).containsExactly(1L, 2L);
        assertThat(gateway.queries).isEmpty();
    }

    @Test
    void a_refund_of_money_that_nobody_has_told_of_asks_how_it_came() {
        books.place("cart1", "cart2");
        gateway.words.put(PaymentId.parse("cart1_p1"), new PaymentWord.Paid("t1", cny("49.00")));
        ScriptedStatement statement = statement()
                .givenBack("cart1_p1", "t1", "console-1", "10.00")
                .givenBack("cart2_p1", "t2", "console-2", "49.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(report.asked()).isEqualTo(2);
        assertThat(books.receipt("cart1").amount()).isEqualTo(cny("49.00"));
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("10.00"));
        assertThat(books.receipt("cart2").movedBack()).isEqualTo(cny("49.00"));
        assertThat(rig.stage("cart2")).isNotEqualTo(Stage.DELIVERED);
        assertThat(books.reconcile(statement).counts()).containsExactly(Map.entry(What.MATCHED, 2L));
    }

    @Test
    void a_refund_of_no_payment_of_ours_is_an_orphan_once() {
        ScriptedStatement statement =
                statement().givenBack("cart9_p1", "t1", "x1", "5.00").givenBack("cart9_p1", "t1", "x2", "5.00");

        assertThat(books.reconcile(statement).count(What.ORPHAN)).isEqualTo(2);
        assertThat(books.reconcile(statement).count(What.TOLD)).isEqualTo(2);
        assertThat(books.notices(StoredNotice.State.ORPHAN)).hasSize(2);
    }
}
