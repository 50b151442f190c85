package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money that is too little, too much, in another currency, paid twice, or moved back; and refunds that go wrong. */
@Acceptance
class MoneyIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(4)
            // Which of two payments counts is told by notices alone; nothing is found earlier by asking.
            .configured(config -> config.with("payment.query", "PT10M"));

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);
    private String sku = "";
    private Placed placed = new Placed("", List.of(), "", "", "", "");

    @BeforeEach
    void place_a_cart_for_one_key_of_two() {
        sku = WORLD.sku();
        WORLD.stock(sku, 2);
        placed = WORLD.placeKeys(sku, 1);
    }

    @Test
    void a_short_payment_puts_the_order_on_hold_and_the_full_amount_ends_it() {
        WORLD.payAs(placed.payment(), "10.00", "CNY");
        isOnHoldFor("short");
        WORLD.payAs(placed.payment(), "49.00", "CNY");
        settlesAndPaysBack(placed.payment(), "10.00", "CNY");
        assertThat(desk.openCases(placed.checkout())).doesNotContain("short");
    }

    @Test
    void a_further_payment_in_full_ends_the_hold_for_a_short_one() {
        WORLD.payAs(placed.payment(), "48.99", "CNY");
        isOnHoldFor("short");
        WORLD.payAs(furtherPayment(), "49.00", "CNY");
        settlesAndPaysBack(placed.payment(), "48.99", "CNY");
    }

    @Test
    void too_much_money_puts_the_order_on_hold_and_the_exact_amount_ends_it() {
        WORLD.payAs(placed.payment(), "49.01", "CNY");
        isOnHoldFor("over");
        WORLD.payAs(placed.payment(), "49.00", "CNY");
        settlesAndPaysBack(placed.payment(), "49.01", "CNY");
    }

    @Test
    void another_currency_puts_the_order_on_hold_and_the_right_one_ends_it() {
        WORLD.payAs(placed.payment(), "49.00", "USD");
        isOnHoldFor("other-currency");
        WORLD.payAs(placed.payment(), "49.00", "CNY");
        settlesAndPaysBack(placed.payment(), "49.00", "USD");
    }

    @Test
    void an_order_on_hold_is_not_delivered_and_says_that_a_person_has_it() {
        WORLD.payAs(placed.payment(), "10.00", "CNY");
        isOnHoldFor("short");
        shop.reveal(placed.order(), placed.token()).expectProblem(409);
        assertThat(shop.diagnosis(placed.order(), placed.token()).text("/verdict"))
                .isEqualTo("WITH_PERSON");
        desk.assertStock(sku, 2, 0);
        desk.assertAuditIsClean();
    }

    @Test
    void of_two_payments_in_full_the_second_is_refunded_once() {
        String second = furtherPayment();
        SandboxNotice twice = WORLD.gateway().pay(second, "49.00", "CNY");
        WORLD.pay(placed);
        WORLD.acknowledged(twice);
        settlesAndPaysBack(second, "49.00", "CNY");
        WORLD.acknowledged(twice);
        assertThat(WORLD.gateway().refunds(placed.payment())).isEmpty();
        assertThat(WORLD.gateway().refunds(second)).hasSize(1);
        // The gateway has done it before the shop has recorded its answer.
        Waiting.until("the desk shows the refund")
                .untilAsserted(() -> assertThat(desk.payments("surplus", second))
                        .singleElement()
                        .satisfies(each ->
                                assertThat(each.path("refunded").asText()).isEqualTo("49.00")));
    }

    @Test
    void of_two_payments_told_at_once_one_settles_and_one_is_refunded() throws Exception {
        String second = furtherPayment();
        List<SandboxNotice> both = List.of(
                WORLD.gateway().pay(placed.payment(), "49.00", "CNY"),
                WORLD.gateway().pay(second, "49.00", "CNY"));
        Together.times(6, i -> () -> WORLD.tell(both.get(i % 2))).forEach(reply -> reply.expect(200));
        WORLD.awaitStage(placed.order(), "DELIVERED");
        Waiting.until("one of the two is refunded")
                .untilAsserted(() -> assertThat(refundsOfBoth(second)).isEqualTo(1));
        desk.assertStock(sku, 1, 1);
        desk.assertAuditIsClean();
    }

    private int refundsOfBoth(String second) {
        return WORLD.gateway().refunds(placed.payment()).size()
                + WORLD.gateway().refunds(second).size();
    }

    @Test
    void a_second_trade_of_the_same_payment_is_refunded() {
        WORLD.pay(placed);
        WORLD.pay(placed);
        settlesAndPaysBack(placed.payment(), "49.00", "CNY");
    }

    @Test
    void money_moved_back_before_delivery_ends_as_refunded() {
        String empty = WORLD.sku();
        Placed waiting = WORLD.placeKeys(empty, 1);
        SandboxNotice paid = WORLD.pay(waiting);
        WORLD.awaitStage(waiting.order(), "PAID");
        WORLD.acknowledged(WORLD.gateway().moneyMovedBack(paid));
        WORLD.awaitStage(waiting.order(), "REFUNDED");
        WORLD.stock(empty, 1);
        desk.assertStock(empty, 1, 0);
        assertThat(WORLD.gateway().refunds(waiting.payment())).isEmpty();
    }

    @Test
    void money_moved_back_after_delivery_opens_a_case_and_leaves_the_stage() {
        SandboxNotice paid = WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        WORLD.acknowledged(WORLD.gateway().moneyMovedBack(paid));
        desk.awaitOpenCase(placed.checkout(), "conflict");
        assertThat(WORLD.stage(placed.order())).isEqualTo("DELIVERED");
        desk.assertAuditIsClean();
    }

    @Test
    void a_refund_whose_reply_was_lost_is_done_once() {
        Placed failing = failingTopUp(FakeGateway.RefundBehaviour.REFUND_BUT_LOSE_THE_REPLY);
        WORLD.awaitStage(failing.order(), "REFUNDED");
        assertThat(WORLD.gateway().refunds(failing.payment())).hasSize(1);
    }

    @Test
    void a_refund_that_failed_at_the_gateway_is_tried_again() {
        Placed failing = failingTopUp(
                FakeGateway.RefundBehaviour.FAIL, FakeGateway.RefundBehaviour.FAIL, FakeGateway.RefundBehaviour.REFUND);
        WORLD.awaitStage(failing.order(), "REFUNDED");
        assertThat(WORLD.gateway().refunds(failing.payment())).hasSize(1);
    }

    @Test
    void a_pending_refund_is_asked_about_until_it_is_done() {
        Placed failing = failingTopUp(FakeGateway.RefundBehaviour.PEND);
        Waiting.until("the gateway has the refund")
                .untilAsserted(() ->
                        assertThat(WORLD.gateway().refunds(failing.payment())).hasSize(1));
        assertThat(WORLD.stage(failing.order())).isEqualTo("REFUNDING");
        WORLD.gateway().finishRefunds(failing.payment());
        WORLD.awaitStage(failing.order(), "REFUNDED");
    }

    @Test
    void a_declined_refund_is_a_case_for_a_person() {
        Placed failing = failingTopUp(FakeGateway.RefundBehaviour.DECLINE);
        WORLD.awaitStage(failing.order(), "PARKED");
        desk.awaitOpenCase(failing.checkout(), "refund-declined");
        desk.assertAuditIsClean();
    }

    private Placed failingTopUp(FakeGateway.RefundBehaviour... refunds) {
        ShopWorld.Line line = WORLD.line(ShopConfig.Guarantee.QUERYABLE_FINAL);
        String number = Cart.freshNumber();
        line.supplier().when(number, Behaviour.of(Behaviour.Outcome.FAIL_ORDER));
        Placed failing = WORLD.place(Cart.fresh().topUp(line.sku(), number));
        WORLD.gateway().whenRefunding(failing.payment(), refunds);
        WORLD.pay(failing);
        return failing;
    }

    private String furtherPayment() {
        return shop.openPayment(placed.checkout(), "sandbox", placed.token())
                .expect(201)
                .text("/payment/id");
    }

    private void isOnHoldFor(String kind) {
        WORLD.awaitStage(placed.order(), "ON_HOLD");
        desk.awaitOpenCase(placed.checkout(), kind);
        assertThat(desk.payments(kind, placed.payment())).isNotEmpty();
    }

    private void settlesAndPaysBack(String payment, String amount, String currency) {
        WORLD.awaitStage(placed.order(), "DELIVERED");
        Waiting.until(payment + " is refunded")
                .untilAsserted(() -> assertThat(WORLD.gateway().refunds(payment))
                        .singleElement()
                        .satisfies(refund -> {
                            assertThat(refund.amount()).isEqualTo(amount);
                            assertThat(refund.currency()).isEqualTo(currency);
                        }));
        desk.assertStock(sku, 1, 1);
        desk.assertAuditIsClean();
    }
}
