package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the shop's settings say of buyers who wait and of the people who look after them: compensation, alerts, two persons. */
@Acceptance
class CareIT {
    private static final String SECRET = "the-secret-of-the-shops-robot";
    private static final String TOKEN = "t0ken-of-the-robot";
    private static final String WATCHED = "card-60";
    private static final Robot ROBOT = new Robot();

    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys()
            .configured(config -> config.with("sla.late", "PT1S")
                    .with("compensation.refund-permille", "50")
                    .with("handling.second-person", "true")
                    .with("sku." + WATCHED + ".low-stock", "2")
                    .with("alerts.webhook.url", ROBOT.address())
                    .with("alerts.webhook.secret", SECRET)
                    .with("alerts.interval", "PT0.2S")
                    .with("alerts.forged-notices", "5"));

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);

    @AfterAll
    static void stop_the_robot() {
        ROBOT.close();
    }

    @Test
    void who_waited_too_long_gets_the_share_back_and_reads_of_it_where_the_order_is_tracked() {
        String sku = WORLD.sku();
        Placed placed = WORLD.placeKeys(sku, 1);
        WORLD.pay(placed);
        Waiting.until("it is late")
                .untilAsserted(() -> assertThat(
                                shop.diagnosis(placed.order(), placed.token()).text("/verdict"))
                        .isEqualTo("LATE"));
        WORLD.stock(sku, 1);
        WORLD.awaitStage(placed.order(), "DELIVERED");

        Waiting.until("the share is back")
                .untilAsserted(() ->
                        assertThat(compensation(placed).path("state").asText()).isEqualTo("granted"));
        assertThat(compensation(placed).path("kind").asText()).isEqualTo("refund-share");
        assertThat(compensation(placed).path("amount").asText()).isEqualTo("2.45");
        assertThat(WORLD.gateway().refunds(placed.payment()))
                .singleElement()
                .satisfies(given -> assertThat(given.amount()).isEqualTo("2.45"));
        assertThat(shop.diagnosis(placed.order(), placed.token()).text("/text")).contains("补偿已经给您");
        desk.assertAuditIsClean();
    }

    private JsonNode compensation(Placed placed) {
        return shop.order(placed.order(), placed.token()).expect(200).json().at("/compensations/0");
    }

    @Test
    void who_did_not_wait_gets_nothing_on_top() {
        Placed bought = WORLD.bought(WORLD.sku());
        assertThat(shop.order(bought.order(), bought.token()).json().path("compensations"))
                .isEmpty();
    }

    @Test
    void a_refund_needs_two_persons_and_the_desk_sees_what_waits_for_the_second_one() {
        Placed bought = WORLD.bought(WORLD.sku());
        ObjectNode refund = act("act-1", bought, "wang").put("action", "refund");

        Reply proposed = shop.deskAction(bought.order(), refund.toString()).expect(200);
        assertThat(proposed.text("/stage")).isEqualTo("DELIVERED");
        assertThat(proposed.text("/proposal/action")).isEqualTo("refund");
        assertThat(proposed.text("/proposal/actor")).isEqualTo("wang");
        assertThat(shop.order(bought.order(), bought.token()).json().has("proposal"))
                .isFalse();

        does("approve", bought, act("act-2", bought, " Wang ")).expectProblem(409, "wang");
        does("approve", bought, act("act-3", bought, "li")).expect(200);
        WORLD.awaitStage(bought.order(), "REFUNDED");
        desk.assertAuditIsClean();
    }

    @Test
    void what_the_second_person_declines_is_not_done() {
        Placed bought = WORLD.bought(WORLD.sku());
        ObjectNode refund = act("act-1", bought, "wang").put("action", "refund");
        shop.deskAction(bought.order(), refund.toString()).expect(200);

        Reply declined = does("decline", bought, act("act-2", bought, "li")).expect(200);

        assertThat(declined.json().path("proposal").isNull()).isTrue();
        does("approve", bought, act("act-3", bought, "li")).expectProblem(409);
        assertThat(WORLD.stage(bought.order())).isEqualTo("DELIVERED");
    }

    private Reply does(String what, Placed placed, ObjectNode act) {
        return shop.post("/api/desk/orders/" + placed.order() + "/" + what, WORLD.adminToken(), act.toString());
    }

    private static ObjectNode act(String id, Placed placed, String actor) {
        return Json.object()
                .put("id", id)
                .put("version", WORLD.version(placed.order()))
                .put("actor", actor)
                .put("reason", "The buyer asked.");
    }

    @Test
    void the_shops_robot_hears_of_few_keys_of_forged_notices_and_of_cases_signed_and_without_a_secret() {
        WORLD.stock(WATCHED, 1);
        ROBOT.awaitAlert("low-stock", WATCHED);

        for (int i = 0; i < 5; i++) {
            shop.notice("sandbox", "{}", SignedHeaders.of("not the secret", "{}"))
                    .expect(401);
        }
        ROBOT.awaitAlert("forged-notices", "sandbox");

        String sku = WORLD.sku();
        Placed held = WORLD.placeKeys(sku, 1);
        WORLD.payAs(held.payment(), "1.00", "CNY");
        WORLD.awaitStage(held.order(), "ON_HOLD");
        ROBOT.awaitAlert("case", held.checkout() + "_c1");

        assertThat(String.join("\n", ROBOT.bodies))
                .doesNotContain(SECRET, TOKEN, WORLD.gateway().secret());
        assertThat(WORLD.output()).doesNotContain(SECRET).doesNotContain(TOKEN);
    }

    /** A chat robot of the shop, which believes only what is signed. */
    private static final class Robot implements AutoCloseable {
        private final HttpServer server;
        private final List<String> bodies = new CopyOnWriteArrayList<>();

        Robot() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/robot", this::take);
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/robot?token=" + TOKEN;
        }

        private void take(HttpExchange exchange) throws IOException {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String timestamp = exchange.getRequestHeaders().getFirst(SignedHeaders.TIMESTAMP);
                String signature = exchange.getRequestHeaders().getFirst(SignedHeaders.SIGNATURE);
                boolean ours = new SignedHeaders(timestamp, signature).fits(SECRET, body);
                if (ours) {
                    bodies.add(new String(body, StandardCharsets.UTF_8));
                }
                exchange.sendResponseHeaders(ours ? 204 : 401, -1);
            }
        }

        void awaitAlert(String kind, String subject) {
            Waiting.until("the robot hears of " + kind + " about " + subject)
                    .until(() -> bodies.stream()
                            .map(Json::read)
                            .anyMatch(alert -> alert.path("kind").asText().equals(kind)
                                    && alert.path("subject").asText().equals(subject)));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
