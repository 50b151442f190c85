package dev.kadao.engine;

import static dev.kadao.ScriptedGateway.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.engine.BookGateway.Call;
import dev.kadao.engine.BookGateway.Fault;
import dev.kadao.order.Case;
import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Dispatcher.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money that goes back: once, never more than came, and never into nowhere. */
class RefundIssuesTest {
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    /** A shop whose buyer paid a closed checkout, so that all of it goes back at once. */
    private static Rig refunds(BookGateway gateway) {
        Rig rig = Rig.at(gateway, LatePayment.REFUND);
        rig.place("cart1", Route.keys());
        rig.clockwork.advance(Duration.ofMinutes(16));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.CLOSED);
        assertThat(rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE))).isEqualTo(STORED);
        return rig;
    }

    private static void isBackOnce(Rig rig, BookGateway gateway) {
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(gateway.refunded("cart1_p1")).isEqualTo(Rig.PRICE.minorUnits());
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_refund_whose_reply_was_lost_is_asked_about_and_not_sent_twice(boolean repeatable) {
        BookGateway gateway = new BookGateway(new GatewayTerms(true, true, repeatable, true));
        gateway.fail(Call.REFUND, Fault.REPLY_LOST);
        Rig rig = refunds(gateway);
        assertThat(rig.checkout("cart1").refund(1).state()).isEqualTo(Refund.State.UNKNOWN);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDING);

        rig.clockwork.advance(A_WHILE);

        assertThat(gateway.refunds).hasSize(1);
        assertThat(gateway.refundQueries).isNotEmpty();
        isBackOnce(rig, gateway);
    }

    @Test
    void a_refund_that_never_arrived_is_sent_again_under_the_same_reference_where_that_is_safe() {
        BookGateway gateway = new BookGateway();
        gateway.fail(Call.REFUND, Fault.NOT_SENT);
        Rig rig = refunds(gateway);

        rig.clockwork.advance(A_WHILE);

        assertThat(gateway.refunds).hasSize(1);
        assertThat(gateway.refunds.get(0).refund().toString()).isEqualTo("cart1_r1");
        isBackOnce(rig, gateway);
    }

    @Test
    void a_refund_that_never_arrived_at_a_gateway_that_does_not_know_repetitions_is_asked_about_until_a_person_looks() {
        BookGateway gateway = new BookGateway(new GatewayTerms(true, true, false, true));
        gateway.fail(Call.REFUND, Fault.NOT_SENT);
        Rig rig = refunds(gateway);

        rig.pass(Duration.ofDays(32));

        assertThat(gateway.refunds).isEmpty();
        assertThat(gateway.refundQueries).hasSizeGreaterThan(100);
        assertThat(rig.openCases("cart1")).contains(Case.Kind.OTHER);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDING);
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void a_refund_whose_reply_was_lost_when_the_process_died_is_asked_about_by_the_next_one() {
        Rig[] shop = new Rig[1];
        BookGateway gateway = new BookGateway() {
            @Override
            public RefundAnswer refund(RefundRequest request, Deadline deadline) {
                RefundAnswer answer = super.refund(request, deadline);
                shop[0].store.down(true);
                return answer;
            }
        };
        shop[0] = Rig.at(gateway, LatePayment.REFUND);
        shop[0].place("cart1", Route.keys());
        shop[0].clockwork.advance(Duration.ofMinutes(16));
        shop[0].receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
        assertThat(gateway.refunds).hasSize(1);
        shop[0].restart();
        assertThat(shop[0].checkout("cart1").refund(1).state()).isEqualTo(Refund.State.STARTED);

        shop[0].clockwork.advance(A_WHILE);

        assertThat(gateway.refunds).hasSize(1);
        assertThat(gateway.refundQueries).isNotEmpty();
        isBackOnce(shop[0], gateway);
    }

    @Test
    void a_gateway_that_does_not_answer_for_a_day_is_asked_on_and_the_refund_is_not_sent_twice() {
        BookGateway gateway = new BookGateway();
        gateway.fail(Call.REFUND, Fault.REPLY_LOST);
        for (int i = 0; i < 200; i++) {
            gateway.fail(Call.QUERY_REFUND, Fault.REPLY_LOST);
        }
        Rig rig = refunds(gateway);
        rig.clockwork.advance(Duration.ofHours(1));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDING);

        gateway.heal();
        rig.pass(Duration.ofDays(1));

        assertThat(gateway.refunds).hasSize(1);
        isBackOnce(rig, gateway);
    }

    @Test
    void a_definite_refusal_reaches_a_person_and_is_not_tried_again_by_itself() {
        BookGateway gateway = new BookGateway();
        gateway.fail(Call.REFUND, Fault.DECLINED);
        Rig rig = refunds(gateway);

        rig.pass(Duration.ofDays(3));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.PARKED);
        assertThat(rig.openCases("cart1")).containsExactlyInAnyOrder(Case.Kind.PARKED, Case.Kind.REFUND_DECLINED);
        assertThat(gateway.refunds).hasSize(1);
        assertThat(gateway.refunded("cart1_p1")).isZero();
        assertThat(rig.engine.audit().violations()).isEmpty();

        rig.act("cart1", 1, "REFUND");
        rig.clockwork.advance(A_WHILE);

        isBackOnce(rig, gateway);
    }

    @Test
    void a_definite_refusal_of_a_surplus_reaches_a_person_though_the_order_is_delivered() {
        BookGateway gateway = new BookGateway();
        gateway.fail(Call.REFUND, Fault.DECLINED);
        Rig rig = Rig.at(gateway, LatePayment.DELIVER);
        rig.stock("sku", 1);
        rig.place("cart1", Route.keys());
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
        rig.receive(gateway.pay("cart1_p1", "t2", Rig.PRICE));

        rig.pass(Duration.ofDays(3));

        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.REFUND_DECLINED);
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void a_gateway_that_cannot_refund_leaves_it_to_a_person_and_is_not_called() {
        BookGateway gateway = new BookGateway(new GatewayTerms(true, false, false, true));
        Rig rig = refunds(gateway);

        rig.clockwork.advance(A_WHILE);

        assertThat(gateway.refunds).isEmpty();
        assertThat(rig.openCases("cart1")).contains(Case.Kind.REFUND_DECLINED);
    }

    @Test
    void of_a_cart_of_three_orders_exactly_the_one_that_cannot_be_delivered_is_refunded() {
        BookGateway gateway = new BookGateway();
        Rig rig = Rig.at(gateway, LatePayment.DELIVER);
        Money[] amounts = {cny("49.00"), cny("12.34"), cny("30.00")};
        rig.stock("sku", 1);
        rig.place(
                "cart1",
                Rig.line("sku", amounts[0], Route.keys()),
                Rig.line("phone", amounts[1], Route.topUp("a")),
                Rig.line("phone", amounts[2], Route.topUp("a")));
        ScriptedSupplier supplier = (ScriptedSupplier) rig.supplier;
        supplier.onSend.add(() -> new Answer.Declined(Dispatcher.Scope.ORDER, "this number takes no top-up"));

        rig.receive(gateway.pay("cart1_p1", "t1", cny("91.34")));
        rig.clockwork.advance(A_WHILE);

        assertThat(rig.checkout("cart1").orders())
                .extracting(order -> order.stage())
                .containsExactly(Stage.DELIVERED, Stage.REFUNDED, Stage.DELIVERED);
        assertThat(gateway.refunds).singleElement().satisfies(refund -> {
            assertThat(refund.amount()).isEqualTo(amounts[1]);
            assertThat(refund.tradeNumber()).isEqualTo("t1");
        });
        assertThat(PaymentStatus.of(rig.checkout("cart1").payment(1))).isEqualTo(PaymentStatus.SETTLED);
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void of_a_cart_of_three_orders_of_keys_the_one_without_stock_is_refunded_when_its_wait_is_over() {
        BookGateway gateway = new BookGateway();
        Rig rig = Rig.at(gateway, LatePayment.DELIVER);
        rig.stock("red", 1);
        rig.stock("blue", 1);
        rig.place(
                "cart1",
                Rig.line("red", cny("49.00"), Route.keys()),
                Rig.line("none", cny("0.01"), Route.keys()),
                Rig.line("blue", cny("30.00"), Route.keys()));

        rig.receive(gateway.pay("cart1_p1", "t1", cny("79.01")));
        assertThat(rig.checkout("cart1").order(2).stage()).isEqualTo(Stage.PAID);
        rig.clockwork.advance(Duration.ofHours(2));

        assertThat(rig.checkout("cart1").orders())
                .extracting(order -> order.stage())
                .containsExactly(Stage.DELIVERED, Stage.REFUNDED, Stage.DELIVERED);
        assertThat(gateway.refunds)
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(cny("0.01")));
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private static Money cny(String amount) {
        return Money.parse(amount, Currency.CNY);
    }
}
