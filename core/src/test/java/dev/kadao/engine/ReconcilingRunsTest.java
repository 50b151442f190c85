package dev.kadao.engine;

import static dev.kadao.engine.Books.statement;
import static dev.kadao.engine.Books.withBothOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.Reconciliation.Finding;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.order.Checkout;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Stage;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reconciliation as a run: unreadable lines, sources that break off, kills, bounded memory. */
class ReconcilingRunsTest {
    private final Books books = new Books();
    private final Rig rig = books.rig;
    private final Books.Gateway gateway = books.gateway;

    @Test
    void unreadable_lines_are_listed_and_stop_nothing() {
        books.place("cart1");
        ScriptedStatement statement = statement()
                .unreadable("7 columns where 9 should be")
                .received("cart1_p1", " ", "49.00")
                .received("cart1_p1", "t1", "0.00")
                .received("cart1_p1", "t1", "49.00");

        Reconciliation report = books.reconcile(statement);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(report.unreadable()).containsExactly(1L, 2L, 3L);
        assertThat(report.count(What.UNREADABLE)).isEqualTo(3);
        assertThat(report.findings().get(0))
                .isEqualTo(new Finding(1, What.UNREADABLE, "line 1", "7 columns where 9 should be"));
        assertThat(report.isSettled()).isFalse();
    }

    @Test
    void a_run_goes_on_from_the_line_where_the_source_broke_off() {
        ScriptedStatement statement = statement();
        for (int i = 100; i < 300; i++) {
            books.place("cart" + i);
            statement.received("cart" + i + "_p1", "t" + i, "49.00");
        }
        rig.stock("sku", 200);

        Reconciliation broken = books.reconcile(statement.breakingBefore(150));
        assertThat(broken.isComplete()).isFalse();
        assertThat(broken.stopped()).isEqualTo("the statement could not be read on");
        assertThat(broken.next()).isEqualTo(129);
        assertThat(broken.count(What.REPAIRED)).isEqualTo(128);

        statement.breakingBefore(Long.MAX_VALUE);
        Reconciliation rest = rig.engine.reconcile("sandbox", statement, broken.next());
        assertThat(rest.counts()).containsExactly(Map.entry(What.REPAIRED, 72L));
        assertThat(rest.records()).isEqualTo(200);
        assertThat(rest.asked()).isZero();
        assertThat(rest.next()).isEqualTo(201);
        assertThat(rest.isSettled()).isTrue();
    }

    @Test
    void a_closing_process_stops_the_run() {
        books.place("cart1");
        rig.engine.close();

        Reconciliation report = rig.engine.reconcile("sandbox", statement().received("cart1_p1", "t1", "49.00"), 0);

        assertThat(report.stopped()).isEqualTo("this process is closing");
        assertThat(report.next()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_gateway_that_is_not_configured_and_a_period_of_no_time_are_refused() {
        assertThatThrownBy(() -> rig.engine.reconcile("nowhere", statement(), 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'nowhere' is not configured");
        ScriptedStatement never = new ScriptedStatement(ManualClockwork.START, Duration.ZERO);
        assertThatThrownBy(() -> rig.engine.reconcile("sandbox", never, 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("covers no time");
    }

    /** Everything that can happen in a statement, of five checkouts. */
    private ScriptedStatement eventfulDay() {
        books.place("cart1", "cart2", "cart3", "cart4");
        books.placeWithRefund("cart5");
        rig.pay("cart2_p1", "t2");
        rig.pay("cart4_p1", "t4");
        gateway.words.put(PaymentId.parse("cart4_p1"), new PaymentWord.NotFound());
        return withBothOf("cart5")
                .received("cart1_p1", "t1", "49.00")
                .received("cart2_p1", "t2", "48.00")
                .givenBack("cart2_p1", "t2", "console-1", "3.00")
                .givenBack("cart2_p1", "t2", "console-2", "4.00")
                .received("cart3_p1", "t3", "10.00")
                .givenBack("cart5_p2", "t2cart5", "cart5_r1", "44.00")
                .received("nobody_p1", "t9", "1.00");
    }

    /** What counts at the end, whatever happened on the way. */
    private List<String> endState() {
        List<String> facts = new ArrayList<>();
        for (String id : List.of("cart1", "cart2", "cart3", "cart4", "cart5")) {
            Checkout checkout = rig.checkout(id);
            facts.add(id + " " + checkout.order(1).stage());
            checkout.payments()
                    .forEach(payment -> payment.receipts()
                            .forEach(receipt -> facts.add(receipt.tradeNumber() + " " + receipt.amount() + " "
                                    + receipt.verdict() + " " + receipt.movedBack())));
            checkout.refunds().forEach(refund -> facts.add(refund.id() + " " + refund.state()));
            checkout.cases().forEach(known -> facts.add(known.kind() + " " + known.subject() + " " + known.evidence()));
        }
        Stream.of(StoredNotice.State.values())
                .forEach(state -> facts.add(state + " "
                        + books.notices(state).stream().map(StoredNotice::key).toList()));
        return facts;
    }

    @ParameterizedTest
    @EnumSource(
            value = TroubledStore.Trouble.class,
            names = {"DOWN", "LOST_AFTER", "LOST_BEFORE"})
    void a_run_that_is_killed_at_any_commit_and_made_again_ends_the_same(TroubledStore.Trouble trouble) {
        ScriptedStatement undisturbed = eventfulDay();
        int before = rig.store.commits;
        assertThat(books.reconcile(undisturbed).isSettled()).isTrue();
        int commits = rig.store.commits - before;
        List<String> expected = endState();
        assertThat(commits).isGreaterThan(6);

        for (int survived = 0; survived < commits; survived++) {
            ReconcilingRunsTest killed = new ReconcilingRunsTest();
            assertThat(killed.endStateOfKilledRun(trouble, survived))
                    .as("killed after %s commits", survived)
                    .isEqualTo(expected);
        }
    }

    private List<String> endStateOfKilledRun(TroubledStore.Trouble trouble, int survived) {
        ScriptedStatement statement = eventfulDay();
        AtomicInteger seen = new AtomicInteger();
        rig.store.trouble(trouble, 1_000, step -> seen.getAndIncrement() >= survived);
        rig.engine.reconcile("sandbox", statement, 0);
        rig.restart();

        assertThat(books.reconcile(statement).isSettled()).isTrue();
        assertThat(rig.engine.audit().violations()).isEmpty();
        return endState();
    }

    @Test
    void more_trade_numbers_than_find_room_are_gone_through_in_parts() {
        ScriptedStatement statement = statement();
        for (int i = 100; i < 160; i++) {
            books.place("cart" + i);
            rig.pay("cart" + i + "_p1", "t" + i);
            if (i % 10 != 0) {
                statement.received("cart" + i + "_p1", "t" + i, "49.00");
            } else {
                gateway.words.put(PaymentId.parse("cart" + i + "_p1"), new PaymentWord.Paid("t" + i, Rig.PRICE));
            }
        }

        Reconciliation report = books.narrow(16).reconcile("sandbox", statement, 0);

        assertThat(statement.readings).isEqualTo(1 + 8);
        assertThat(report.counts()).containsOnly(Map.entry(What.MATCHED, 54L), Map.entry(What.EDGE, 6L));
        assertThat(report.records()).isEqualTo(60);
        assertThat(gateway.queries).hasSize(6);
    }
}
