package dev.kadao.engine;

import static dev.kadao.ScriptedGateway.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.engine.BookGateway.Call;
import dev.kadao.engine.BookGateway.Fault;
import dev.kadao.order.Case;
import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments of which no notice comes: asked about on schedule, before closing, and for a month at most. */
class AskingIssuesTest {
    private static final GatewayTerms CANNOT_CLOSE = new GatewayTerms(false, true, true, true);
    private static final GatewayTerms NOTICE_IS_NOT_ENOUGH = new GatewayTerms(true, true, true, false);

    private final List<Duration> asked = new ArrayList<>();
    private Rig rig;

    @AfterEach
    void the_audit_finds_nothing_broken() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    /** Says when it was asked, since the start. */
    private BookGateway gateway(GatewayTerms terms) {
        return new BookGateway(terms) {
            @Override
            public PaymentWord query(PaymentId payment) {
                asked.add(rig.clockwork.elapsed());
                return super.query(payment);
            }
        };
    }

    private BookGateway open(GatewayTerms terms) {
        BookGateway gateway = gateway(terms);
        rig = Rig.at(gateway, LatePayment.DELIVER);
        rig.stock("sku", 1);
        rig.place("cart1", Route.keys());
        return gateway;
    }

    private static void silence(BookGateway gateway) {
        for (int i = 0; i < 2_000; i++) {
            gateway.fail(Call.QUERY, Fault.NOT_SENT);
            gateway.fail(Call.CLOSE, Fault.NOT_SENT);
        }
    }

    private List<Long> askedSeconds() {
        return asked.stream().map(Duration::toSeconds).distinct().toList();
    }

    @Test
    void an_unseen_payment_is_asked_about_on_schedule_once_more_at_its_deadline_and_then_closed() {
        BookGateway gateway = open(new GatewayTerms(true, true, true, true));

        rig.clockwork.advance(Duration.ofHours(3));

        // After 30 s, then 2, 5 and 5 min later, and at the deadline; the due loop looks once a second.
        assertThat(askedSeconds()).hasSize(5);
        assertThat(askedSeconds().get(0)).isBetween(30L, 32L);
        assertThat(askedSeconds().get(1)).isBetween(150L, 154L);
        assertThat(askedSeconds().get(2)).isBetween(450L, 456L);
        assertThat(askedSeconds().get(3)).isBetween(750L, 758L);
        assertThat(askedSeconds().get(4)).isBetween(900L, 902L);
        assertThat(gateway.closes).hasSize(1);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.CLOSED);
        assertThat(rig.checkout("cart1").payment(1).state()).isEqualTo(Payment.State.CLOSED);
        assertThat(rig.openCases("cart1")).isEmpty();
    }

    @Test
    void money_whose_notice_was_lost_is_found_by_asking_right_before_closing() {
        BookGateway gateway = open(new GatewayTerms(true, true, true, true));
        rig.clockwork.advance(Duration.ofSeconds(890));
        gateway.pay("cart1_p1", "t1", Rig.PRICE);

        rig.clockwork.advance(Duration.ofSeconds(15));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(gateway.closes).isEmpty();
    }

    @Test
    void a_dead_gateway_delays_closing_by_the_grace_only_and_is_asked_until_it_says_closed() {
        BookGateway gateway = open(new GatewayTerms(true, true, true, true));
        silence(gateway);
        rig.clockwork.advance(Duration.ofMinutes(24));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.AWAITING_PAYMENT);
        rig.clockwork.advance(Duration.ofMinutes(2));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.CLOSED);
        assertThat(rig.checkout("cart1").payment(1).isWatched()).isTrue();

        gateway.heal();
        rig.pass(Duration.ofDays(2));

        assertThat(gateway.isClosed("cart1_p1")).isTrue();
        assertThat(rig.checkout("cart1").payment(1).state()).isEqualTo(Payment.State.CLOSED);
        assertThat(rig.openCases("cart1")).isEmpty();
    }

    @Test
    void money_that_a_dead_gateway_took_is_found_days_after_the_order_was_closed() {
        BookGateway gateway = open(new GatewayTerms(true, true, true, true));
        gateway.pay("cart1_p1", "t1", Rig.PRICE);
        silence(gateway);
        rig.pass(Duration.ofDays(3));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.CLOSED);

        gateway.heal();
        rig.pass(Duration.ofDays(2));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void a_payment_that_nobody_ever_closes_is_asked_about_for_31_days_and_then_one_person_has_one_case() {
        BookGateway gateway = open(CANNOT_CLOSE);
        rig.pass(Duration.ofDays(30));
        assertThat(rig.openCases("cart1")).isEmpty();
        assertThat(rig.checkout("cart1").payment(1).isWatched()).isTrue();
        int before = asked.size();
        assertThat(before).isBetween(30, 100);

        rig.pass(Duration.ofDays(2));
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.OTHER);
        assertThat(rig.checkout("cart1").payment(1).state()).isEqualTo(Payment.State.GIVEN_UP);
        int asking = asked.size();
        rig.pass(Duration.ofDays(60));

        assertThat(asked).hasSize(asking);
        assertThat(rig.checkout("cart1").cases()).hasSize(1);
        assertThat(gateway.closes).isEmpty();
        // And if its money comes after all, it counts.
        assertThat(rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE))).isEqualTo(STORED);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void a_payment_that_the_gateway_does_not_find_is_never_taken_for_closed() {
        BookGateway gateway = open(CANNOT_CLOSE);
        gateway.words.put(PaymentId.parse("cart1_p1"), new PaymentWord.NotFound());
        rig.pass(Duration.ofDays(10));
        assertThat(rig.checkout("cart1").payment(1).isWatched()).isTrue();

        gateway.pay("cart1_p1", "t1", Rig.PRICE);
        rig.pass(Duration.ofDays(2));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void where_a_notice_is_not_enough_the_gateway_is_asked_and_only_its_answer_settles() {
        BookGateway gateway = open(NOTICE_IS_NOT_ENOUGH);

        assertThat(rig.receive(ScriptedGateway.paid("cart1_p1", "t1", Rig.PRICE)))
                .isEqualTo(ScriptedGateway.NOT_STORED);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.AWAITING_PAYMENT);
        assertThat(asked).hasSize(1);

        assertThat(rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE))).isEqualTo(STORED);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void where_a_notice_is_not_enough_an_amount_of_its_own_invention_counts_for_nothing() {
        BookGateway gateway = open(NOTICE_IS_NOT_ENOUGH);
        gateway.pay("cart1_p1", "t1", Money.parse("0.01", Currency.CNY));

        rig.receive(ScriptedGateway.paid("cart1_p1", "t1", Rig.PRICE));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.ON_HOLD);
    }

    @Test
    void where_a_notice_is_not_enough_its_word_alone_neither_closes_a_payment_nor_takes_money_back() {
        BookGateway gateway = open(NOTICE_IS_NOT_ENOUGH);

        assertThat(rig.receive(ScriptedGateway.notice("cart1_p1 closed"))).isEqualTo(ScriptedGateway.NOT_STORED);
        assertThat(rig.checkout("cart1").payment(1).isWatched()).isTrue();
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);

        assertThat(rig.receive(ScriptedGateway.movedBack("cart1_p1", "t1", Rig.PRICE)))
                .isEqualTo(ScriptedGateway.NOT_STORED);
        assertThat(rig.openCases("cart1")).isEmpty();
        assertThat(rig.receive(gateway.moveBack("t1", Rig.PRICE))).isEqualTo(STORED);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
    }

    @Test
    void an_early_notice_that_its_gateway_never_confirms_is_a_case_after_a_day_and_is_not_asked_about_for_ever() {
        rig = Rig.at(gateway(NOTICE_IS_NOT_ENOUGH), LatePayment.DELIVER);
        assertThat(rig.receive(ScriptedGateway.paid("cart1_p1", "t1", Rig.PRICE)))
                .isEqualTo(STORED);
        rig.place("cart1", Route.keys());

        rig.pass(Duration.ofHours(26));
        int before = asked.size();
        rig.pass(Duration.ofDays(3));

        assertThat(before).isPositive();
        assertThat(asked).hasSize(before);
        assertThat(rig.store.<Integer>view(view ->
                        view.notices(StoredNotice.State.ORPHAN_CASE, "", 9).size()))
                .isOne();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.CLOSED);
    }
}
