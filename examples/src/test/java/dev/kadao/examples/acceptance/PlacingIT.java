package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Placing, placing again, and further payments. */
@Acceptance
class PlacingIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(1).configured(config -> config.keys("cheap", "0.01"));

    private static final ShopWorld.Line TOP_UP = WORLD.line(ShopConfig.Guarantee.IDEMPOTENT);

    private final ShopClient shop = WORLD.client();

    @Test
    void a_placed_checkout_names_its_orders_and_its_payment() {
        Cart cart = Cart.fresh().keys("card-1", 2).topUp(TOP_UP.sku(), Cart.freshNumber());
        Instant before = Instant.now();
        JsonNode answer = shop.place(cart).expect(201).json();
        assertThat(answer.path("checkout").asText()).isEqualTo(cart.id());
        assertThat(answer.at("/orders/0/id").asText()).isEqualTo(cart.id() + ".1");
        assertThat(answer.at("/orders/1/id").asText()).isEqualTo(cart.id() + ".2");
        assertThat(answer.path("orders"))
                .hasSize(2)
                .allMatch(order -> order.path("stage").asText().equals("AWAITING_PAYMENT"));
        assertThat(answer.path("pickupToken").asText()).isEqualTo(cart.pickupToken());
        JsonNode payment = answer.path("payment");
        assertThat(payment.path("id").asText()).isEqualTo(cart.id() + "_p1");
        assertThat(payment.path("gateway").asText()).isEqualTo("sandbox");
        assertThat(payment.path("amount").asText()).isEqualTo("197.50");
        assertThat(payment.path("amount").isTextual()).isTrue();
        assertThat(payment.path("currency").asText()).isEqualTo("CNY");
        assertThat(payment.path("payWith").isObject()).isTrue();
        Instant deadline = Instant.parse(payment.path("deadline").asText());
        assertThat(deadline).isBetween(before.plusSeconds(590), Instant.now().plusSeconds(610));
    }

    @Test
    void the_same_cart_again_is_the_same_checkout() {
        Cart cart = Cart.fresh().keys("card-1", 1);
        JsonNode first = shop.place(cart).expect(201).json();
        JsonNode again = shop.place(cart).expect(200).json();
        assertThat(again.path("orders")).isEqualTo(first.path("orders"));
        assertThat(again.path("checkout")).isEqualTo(first.path("checkout"));
        assertThat(again.at("/payment/id")).isEqualTo(first.at("/payment/id"));
    }

    @Test
    void the_same_cart_from_eight_clients_at_once_is_one_checkout() throws Exception {
        Cart cart = Cart.fresh().keys("card-1", 1);
        List<Reply> replies = Together.times(8, i -> () -> shop.place(cart));
        assertThat(replies.stream().map(Reply::status)).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(replies.stream().map(reply -> reply.text("/orders/0/id"))).containsOnly(cart.id() + ".1");
    }

    @Test
    void another_cart_under_the_same_id_is_a_conflict() {
        Cart cart = Cart.fresh().keys("card-1", 1).topUp(TOP_UP.sku(), "13800138000");
        WORLD.place(cart);
        Cart.Line first = cart.lines().get(0);
        Cart.Line second = cart.lines().get(1);
        conflicts(cart.withLines(List.of(second, first)));
        conflicts(cart.withLines(List.of(first)));
        conflicts(cart.withLines(List.of(new Cart.Line("card-2", 1, first.recipient()), second)));
        conflicts(cart.withLines(List.of(new Cart.Line(first.sku(), 2, first.recipient()), second)));
        conflicts(cart.withLines(List.of(new Cart.Line(first.sku(), 1, "other@example.com"), second)));
        conflicts(cart.withAccount("somebody-else"));
        conflicts(cart.withPickupToken("another-pick-up-token-of-some-length"));
        conflicts(cart.withPickupToken(""));
        assertThat(shop.place(cart).expect(200).json().path("orders")).hasSize(2);
    }

    private void conflicts(Cart cart) {
        shop.place(cart).expectProblem(409, cart.id());
    }

    @Test
    void another_ip_address_is_no_conflict() {
        Cart cart = Cart.fresh().keys("card-1", 1);
        WORLD.place(cart);
        shop.place(cart.withIp("203.0.113.99")).expect(200);
    }

    @Test
    void a_generated_pickup_token_works_and_is_answered_once() {
        Cart cart = Cart.fresh().keys("card-1", 1).withPickupToken("");
        Placed placed = WORLD.place(cart);
        assertThat(placed.token().length()).isBetween(22, 128);
        shop.order(placed.order(), placed.token()).expect(200);
        Reply again = shop.place(cart).expect(200);
        assertThat(again.body()).doesNotContain(placed.token());
        assertThat(again.json().path("pickupToken").asText("")).isIn("", "null");
        conflicts(cart.withPickupToken(placed.token()));
    }

    @Test
    void an_id_that_was_left_out_is_generated() {
        Placed one = WORLD.place(Cart.fresh().keys("card-1", 1).withId(""));
        Placed other = WORLD.place(Cart.fresh().keys("card-1", 1).withId(""));
        assertThat(one.checkout()).matches("[0-9A-Za-z_]{3,26}").isNotEqualTo(other.checkout());
        assertThat(one.order()).isEqualTo(one.checkout() + ".1");
    }

    @Test
    void unknown_members_are_ignored() {
        Cart cart = Cart.fresh().keys("card-1", 1);
        ObjectNode body = cart.json().put("coupon", "SPRING");
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, body.toString()).expect(201);
        shop.place(cart).expect(200);
    }

    @Test
    void everything_at_its_limit_is_taken() {
        Cart twenty = Cart.fresh();
        for (int i = 0; i < 20; i++) {
            twenty = twenty.keys("card-1", 1);
        }
        assertThat(WORLD.place(twenty).orders()).hasSize(20);
        Cart most = Cart.fresh().add("cheap", 1000, "r".repeat(128)).withPickupToken("t".repeat(128));
        assertThat(WORLD.place(most).amount()).isEqualTo("10.00");
        WORLD.place(Cart.fresh().keys("card-1", 1).withPickupToken("t".repeat(22)));
        WORLD.place(Cart.fresh().keys("card-1", 1).withId("a_1"));
        WORLD.place(Cart.fresh().keys("card-1", 1).withId("abcdefghijklmnopqrstuvwxyz"));
        WORLD.place(Cart.fresh().topUp(TOP_UP.sku(), "10086"));
        WORLD.place(Cart.fresh().topUp(TOP_UP.sku(), "+8613800138000999999"));
        WORLD.place(Cart.fresh().add("card-1", 1, "王小明 🎮"));
    }

    @Test
    void a_changed_price_leaves_the_first_one_standing() {
        Cart cart = Cart.fresh().keys("cheap", 1);
        assertThat(WORLD.place(cart).amount()).isEqualTo("0.01");
        WORLD.restartWith(config -> config.keys("cheap", "0.02"));
        Reply again = shop.place(cart).expect(200);
        assertThat(again.text("/payment/amount")).isEqualTo("0.01");
        assertThat(WORLD.place(Cart.fresh().keys("cheap", 1)).amount()).isEqualTo("0.02");
        WORLD.restartWith(config -> config.keys("cheap", "0.01"));
    }

    @Test
    void a_further_payment_leaves_the_earlier_one_valid() {
        String sku = WORLD.sku();
        WORLD.stock(sku, 1);
        Placed placed = WORLD.placeKeys(sku, 1);
        JsonNode second = shop.openPayment(placed.checkout(), "sandbox", placed.token())
                .expect(201)
                .json()
                .path("payment");
        assertThat(second.path("id").asText()).isEqualTo(placed.checkout() + "_p2");
        assertThat(second.path("amount").asText()).isEqualTo(placed.amount());
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
    }

    @Test
    void a_checkout_has_at_most_five_open_payments() {
        Placed placed = WORLD.placeKeys("card-1", 1);
        for (int i = 2; i <= 5; i++) {
            shop.openPayment(placed.checkout(), "sandbox", placed.token()).expect(201);
        }
        shop.openPayment(placed.checkout(), "sandbox", placed.token()).expectProblem(409, placed.checkout());
        JsonNode payments = shop.order(placed.order(), placed.token()).json().path("payments");
        assertThat(payments).hasSize(5);
    }

    @Test
    void a_paid_checkout_takes_no_further_payment() {
        Placed placed = WORLD.bought(WORLD.sku());
        shop.openPayment(placed.checkout(), "sandbox", placed.token()).expectProblem(409, placed.checkout());
    }

    @Test
    void a_further_payment_needs_the_pickup_token() {
        Placed placed = WORLD.placeKeys("card-1", 1);
        shop.openPayment(placed.checkout(), "sandbox", ShopClient.NO_TOKEN).expectProblem(401);
        shop.openPayment(placed.checkout(), "sandbox", "not-the-token-of-this-cart")
                .expectProblem(403);
        shop.openPayment("nobody_placed_this", "sandbox", placed.token()).expectProblem(404);
        shop.openPayment("nobody_placed_this", "sandbox", ShopClient.NO_TOKEN).expectProblem(404);
    }

    @Test
    void a_further_payment_needs_a_configured_gateway() {
        Placed placed = WORLD.placeKeys("card-1", 1);
        shop.openPayment(placed.checkout(), "wechatpay", placed.token()).expectProblem(400, "wechatpay");
        assertThat(shop.order(placed.order(), placed.token()).json().path("payments"))
                .hasSize(1);
    }
}
