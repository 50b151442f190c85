package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Too many unpaid orders of one address, too many checkouts of one buyer: exactly the limit gets through. */
@Acceptance
class RiskIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(1)
            .configured(config ->
                    config.with("risk.max-open-orders-per-ip", "20").with("risk.checkouts-per-minute-per-buyer", "10"));

    private final ShopClient shop = WORLD.client();

    /** A cart of one key, of a buyer who is known by the account. */
    private static Cart cart(String account) {
        return Cart.fresh().keys("card-1", 1).withAccount(account);
    }

    private Reply place(Cart cart, String ip) {
        return shop.place(cart.withIp(ip));
    }

    @Test
    void of_thirty_carts_at_once_from_one_address_twenty_are_placed_and_ten_refused() throws Exception {
        String ip = "203.0.113.20";
        List<Cart> carts = java.util.stream.IntStream.range(0, 30)
                .mapToObj(i -> cart("crowd" + i))
                .toList();
        List<Reply> replies = Together.times(30, i -> () -> place(carts.get(i), ip));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(20);
        assertThat(replies)
                .filteredOn(reply -> reply.status() == 429)
                .hasSize(10)
                .allSatisfy(reply -> {
                    assertThat(reply.expectProblem(429).text("/detail")).doesNotContain("20", "203.0.113", "address");
                });
        int placed = replies.indexOf(replies.stream()
                .filter(reply -> reply.status() == 201)
                .findFirst()
                .orElseThrow());
        int refused = replies.indexOf(replies.stream()
                .filter(reply -> reply.status() == 429)
                .findFirst()
                .orElseThrow());
        assertThat(place(carts.get(placed), ip).expect(200).text("/checkout"))
                .as("placing again at the limit")
                .isEqualTo(carts.get(placed).id());
        place(cart("elsewhere"), "203.0.113.21").expect(201);

        WORLD.pay(Placed.read(place(carts.get(placed), ip).json()));

        Waiting.until("a paid order gives its place back")
                .until(() -> place(carts.get(refused), ip).status() == 201);
    }

    @Test
    void a_forged_forwarded_header_gives_nobody_another_address() {
        for (int i = 0; i < 20; i++) {
            forwarded(cart("liar" + i), "198.51.100." + i).expect(201);
        }
        assertThat(forwarded(cart("liar20"), "198.51.100.20").status())
                .as("all of them came over one connection's address")
                .isEqualTo(429);
    }

    /** The shop is not told where the buyer is: it takes the address of the connection. */
    private Reply forwarded(Cart cart, String claimed) {
        ObjectNode body = cart.json();
        ((ObjectNode) body.get("buyer")).remove("ip");
        return shop.send(shop.to("/api/checkouts", ShopClient.NO_TOKEN)
                .header("X-Forwarded-For", claimed)
                .header("Forwarded", "for=" + claimed)
                .header("X-Real-IP", claimed)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    @Test
    void a_buyer_places_ten_checkouts_a_minute_from_wherever() throws Exception {
        List<Reply> replies = Together.times(15, i -> () -> place(cart("busy-buyer"), "198.51.100." + i));
        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(10);
        assertThat(replies).filteredOn(reply -> reply.status() == 429).hasSize(5);
    }
}
