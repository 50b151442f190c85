package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What buyers ask and do: look, reveal, confirm, complain, dispute; and what a stranger may not. */
@Acceptance
class BuyerCallsIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys();

    private static final String STRANGER = "the-token-of-another-buyer";
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);

    @Test
    void an_order_shows_its_stage_to_everyone_and_its_recipient_to_its_buyer() {
        Cart cart = Cart.fresh().keys("card-30", 2);
        Placed placed = WORLD.place(cart);
        JsonNode open =
                shop.order(placed.order(), ShopClient.NO_TOKEN).expect(200).json();
        assertThat(open.path("id").asText()).isEqualTo(placed.order());
        assertThat(open.path("checkout").asText()).isEqualTo(cart.id());
        assertThat(open.path("version").isIntegralNumber()).isTrue();
        assertThat(open.path("sku").asText()).isEqualTo("card-30");
        assertThat(open.path("quantity").asInt()).isEqualTo(2);
        assertThat(open.path("stage").asText()).isEqualTo("AWAITING_PAYMENT");
        assertThat(Instant.parse(open.path("since").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(open.path("diagnosis").path("verdict").asText()).isEqualTo("NOT_PAID");
        assertThat(open.toString()).doesNotContain("@example.com").doesNotContain(placed.payment());
        JsonNode own = shop.order(placed.order(), placed.token()).expect(200).json();
        assertThat(own.path("recipient").asText()).isEqualTo(cart.id() + "@example.com");
        assertThat(own.at("/payments/0/id").asText()).isEqualTo(placed.payment());
        assertThat(shop.orderAsDesk(placed.order()).expect(200).text("/recipient"))
                .isEqualTo(cart.id() + "@example.com");
    }

    @Test
    void a_wrong_token_is_forbidden_and_an_unknown_order_is_not_found() {
        Placed placed = WORLD.bought(WORLD.sku());
        shop.order(placed.order(), STRANGER).expectProblem(403);
        for (String token : List.of(ShopClient.NO_TOKEN, STRANGER, placed.token(), WORLD.adminToken())) {
            shop.order("nobody.1", token).expectProblem(404);
            shop.order(placed.checkout() + ".2", token).expectProblem(404);
            shop.diagnosis("nobody.1", token).expectProblem(404);
            shop.reveal("nobody.1", token).expectProblem(404);
            shop.confirm("nobody.1", token).expectProblem(404);
        }
    }

    @Test
    void every_act_of_a_buyer_needs_the_buyers_token() {
        Placed placed = WORLD.bought(WORLD.sku());
        for (String act : List.of("reveal", "confirm", "complain", "dispute")) {
            String path = "/api/orders/" + placed.order() + "/" + act;
            shop.post(path, ShopClient.NO_TOKEN, "{\"reason\":\"Why?\"}").expectProblem(401);
            shop.post(path, STRANGER, "{\"reason\":\"Why?\"}").expectProblem(403);
        }
        assertThat(WORLD.stage(placed.order())).isEqualTo("DELIVERED");
    }

    @Test
    void keys_are_revealed_as_often_as_the_buyer_wants_from_delivery_on() {
        String sku = WORLD.sku();
        List<String> stocked = WORLD.stock(sku, 2);
        Placed placed = WORLD.placeKeys(sku, 2);
        shop.reveal(placed.order(), placed.token()).expectProblem(409, placed.order());
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        List<String> keys = revealed(placed);
        assertThat(keys).containsExactlyInAnyOrderElementsOf(stocked);
        assertThat(revealed(placed)).isEqualTo(keys);
        shop.confirm(placed.order(), placed.token()).expect(200);
        assertThat(revealed(placed)).isEqualTo(keys);
    }

    @Test
    void in_a_dispute_only_keys_that_were_shown_before_are_shown() {
        Placed seen = WORLD.bought(WORLD.sku());
        List<String> keys = revealed(seen);
        disputes(seen);
        assertThat(revealed(seen)).isEqualTo(keys);
        Placed unseen = WORLD.bought(WORLD.sku());
        disputes(unseen);
        shop.reveal(unseen.order(), unseen.token()).expectProblem(409, unseen.order());
    }

    private void disputes(Placed placed) {
        Reply reply = shop.dispute(placed.order(), placed.token(), "It is not what I bought.");
        assertThat(reply.expect(200).text("/stage")).isEqualTo("DISPUTED");
    }

    @Test
    void a_confirmed_order_is_completed_once() {
        Placed placed = WORLD.bought(WORLD.sku());
        Reply first = shop.confirm(placed.order(), placed.token()).expect(200);
        assertThat(first.text("/stage")).isEqualTo("COMPLETED");
        Reply again = shop.confirm(placed.order(), placed.token()).expect(200);
        assertThat(again.text("/version")).isEqualTo(first.text("/version"));
        assertThat(verdict(placed)).isEqualTo("COMPLETED");
    }

    @Test
    void an_order_that_is_not_delivered_can_be_neither_confirmed_nor_disputed_nor_complained_of() {
        Placed placed = WORLD.placeKeys("card-30", 1);
        shop.confirm(placed.order(), placed.token()).expectProblem(409, "AWAITING_PAYMENT");
        shop.dispute(placed.order(), placed.token(), "Why?").expectProblem(409, "AWAITING_PAYMENT");
        shop.complain(placed.order(), placed.token()).expectProblem(409, "AWAITING_PAYMENT");
    }

    @Test
    void a_dispute_opens_one_case_however_often_it_is_repeated() {
        Placed placed = WORLD.bought(WORLD.sku());
        disputes(placed);
        int version = WORLD.version(placed.order());
        disputes(placed);
        assertThat(WORLD.version(placed.order())).isEqualTo(version);
        assertThat(desk.openCases(placed.checkout())).containsExactly("dispute");
        assertThat(verdict(placed)).isEqualTo("WITH_PERSON");
    }

    @Test
    void a_dispute_after_completion_opens_a_case_and_leaves_the_stage() {
        Placed placed = WORLD.bought(WORLD.sku());
        shop.confirm(placed.order(), placed.token()).expect(200);
        Reply late = shop.dispute(placed.order(), placed.token(), "It stopped working.");
        assertThat(late.expect(200).text("/stage")).isEqualTo("COMPLETED");
        desk.awaitOpenCase(placed.checkout(), "dispute");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\":\"\"}", "{\"reason\":7}", "{\"reason\":null}", "", "{", "[]"})
    void a_dispute_without_a_reason_is_refused(String body) {
        Placed placed = delivered();
        shop.post("/api/orders/" + placed.order() + "/dispute", placed.token(), body)
                .expectProblem(400);
        assertThat(WORLD.stage(placed.order())).isEqualTo("DELIVERED");
    }

    @Test
    void a_reason_has_at_most_two_thousand_characters() {
        Placed placed = delivered();
        shop.dispute(placed.order(), placed.token(), "x".repeat(2001)).expectProblem(400, "reason");
        Placed other = WORLD.bought(WORLD.sku());
        shop.dispute(other.order(), other.token(), "卡".repeat(2000)).expect(200);
    }

    private static Placed delivered = new Placed("", List.of(), "", "", "", "");

    /** One delivered order that several tests look at and none changes. */
    private static Placed delivered() {
        if (delivered.orders().isEmpty()) {
            delivered = WORLD.bought(WORLD.sku());
        }
        return delivered;
    }

    @Test
    void a_complaint_answers_with_a_diagnosis_and_what_was_done() {
        Placed waiting = WORLD.placeKeys(WORLD.sku(), 1);
        WORLD.pay(waiting);
        WORLD.awaitStage(waiting.order(), "PAID");
        JsonNode answer =
                shop.complain(waiting.order(), waiting.token()).expect(200).json();
        assertThat(answer.at("/diagnosis/verdict").asText()).isIn("ON_TIME", "LATE");
        assertThat(answer.path("did").isArray()).isTrue();
        assertThat(answer.path("did"))
                .allMatch(did -> List.of("asked-gateway", "asked-supplier", "resent-message", "opened-case")
                        .contains(did.asText()));
        shop.complain(waiting.order(), waiting.token()).expect(200);
        assertThat(WORLD.stage(waiting.order())).isEqualTo("PAID");
    }

    @Test
    void a_diagnosis_says_whose_turn_it_is_and_what_comes_next() {
        Placed placed = WORLD.placeKeys("card-30", 1);
        JsonNode answer =
                shop.diagnosis(placed.order(), ShopClient.NO_TOKEN).expect(200).json();
        assertThat(answer.path("verdict").asText()).isEqualTo("NOT_PAID");
        assertThat(answer.path("stage").asText()).isEqualTo("AWAITING_PAYMENT");
        for (String member : List.of("since", "eta", "whoseTurn", "text", "nextStep")) {
            assertThat(answer.has(member)).as(member).isTrue();
        }
        assertThat(answer.path("text").asText()).isNotBlank();
        assertThat(verdict(delivered())).isEqualTo("DELIVERED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN | true",
                "en | false",
                "en-GB,en;q=0.9 | false",
                "fr, zh;q=0.5, en;q=0.8 | false",
                "fr | true",
                "en;q=0.2, zh-TW;q=0.9 | true"
            })
    void texts_come_in_the_language_that_was_asked_for(String languages, boolean chinese) {
        Reply reply = shop.getIn(languages, "/api/orders/" + delivered().order() + "/diagnosis");
        assertThat(CHINESE.matcher(reply.expect(200).text("/text")).find()).isEqualTo(chinese);
    }

    @Test
    void without_a_language_texts_are_chinese() {
        Reply reply = shop.diagnosis(delivered().order(), ShopClient.NO_TOKEN).expect(200);
        assertThat(reply.text("/text")).containsPattern(CHINESE);
    }

    @Test
    void a_timeline_tells_the_orders_way_in_order() {
        JsonNode timeline =
                shop.order(delivered().order(), delivered().token()).json().path("timeline");
        assertThat(timeline).hasSizeGreaterThanOrEqualTo(3);
        List<Instant> times = new ArrayList<>();
        timeline.forEach(entry -> {
            times.add(Instant.parse(entry.path("at").asText()));
            assertThat(entry.path("node").asText()).isNotBlank();
            assertThat(entry.path("text").asText()).isNotBlank();
        });
        assertThat(times).isSorted();
    }

    @Test
    void nobody_but_reveal_shows_a_key_not_even_to_the_desk() {
        String sku = WORLD.sku();
        String key = WORLD.stock(sku, 1).get(0);
        Placed placed = WORLD.placeKeys(sku, 1);
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(revealed(placed)).containsExactly(key);
        assertThat(shop.orderAsDesk(placed.order()).body()).doesNotContain(key);
        assertThat(shop.order(placed.order(), placed.token()).body()).doesNotContain(key);
    }

    @Test
    void the_desk_sees_when_and_from_where_keys_were_shown_and_nobody_else_does() {
        String sku = WORLD.sku();
        WORLD.stock(sku, 1);
        Placed placed = WORLD.placeKeys(sku, 1);
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        String path = "orders/" + placed.order() + "/reveals";
        assertThat(shop.desk(path).expect(200).json().path("items")).isEmpty();

        revealed(placed);
        int version = shop.orderAsDesk(placed.order()).json().path("version").asInt();
        revealed(placed);

        JsonNode items = shop.desk(path).expect(200).json().path("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("first").asBoolean()).isTrue();
        assertThat(items.get(0).path("origin").asText()).startsWith("127.0.0.1 Java-http-client");
        assertThat(shop.orderAsDesk(placed.order()).json().path("version").asInt())
                .isEqualTo(version);
        shop.get("/api/desk/" + path, placed.token()).expect(401);
        shop.desk("orders/nobody.1/reveals").expectProblem(404, "nobody.1");
        assertThat(shop.order(placed.order(), placed.token()).body()).doesNotContain("Java-http-client");
    }

    private String verdict(Placed placed) {
        return shop.diagnosis(placed.order(), placed.token()).expect(200).text("/verdict");
    }

    private List<String> revealed(Placed placed) {
        List<String> keys = new ArrayList<>();
        Reply reply = shop.reveal(placed.order(), placed.token()).expect(200);
        reply.json().path("keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
