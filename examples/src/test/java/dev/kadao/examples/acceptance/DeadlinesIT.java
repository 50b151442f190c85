package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payments that come late or never, and stock that does not come in time. */
@Acceptance
class DeadlinesIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys()
            .configured(config -> config.with("payment.deadline", "PT2S")
                    .with("payment.query", "PT10M")
                    .with("payment.close-grace", "PT4S")
                    .with("stock.wait", "PT1S"));

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);
    private final String sku = WORLD.sku();

    @Test
    void a_cart_that_nobody_pays_is_closed_at_the_gateway_too() {
        Placed placed = closed();
        assertThat(WORLD.gateway().wasClosed(placed.payment())).isTrue();
        assertThat(shop.diagnosis(placed.order(), placed.token()).text("/verdict"))
                .isEqualTo("CLOSED");
        shop.openPayment(placed.checkout(), "sandbox", placed.token()).expectProblem(409, placed.checkout());
        shop.reveal(placed.order(), placed.token()).expectProblem(409);
    }

    @Test
    void a_payment_that_nobody_told_of_is_found_at_the_deadline() {
        WORLD.stock(sku, 1);
        Cart cart = Cart.fresh().keys(sku, 1);
        // Paid before it is placed: it is the deadline that must not come first.
        WORLD.gateway().pay(cart.id() + "_p1", ShopWorld.PRICE, "CNY");
        Placed placed = WORLD.place(cart);
        WORLD.awaitStage(placed.order(), "DELIVERED");
    }

    @Test
    void a_dead_gateway_delays_closing_by_the_grace_only() {
        WORLD.gateway().closePort();
        try {
            Placed placed = WORLD.placeKeys(sku, 1);
            WORLD.awaitStage(placed.order(), "CLOSED");
        } finally {
            WORLD.gateway().reopenPort();
        }
    }

    @Test
    void a_payment_after_closing_is_delivered() {
        WORLD.stock(sku, 1);
        Placed placed = closed();
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        shop.reveal(placed.order(), placed.token()).expect(200);
        assertThat(WORLD.gateway().refunds(placed.payment())).isEmpty();
        assertThat(desk.payments("late", placed.payment())).hasSize(1);
        desk.assertAuditIsClean();
    }

    @Test
    void a_payment_after_closing_is_refunded_when_there_is_no_stock() {
        Placed placed = closed();
        WORLD.pay(placed);
        isRefundedInFull(placed);
    }

    @Test
    void a_payment_after_closing_is_refunded_where_the_shop_wants_that() {
        WORLD.restartWith(config -> config.with("late-payment", "refund"));
        WORLD.stock(sku, 1);
        Placed placed = closed();
        WORLD.pay(placed);
        isRefundedInFull(placed);
        desk.assertStock(sku, 1, 0);
        WORLD.restartWith(config -> config.with("late-payment", "deliver"));
    }

    @Test
    void an_order_that_waits_too_long_for_stock_is_refunded() {
        Placed placed = WORLD.placeKeys(sku, 1);
        WORLD.pay(placed);
        isRefundedInFull(placed);
        WORLD.stock(sku, 1);
        desk.assertStock(sku, 1, 0);
    }

    @Test
    void an_order_that_waits_too_long_for_stock_is_parked_where_the_shop_wants_that() {
        // What is paid after the deadline is refunded when there is no stock, so that here the deadline must not come.
        WORLD.restartWith(config -> config.with("stock.wait-over", "park").with("payment.deadline", "PT10M"));
        Placed placed = WORLD.placeKeys(sku, 1);
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "PARKED");
        desk.awaitOpenCase(placed.checkout(), "parked");
        assertThat(WORLD.gateway().refunds(placed.payment())).isEmpty();
        desk.assertAuditIsClean();
        WORLD.restartWith(config -> config.with("stock.wait-over", "refund").with("payment.deadline", "PT2S"));
    }

    @Test
    void a_deadline_that_passes_while_the_shop_is_dead_is_kept_afterwards() {
        Placed placed = WORLD.placeKeys(sku, 1);
        WORLD.kill();
        WORLD.startAgain();
        WORLD.awaitStage(placed.order(), "CLOSED");
    }

    private Placed closed() {
        Placed placed = WORLD.placeKeys(sku, 1);
        WORLD.awaitStage(placed.order(), "CLOSED");
        // A gateway that is slow for longer than the grace is told to close only after the order was closed.
        Waiting.until("the payment is closed")
                .untilAsserted(() ->
                        assertThat(desk.payments("closed", placed.payment())).hasSize(1));
        return placed;
    }

    private void isRefundedInFull(Placed placed) {
        WORLD.awaitStage(placed.order(), "REFUNDED");
        assertThat(WORLD.gateway().refunds(placed.payment()))
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(placed.amount()));
        desk.assertAuditIsClean();
    }
}
