package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Carts that the shop refuses: each with the thing named, and without a trace. */
@Acceptance
class RefusedCartIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(1);

    private static final ShopWorld.Line TOP_UP = WORLD.line(ShopConfig.Guarantee.IDEMPOTENT);

    private final ShopClient shop = WORLD.client();

    static Stream<Arguments> refused_carts() {
        return Stream.of(
                refused("sku", "no-such-card", cart -> cart.keys("no-such-card", 1)),
                refused("gateway", "alipay", cart -> cart.keys("card-1", 1).withGateway("alipay")),
                refused("no gateway", "gateway", cart -> cart.keys("card-1", 1).withGateway("")),
                refused("quantity 0", "0", cart -> cart.keys("card-1", 0)),
                refused("quantity -1", "-1", cart -> cart.keys("card-1", -1)),
                refused("quantity 1001", "1001", cart -> cart.keys("card-1", 1001)),
                refused("quantity of two billion", "2147483647", cart -> cart.keys("card-1", Integer.MAX_VALUE)),
                refused("no order", "order", cart -> cart),
                refused("21 orders", "21", RefusedCartIT::twentyOneOrders),
                refused("empty recipient", "recipient", cart -> cart.add("card-1", 1, "")),
                refused("long recipient", "recipient", cart -> cart.add("card-1", 1, "r".repeat(129))),
                refused("control character", "recipient", cart -> cart.add("card-1", 1, "a\u0007b")),
                refused("line break", "recipient", cart -> cart.add("card-1", 1, "a\nb")),
                refused("letters as a number", "recipient", cart -> cart.topUp(TOP_UP.sku(), "my phone")),
                refused("4 digits", "recipient", cart -> cart.topUp(TOP_UP.sku(), "1008")),
                refused("21 digits", "recipient", cart -> cart.topUp(TOP_UP.sku(), "1".repeat(21))),
                refused("Arabic digits", "recipient", cart -> cart.topUp(TOP_UP.sku(), "٠١٢٣٤٥٦٧")),
                refused(
                        "short token",
                        "pickupToken",
                        cart -> cart.keys("card-1", 1).withPickupToken("t".repeat(21))),
                refused(
                        "long token",
                        "pickupToken",
                        cart -> cart.keys("card-1", 1).withPickupToken("t".repeat(129))));
    }

    private static Arguments refused(String what, String named, UnaryOperator<Cart> cart) {
        return Arguments.of(what, named, cart);
    }

    private static Cart twentyOneOrders(Cart cart) {
        Cart grown = cart;
        for (int i = 0; i < 21; i++) {
            grown = grown.keys("card-1", 1);
        }
        return grown;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused_carts")
    void a_bad_cart_is_refused_by_name_and_leaves_no_trace(String what, String named, UnaryOperator<Cart> change) {
        Cart cart = change.apply(Cart.fresh());
        shop.place(cart).expectProblem(400, named);
        shop.orderAsDesk(cart.id() + ".1").expectProblem(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my cart", "ab", "abcdefghijklmnopqrstuvwxyz1", "cart-1", "cart.1", "购物车一", "a/b", "../x"})
    void a_bad_id_is_refused_by_name(String id) {
        shop.place(Cart.fresh().keys("card-1", 1).withId(id)).expectProblem(400, "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "1.5", "true", "null", "[1]", "{}", "99999999999999999999", "01"})
    void a_quantity_that_is_no_whole_number_is_refused(String quantity) {
        Cart cart = Cart.fresh().keys("card-1", 4711);
        String body = cart.json().toString().replace("4711", quantity);
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, body).expectProblem(400);
        shop.orderAsDesk(cart.id() + ".1").expectProblem(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "orders"})
    void a_member_that_is_needed_and_missing_is_named(String member) {
        ObjectNode body = Cart.fresh().keys("card-1", 1).json();
        body.remove(member);
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, body.toString()).expectProblem(400, member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "gateway", "orders", "buyer", "pickupToken"})
    void a_member_of_the_wrong_type_is_refused(String member) {
        ObjectNode body = Cart.fresh().keys("card-1", 1).json().put(member, 7);
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, body.toString()).expectProblem(400);
    }

    @Test
    void the_shop_stands_as_before_after_all_refusals() {
        Placed placed = WORLD.bought(WORLD.sku());
        shop.reveal(placed.order(), placed.token()).expect(200);
        assertThat(new Desk(shop).all("orders"))
                .extracting(order -> order.path("checkout").asText())
                .containsOnly(placed.checkout());
    }
}
