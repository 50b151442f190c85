package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys that are reserved when they are ordered, never more than the cap, and given back when nobody pays. */
@Acceptance
class ReservingIT {
    private static final String CAPPED = "capped-1";
    private static final String STRICT = "strict-1";

    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys()
            .configured(config -> config.with("payment.deadline", "PT6S")
                    .with("payment.query", "PT10M")
                    .keys(CAPPED, ShopWorld.PRICE)
                    .with("sku." + CAPPED + ".reserve", "placing")
                    .with("sku." + CAPPED + ".reserve-cap", "3")
                    .keys(STRICT, ShopWorld.PRICE)
                    .with("sku." + STRICT + ".reserve", "placing")
                    .with("sku." + STRICT + ".reserve-cap", "3")
                    .with("sku." + STRICT + ".reserve-missed", "refuse"));

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);

    private List<Reply> placeAtOnce(int buyers, String sku) throws Exception {
        List<Cart> carts = IntStream.range(0, buyers)
                .mapToObj(i -> Cart.fresh().keys(sku, 1))
                .toList();
        return Together.times(buyers, i -> () -> shop.place(carts.get(i)));
    }

    private static String reservation(Reply reply) {
        return reply.text("/orders/0/reservation/state");
    }

    private void awaitStock(String sku, int free, int reserved, int sold) {
        Waiting.until("stock of " + sku + " is " + free + " free, " + reserved + " reserved, " + sold + " sold")
                .until(() -> {
                    JsonNode stock = desk.stock(sku);
                    return stock.path("free").asInt() == free
                            && stock.path("reserved").asInt() == reserved
                            && stock.path("sold").asInt() == sold;
                });
    }

    @Test
    void of_twelve_carts_at_once_three_have_their_key_and_all_are_placed() throws Exception {
        WORLD.stock(CAPPED, 8);
        List<Reply> replies = placeAtOnce(12, CAPPED);
        replies.forEach(reply -> reply.expect(201));
        assertThat(replies)
                .filteredOn(reply -> reservation(reply).equals("reserved"))
                .hasSize(3);
        assertThat(replies)
                .filteredOn(reply -> reservation(reply).equals("cap-reached"))
                .hasSize(9);
        awaitStock(CAPPED, 5, 3, 0);

        Placed paid = Placed.read(replies.stream()
                .filter(reply -> reservation(reply).equals("reserved"))
                .findFirst()
                .orElseThrow()
                .json());
        WORLD.pay(paid);
        WORLD.awaitStage(paid.order(), "DELIVERED");
        assertThat(shop.order(paid.order(), paid.token()).text("/reservation/state"))
                .isEqualTo("handed-over");
        WORLD.kill();
        WORLD.startAgain();

        // Two were never paid: killed or not, the shop gives their keys back, and nobody's is lost.
        awaitStock(CAPPED, 7, 0, 1);
        desk.assertAuditIsClean();
    }

    @Test
    void where_the_shop_wants_it_a_cart_without_a_key_is_refused_and_may_be_placed_again() throws Exception {
        WORLD.stock(STRICT, 2);
        List<Reply> replies = placeAtOnce(6, STRICT);
        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(2);
        assertThat(replies)
                .filteredOn(reply -> reply.status() == 409)
                .hasSize(4)
                .allSatisfy(reply ->
                        assertThat(reply.expectProblem(409).text("/detail")).startsWith("sold out"));
        WORLD.stock(STRICT, 5);
        Cart again = Cart.fresh().keys(STRICT, 2);
        shop.place(again).expectProblem(409, "too many keys are reserved");
        awaitStock(STRICT, 7, 0, 0);
        shop.place(again).expect(201);
    }
}
