package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What buyers say of completed orders: each once, told openly, and without a word of whose order it was. */
@Acceptance
class ReviewsIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys();

    private static final String STRANGER = "the-token-of-another-buyer";
    private static final String WORDS = "到账很快,谢谢 👍";

    private final ShopClient shop = WORLD.client();

    private Placed completed(String sku) {
        Placed placed = WORLD.bought(sku);
        shop.confirm(placed.order(), placed.token()).expect(200);
        return placed;
    }

    private Reply review(Placed placed, String token, String body) {
        return shop.post("/api/orders/" + placed.order() + "/review", token, body);
    }

    private static String saying(int stars, String text) {
        return Json.object().put("stars", stars).put("text", text).toString();
    }

    private JsonNode trust() {
        return shop.get("/api/trust", ShopClient.NO_TOKEN).expect(200).json();
    }

    private List<JsonNode> listed(String sku, int limit) {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = shop.get("/api/reviews?sku=" + sku + "&limit=" + limit + after, ShopClient.NO_TOKEN)
                    .expect(200)
                    .json();
            assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
            page.path("items").forEach(all::add);
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!after.isEmpty());
        return all;
    }

    @Test
    void a_completed_order_is_reviewed_once_by_its_buyer() {
        String sku = WORLD.sku();
        Placed placed = completed(sku);
        assertThat(shop.order(placed.order(), placed.token())
                        .json()
                        .path("reviewed")
                        .asBoolean())
                .isFalse();

        Reply first = review(placed, placed.token(), saying(5, WORDS)).expect(200);
        assertThat(first.json().path("reviewed").asBoolean()).isTrue();
        String version = first.text("/version");

        assertThat(review(placed, placed.token(), saying(5, WORDS)).expect(200).text("/version"))
                .isEqualTo(version);
        review(placed, placed.token(), saying(1, WORDS)).expectProblem(409, placed.order());
        review(placed, placed.token(), "{\"stars\":5}").expectProblem(409, placed.order());
        assertThat(listed(sku, 50)).hasSize(1);
        assertThat(listed(sku, 50).get(0).path("text").asText()).isEqualTo(WORDS);
    }

    @Test
    void only_the_buyer_of_a_completed_order_may_review_it() {
        String sku = WORLD.sku();
        Placed delivered = WORLD.bought(sku);
        review(delivered, delivered.token(), saying(5, WORDS)).expectProblem(409, "DELIVERED");
        shop.dispute(delivered.order(), delivered.token(), "It is not what I bought.")
                .expect(200);
        review(delivered, delivered.token(), saying(1, WORDS)).expectProblem(409, "DISPUTED");

        Placed placed = completed(sku);
        review(placed, ShopClient.NO_TOKEN, saying(1, WORDS)).expectProblem(401);
        review(placed, STRANGER, saying(1, WORDS)).expectProblem(403);
        review(placed, WORLD.adminToken(), saying(1, WORDS)).expectProblem(403);
        shop.post("/api/orders/nobody.1/review", placed.token(), saying(5, WORDS))
                .expectProblem(404);
        shop.post("/api/orders/" + placed.checkout() + ".2/review", placed.token(), saying(5, WORDS))
                .expectProblem(404);
        assertThat(listed(sku, 50)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"stars\":0}",
                "{\"stars\":6}",
                "{\"stars\":\"5\"}",
                "{\"stars\":4.5}",
                "{\"stars\":5,\"text\":\"   \"}",
                "{\"stars\":5,\"text\":7}",
                "{\"stars\":5,\"text\":\"a\\u0000b\"}",
                "{\"stars\":5,\"text\":\"turned \\u202e round\"}",
                "not json"
            })
    void what_is_no_review_is_refused(String body) {
        Placed placed = completed(WORLD.sku());

        review(placed, placed.token(), body).expectProblem(400);
        assertThat(shop.order(placed.order(), placed.token())
                        .json()
                        .path("reviewed")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void a_text_may_have_two_thousand_characters_and_must_not_name_the_recipient() {
        Placed placed = completed(WORLD.sku());

        review(placed, placed.token(), saying(5, "好".repeat(2001))).expectProblem(400);
        review(placed, placed.token(), saying(5, "mine is " + placed.checkout() + "@example.com"))
                .expectProblem(400, "leave that out");
        review(placed, placed.token(), saying(5, "好".repeat(2000))).expect(200);
    }

    @Test
    void anybody_sees_the_stars_and_the_words_and_not_whose_they_are() {
        String sku = WORLD.sku();
        List<Placed> placed = List.of(completed(sku), completed(sku), completed(sku));
        for (int i = 0; i < 3; i++) {
            review(placed.get(i), placed.get(i).token(), saying(i + 2, "review " + i))
                    .expect(200);
        }

        JsonNode trust = trust();
        JsonNode rating = null;
        for (JsonNode each : trust.path("skus")) {
            rating = each.path("sku").asText().equals(sku) ? each.path("rating") : rating;
        }
        assertThat(rating).isNotNull();
        assertThat(rating.path("count").asInt()).isEqualTo(3);
        assertThat(rating.path("average").asDouble()).isEqualTo(3.0);
        assertThat(rating.path("byStars").toString()).isEqualTo("[0,1,1,1,0]");
        assertThat(trust.path("reviews").path("count").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(trust.path("reviews").path("items").findValues("stars")).hasSizeGreaterThanOrEqualTo(3);

        List<JsonNode> whole = listed(sku, 50);
        assertThat(whole)
                .extracting(review -> review.path("text").asText())
                .containsExactlyInAnyOrder("review 2", "review 1", "review 0");
        assertThat(listed(sku, 1)).isEqualTo(whole);
        String open = trust.path("reviews") + whole.toString();
        for (Placed each : placed) {
            assertThat(open).doesNotContain(each.checkout()).doesNotContain("@example.com");
        }
        shop.get("/api/reviews?after=nonsense", ShopClient.NO_TOKEN).expectProblem(400);
        shop.get("/api/reviews?limit=0", ShopClient.NO_TOKEN).expectProblem(400);
        shop.get("/api/desk/reviews", ShopClient.NO_TOKEN).expectProblem(401);
        assertThat(shop.desk("reviews?sku=" + sku + "&limit=1").expect(200).text("/items/0/order"))
                .isIn(placed.stream().map(Placed::order).toList());
    }
}
