package dev.kadao.engine;

import static dev.kadao.ScriptedGateway.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Receipt;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.port.InboundNotice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A buyer who opens two QR codes of one checkout, and pays one of them, or both. */
class TwoQrCodesIssuesTest {
    private BookGateway gateway;
    private Rig rig;

    @BeforeEach
    void opens_a_shop() {
        gateway = new BookGateway();
        rig = Rig.at(gateway, LatePayment.DELIVER);
    }

    private void placeWithTwoCodes(Route route) {
        rig.stock("sku", 5);
        rig.place("cart1", route);
        assertThat(rig.openPayment("cart1")).isEqualTo("cart1_p2");
    }

    private InboundNotice payBoth(int payment) {
        return gateway.pay("cart1_p" + payment, "t" + payment, Rig.PRICE);
    }

    private static Route route(String kind) {
        return kind.equals("keys") ? Route.keys() : Route.topUp("a");
    }

    private void isSettledOnceAndTheOtherOneIsBack(Object when) {
        Checkout checkout = rig.checkout("cart1");
        assertThat(checkout.order(1).stage()).as("%s", when).isEqualTo(Stage.DELIVERED);
        assertThat(checkout.payments())
                .as("%s", when)
                .extracting(PaymentStatus::of)
                .containsExactlyInAnyOrder(PaymentStatus.SETTLED, PaymentStatus.SURPLUS);
        assertThat(checkout.refunds()).as("%s", when).hasSize(1);
        assertThat(gateway.refunds).as("%s", when).hasSize(1);
        boolean firstSettled = PaymentStatus.of(checkout.payment(1)) == PaymentStatus.SETTLED;
        assertThat(gateway.refunded("cart1_p1")).isEqualTo(firstSettled ? 0 : Rig.PRICE.minorUnits());
        assertThat(gateway.refunded("cart1_p2")).isEqualTo(firstSettled ? Rig.PRICE.minorUnits() : 0);
        assertThat(rig.engine.audit().violations()).as("%s", when).isEmpty();
    }

    /**
     * Node one is told of the first code, node two of the second one right before each commit of the whole way that
     * follows: before, during and after the delivery.
     */
    @ParameterizedTest
    @CsvSource({"keys, 1", "keys, 2", "top-up, 1", "top-up, 2"})
    void both_codes_paid_on_two_nodes_settle_once_in_every_interleaving_of_their_commits(String kind, int first) {
        int interleaved = 0;
        for (int commits = 0; commits < 9; commits++) {
            opens_a_shop();
            Engine other = rig.another();
            placeWithTwoCodes(route(kind));
            Runnable second = () ->
                    assertThat(other.receive("sandbox", payBoth(3 - first))).isEqualTo(STORED);
            rig.store.beforeCommit(commits, second);
            assertThat(rig.receive(payBoth(first))).isEqualTo(STORED);
            rig.clockwork.advance(Duration.ofMinutes(1));
            boolean wasInterleaved = rig.store.wasBeforeCommit();
            interleaved += wasInterleaved ? 1 : 0;
            if (!wasInterleaved) {
                second.run();
            }
            rig.clockwork.advance(Duration.ofMinutes(1));
            isSettledOnceAndTheOtherOneIsBack(kind + " after " + commits + " commits");
            long delivered = kind.equals("keys")
                    ? rig.inventory.stock("sku").sold()
                    : ((ScriptedSupplier) rig.supplier).sent.size();
            assertThat(delivered).isOne();
        }
        assertThat(interleaved).as("commits that the second notice came before").isBetween(2, 8);
    }

    @Test
    void the_second_code_paid_while_the_supplier_is_sending_is_refunded_and_the_goods_are_sent_once() {
        Engine other = rig.another();
        placeWithTwoCodes(route("top-up"));
        ScriptedSupplier supplier = (ScriptedSupplier) rig.supplier;
        supplier.onSend.add(() -> {
            assertThat(other.receive("sandbox", payBoth(2))).isEqualTo(STORED);
            return ScriptedSupplier.DELIVERED;
        });

        rig.receive(payBoth(1));
        rig.clockwork.advance(Duration.ofMinutes(1));

        isSettledOnceAndTheOtherOneIsBack("while sending");
        assertThat(supplier.sent).hasSize(1);
    }

    /** Both nodes' due loops run, and every notice is repeated to both nodes for a day. */
    @ParameterizedTest
    @ValueSource(strings = {"keys", "top-up"})
    void repeated_notices_of_both_codes_to_both_nodes_change_nothing_any_more(String kind) {
        Engine other = rig.another();
        placeWithTwoCodes(route(kind));
        for (int hour = 0; hour < 24; hour++) {
            for (Engine node : List.of(rig.engine, other)) {
                assertThat(node.receive("sandbox", payBoth(1))).isEqualTo(STORED);
                assertThat(node.receive("sandbox", payBoth(2))).isEqualTo(STORED);
            }
            rig.clockwork.advance(Duration.ofHours(1));
        }
        isSettledOnceAndTheOtherOneIsBack("after a day");
    }

    @Test
    void a_notice_for_payment_1_after_payment_2_was_opened_settles_and_payment_2_is_closed_at_the_gateway() {
        placeWithTwoCodes(Route.keys());

        assertThat(rig.receive(payBoth(1))).isEqualTo(STORED);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(gateway.closes).containsExactly(PaymentId.parse("cart1_p2"));
        assertThat(gateway.isClosed("cart1_p2")).isTrue();
        assertThat(rig.checkout("cart1").payments())
                .extracting(Payment::state)
                .containsExactly(Payment.State.PAID, Payment.State.CLOSED);
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void all_siblings_are_closed_when_one_payment_settles() {
        placeWithTwoCodes(Route.keys());
        rig.openPayment("cart1");
        rig.openPayment("cart1");

        rig.receive(payBoth(2));

        assertThat(gateway.closes)
                .extracting(PaymentId::toString)
                .containsExactlyInAnyOrder("cart1_p1", "cart1_p3", "cart1_p4");
        rig.pass(Duration.ofDays(40));
        assertThat(gateway.queries).isEmpty();
        assertThat(rig.openCases("cart1")).isEmpty();
    }

    @Test
    void a_sibling_that_turns_out_to_be_paid_when_it_is_closed_is_refunded_though_its_notice_never_comes() {
        placeWithTwoCodes(Route.keys());
        payBoth(2);

        rig.receive(payBoth(1));
        rig.clockwork.advance(Duration.ofMinutes(1));

        isSettledOnceAndTheOtherOneIsBack("found at closing");
    }

    @Test
    void a_second_trade_number_on_one_payment_is_surplus_and_refunded_once() {
        rig.stock("sku", 5);
        rig.place("cart1", Route.keys());
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));

        for (int i = 0; i < 3; i++) {
            assertThat(rig.receive(gateway.pay("cart1_p1", "t2", Rig.PRICE))).isEqualTo(STORED);
            rig.clockwork.advance(Duration.ofMinutes(1));
        }

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.inventory.stock("sku").sold()).isOne();
        assertThat(rig.checkout("cart1").payment(1).receipts())
                .extracting(Receipt::tradeNumber, Receipt::verdict)
                .containsExactly(tuple("t1", Receipt.Verdict.MATCHED), tuple("t2", Receipt.Verdict.SURPLUS));
        assertThat(gateway.trades.get("t2").refunded).isEqualTo(Rig.PRICE.minorUnits());
        assertThat(gateway.trades.get("t1").refunded).isZero();
        assertThat(gateway.refunds).hasSize(1);
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void a_code_that_is_asked_for_after_the_first_was_paid_is_not_opened() {
        rig.stock("sku", 5);
        rig.place("cart1", Route.keys());
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));

        assertThat(rig.engine.openPayment(new CheckoutId("cart1"), "sandbox")).isInstanceOf(Opening.NotOpened.class);
        assertThat(rig.checkout("cart1").payments()).hasSize(1);
    }
}
