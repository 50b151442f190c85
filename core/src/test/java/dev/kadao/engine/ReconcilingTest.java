package dev.kadao.engine;

import static dev.kadao.engine.Books.statement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.Reconciliation.Finding;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.order.Case;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Money that came, by the gateway's books and by ours: each way in which they can differ, and that it is put right once. */
class ReconcilingTest {
    private final Books books = new Books();
    private final Rig rig = books.rig;
    private final Books.Gateway gateway = books.gateway;

    @Test
    void lines_that_match_write_nothing() {
        books.place("cart1", "cart2");
        rig.pay("cart1_p1", "t1");
        rig.pay("cart2_p1", "t2");
        int commits = rig.store.commits;

        Reconciliation report =
                books.reconcile(statement().received("cart1_p1", "t1", "49.00").received("cart2_p1", "t2", "49.00"));

        assertThat(rig.store.commits).isEqualTo(commits);
        assertThat(report.counts()).containsExactly(Map.entry(What.MATCHED, 2L));
        assertThat(report.findings()).isEmpty();
        assertThat(report.lines()).isEqualTo(2);
        assertThat(report.received()).isEqualTo(2);
        assertThat(report.records()).isEqualTo(2);
        assertThat(report.next()).isEqualTo(3);
        assertThat(report.isSettled()).isTrue();
        assertThat(gateway.queries).isEmpty();
    }

    @Test
    void what_was_paid_there_and_is_unknown_here_is_recorded_and_delivered_as_by_a_notice() {
        books.place("cart1");
        ScriptedStatement statement = statement().received("cart1_p1", "t1", "49.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(report.findings())
                .containsExactly(new Finding(
                        1,
                        What.REPAIRED,
                        "cart1_p1",
                        "CNY 49.00 came under trade number t1 and was unknown here: recorded as matched"));
        assertThat(books.notices(StoredNotice.State.APPLIED)).hasSize(1);
        assertThat(books.reconcile(statement).counts()).containsExactly(Map.entry(What.MATCHED, 1L));
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void a_notice_that_comes_after_the_statement_changes_nothing() {
        books.place("cart1");
        books.reconcile(statement().received("cart1_p1", "t1", "49.00"));
        int commits = rig.store.commits;

        assertThat(rig.pay("cart1_p1", "t1")).isEqualTo(ScriptedGateway.STORED);

        assertThat(rig.store.commits).isEqualTo(commits);
    }

    @Test
    void money_for_a_closed_checkout_is_late_and_delivered() {
        books.place("cart1");
        rig.clockwork.advance(Duration.ofHours(2));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.CLOSED);

        Reconciliation report = books.reconcile(statement().received("cart1_p1", "t1", "49.00"));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(report.findings().get(0).sentence()).endsWith("recorded as late");
    }

    @Test
    void short_money_is_recorded_and_its_case_is_counted() {
        books.place("cart1");

        Reconciliation report = books.reconcile(statement().received("cart1_p1", "t1", "48.00"));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.ON_HOLD);
        assertThat(books.openCases("cart1")).containsExactly(Case.Kind.SHORT);
        assertThat(report.count(What.REPAIRED)).isOne();
        assertThat(report.cases()).isOne();
    }

    @Test
    void a_gateway_whose_notices_are_not_enough_is_believed_in_its_books() {
        Rig asked = new Rig(
                1, new ScriptedGateway(new GatewayTerms(false, true, true, true), true), ScriptedSupplier.queryable());
        asked.stock("sku", 1);
        asked.place("cart1", Route.keys());

        asked.engine.reconcile("sandbox", statement().received("cart1_p1", "t1", "49.00"), 0);
        asked.clockwork.settle();

        assertThat(asked.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(asked.gateway.queries).isEmpty();
    }

    @Test
    void another_amount_of_a_known_trade_is_one_case_even_after_a_person_closed_it() {
        books.place("cart1");
        rig.pay("cart1_p1", "t1");
        ScriptedStatement statement = statement().received("cart1_p1", "t1", "48.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(report.findings())
                .containsExactly(
                        new Finding(1, What.CASE, "cart1_p1", "CNY 48.00 under trade number t1 there, CNY 49.00 here"));
        assertThat(report.cases()).isOne();
        assertThat(books.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
        books.close("cart1", 1);
        assertThat(books.reconcile(statement).counts()).containsExactly(Map.entry(What.TOLD, 1L));
        assertThat(books.openCases("cart1")).isEmpty();
    }

    @Test
    void a_payment_that_is_none_of_ours_is_one_orphan_and_after_a_day_one_case() {
        ScriptedStatement statement = statement()
                .received("cart9_p1", "t1", "49.00")
                .received("somebody else's order, and a long name", "t2", "10.00");

        assertThat(books.reconcile(statement).counts()).containsExactly(Map.entry(What.ORPHAN, 2L));
        Reconciliation again = books.reconcile(statement);

        assertThat(again.counts()).containsExactly(Map.entry(What.TOLD, 2L));
        assertThat(again.findings()).extracting(Finding::subject).containsExactly("cart9_p1", "t2");
        assertThat(books.notices(StoredNotice.State.ORPHAN)).hasSize(2);
        rig.clockwork.advance(Duration.ofHours(26));
        assertThat(books.notices(StoredNotice.State.ORPHAN_CASE)).hasSize(2);
        assertThat(books.reconcile(statement).counts()).containsExactly(Map.entry(What.TOLD, 2L));
    }

    @Test
    void a_payment_opened_at_another_gateway_is_an_orphan() {
        books.place("cart1");

        Reconciliation report = books.reconcile(statement().received("cart1_p2", "t1", "49.00"));

        assertThat(report.count(What.ORPHAN)).isOne();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.AWAITING_PAYMENT);
    }
}
