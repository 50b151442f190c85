package dev.kadao.engine;

import static dev.kadao.ScriptedGateway.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.order.Case;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genuine notices whose money is not what this payment asked for, and words that are no money yet. */
class WrongMoneyIssuesTest {
    private static final Money CHEAP = Money.parse("0.01", Currency.CNY);

    private final BookGateway gateway = new BookGateway();
    private final Rig rig = Rig.at(gateway, LatePayment.DELIVER);

    @AfterEach
    void the_audit_finds_nothing_broken() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void placeDear(String id) {
        rig.stock("sku", 3);
        rig.place(id, Route.keys());
    }

    @Test
    void a_cheap_payments_notice_settles_the_cheap_order_and_never_the_dear_one() {
        placeDear("dear");
        rig.place("cheap", Rig.line("sku", CHEAP, Route.keys()));

        assertThat(rig.receive(gateway.pay("cheap_p1", "t1", CHEAP))).isEqualTo(STORED);
        rig.clockwork.advance(Duration.ofMinutes(1));

        assertThat(rig.stage("cheap")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.stage("dear")).isEqualTo(Stage.AWAITING_PAYMENT);
        assertThat(rig.checkout("dear").payment(1).receipts()).isEmpty();
    }

    @Test
    void a_cent_that_is_paid_on_a_dear_order_puts_it_on_hold_with_a_case_and_hands_over_nothing() {
        placeDear("dear");

        assertThat(rig.receive(gateway.pay("dear_p1", "t1", CHEAP))).isEqualTo(STORED);
        rig.pass(Duration.ofDays(3));

        assertThat(rig.stage("dear")).isEqualTo(Stage.ON_HOLD);
        assertThat(rig.openCases("dear")).containsExactly(Case.Kind.SHORT);
        assertThat(rig.inventory.stock("sku").sold()).isZero();
        assertThat(gateway.refunds).isEmpty();
    }

    /** The trade number of a payment elsewhere is no key to this one: what counts is what this notice brings. */
    @Test
    void the_trade_number_of_another_orders_money_settles_nothing_here() {
        placeDear("dear");
        rig.place("other", Route.keys());
        rig.receive(gateway.pay("other_p1", "t1", Rig.PRICE));

        rig.receive(ScriptedGateway.paid("dear_p1", "t1", CHEAP));

        assertThat(rig.stage("other")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.stage("dear")).isEqualTo(Stage.ON_HOLD);
    }

    @ParameterizedTest
    @CsvSource({"48.99, CNY, SHORT, SHORT", "49.01, CNY, OVER, OVER", "49.00, USD, OTHER_CURRENCY, OTHER_CURRENCY"})
    void money_that_is_not_exactly_what_was_asked_for_is_kept_in_sight_and_waits_for_a_person(
            String amount, String currency, Case.Kind kind, PaymentStatus status) {
        placeDear("dear");

        assertThat(rig.receive(gateway.pay("dear_p1", "t1", Money.parse(amount, Currency.of(currency)))))
                .isEqualTo(STORED);

        assertThat(rig.stage("dear")).isEqualTo(Stage.ON_HOLD);
        assertThat(rig.openCases("dear")).containsExactly(kind);
        assertThat(PaymentStatus.of(rig.checkout("dear").payment(1))).isEqualTo(status);
    }

    @Test
    void the_full_amount_after_a_short_one_settles_and_the_short_one_goes_back_once() {
        placeDear("dear");
        rig.receive(gateway.pay("dear_p1", "t1", CHEAP));

        rig.receive(gateway.pay(rig.openPayment("dear"), "t2", Rig.PRICE));
        rig.receive(gateway.pay("dear_p1", "t1", CHEAP));
        rig.clockwork.advance(Duration.ofMinutes(1));

        assertThat(rig.stage("dear")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.openCases("dear")).isEmpty();
        assertThat(gateway.refunds).hasSize(1);
        assertThat(gateway.refunded("dear_p1")).isEqualTo(CHEAP.minorUnits());
        assertThat(gateway.refunded("dear_p2")).isZero();
    }

    @Test
    void a_pending_notice_and_the_success_under_the_same_trade_number_deliver() {
        placeDear("dear");
        int commits = rig.store.commits;

        assertThat(rig.receive(ScriptedGateway.notice("dear_p1 pending"))).isEqualTo(STORED);
        assertThat(rig.receive(ScriptedGateway.notice("dear_p1 pending"))).isEqualTo(STORED);
        assertThat(rig.store.commits).as("commits of pending notices").isEqualTo(commits);
        assertThat(rig.store.<Integer>view(
                        view -> view.notices(StoredNotice.State.APPLIED, "", 9).size()))
                .isZero();

        assertThat(rig.receive(gateway.pay("dear_p1", "t1", Rig.PRICE))).isEqualTo(STORED);
        assertThat(rig.stage("dear")).isEqualTo(Stage.DELIVERED);
        // And one that lags behind takes nothing back.
        assertThat(rig.receive(ScriptedGateway.notice("dear_p1 pending"))).isEqualTo(STORED);
        assertThat(rig.receive(ScriptedGateway.notice("dear_p1 closed"))).isEqualTo(STORED);
        assertThat(rig.stage("dear")).isEqualTo(Stage.DELIVERED);
        assertThat(PaymentStatus.of(rig.checkout("dear").payment(1))).isEqualTo(PaymentStatus.SETTLED);
    }

    @Test
    void a_closed_notice_that_overtakes_the_success_does_not_lose_the_money() {
        placeDear("dear");
        rig.receive(ScriptedGateway.notice("dear_p1 closed"));

        assertThat(rig.receive(gateway.pay("dear_p1", "t1", Rig.PRICE))).isEqualTo(STORED);

        assertThat(rig.stage("dear")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void one_trade_number_with_two_amounts_is_a_conflict_for_a_person_and_counts_once() {
        placeDear("dear");
        rig.receive(gateway.pay("dear_p1", "t1", Rig.PRICE));

        assertThat(rig.receive(ScriptedGateway.paid("dear_p1", "t1", CHEAP))).isEqualTo(STORED);

        assertThat(rig.openCases("dear")).containsExactly(Case.Kind.CONFLICT);
        assertThat(rig.checkout("dear").payment(1).receipts()).hasSize(1);
        assertThat(gateway.refunds).isEmpty();
    }
}
