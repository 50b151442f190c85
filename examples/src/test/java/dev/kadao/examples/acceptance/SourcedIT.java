package dev.kadao.examples.acceptance;

import static dev.kadao.examples.acceptance.Behaviour.Outcome.FAIL_ORDER;
import static dev.kadao.examples.acceptance.Behaviour.Outcome.PROCESS;
import static dev.kadao.examples.acceptance.Behaviour.Outcome.SELL_BLANK_KEYS;
import static dev.kadao.examples.acceptance.Behaviour.Outcome.SELL_KEYS;
import static dev.kadao.examples.acceptance.Behaviour.Outcome.SELL_OLD_KEYS;
import static dev.kadao.examples.acceptance.Behaviour.Outcome.SELL_TOO_FEW_KEYS;
import static dev.kadao.examples.acceptance.Behaviour.Outcome.SUCCEED;
import static dev.kadao.examples.acceptance.ShopConfig.Guarantee.QUERYABLE_FINAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kadao.examples.acceptance.Behaviour.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys that are bought from a supplier when they are ordered: sealed at once, the buyer's alone, never sold twice. */
@Acceptance
class SourcedIT {
    private static final String SKU = "game-30";

    @RegisterExtension
    static final ShopWorld WORLD = world();

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);
    private final String buyer = Cart.freshNumber() + "@example.com";

    private static ShopWorld world() {
        return ShopWorld.withKeys()
                .supplier("a", QUERYABLE_FINAL)
                .supplier("b", QUERYABLE_FINAL)
                .configured(config -> config.with("sku." + SKU + ".price", "CNY 30.00")
                        .with("sku." + SKU + ".kind", "sourced")
                        .with("sku." + SKU + ".suppliers", "a,b"));
    }

    private static FakeSupplier first() {
        return WORLD.line("a").supplier();
    }

    private Placed buy(int quantity, Behaviour... behaviours) {
        first().when(buyer, behaviours);
        Placed placed = WORLD.place(Cart.fresh().add(SKU, quantity, buyer));
        WORLD.pay(placed);
        return placed;
    }

    private List<String> revealed(Placed placed) {
        JsonNode keys =
                shop.reveal(placed.order(), placed.token()).expect(200).json().path("keys");
        List<String> texts = new ArrayList<>();
        keys.forEach(key -> texts.add(key.asText()));
        return texts;
    }

    private static List<String> sold(String reference, int quantity) {
        List<String> keys = new ArrayList<>();
        for (int number = 1; number <= quantity; number++) {
            keys.add("SOLD-" + reference + "-" + number);
        }
        return keys;
    }

    private String reference() {
        return first().references(buyer).get(0);
    }

    @AfterEach
    void nothing_is_wrong_in_the_whole_shop() {
        desk.assertAuditIsClean();
    }

    @Test
    void the_buyer_gets_the_keys_that_the_supplier_sold() {
        int before = desk.stock(SKU).path("sold").asInt();
        Placed placed = buy(2, Behaviour.of(SELL_KEYS));

        WORLD.awaitStage(placed.order(), "DELIVERED");

        assertThat(revealed(placed)).containsExactlyElementsOf(sold(reference(), 2));
        assertThat(desk.stock(SKU).path("sold").asInt()).isEqualTo(before + 2);
        assertThat(shop.reveal(placed.order(), "x".repeat(32))
                        .expectProblem(403)
                        .body())
                .doesNotContain("SOLD-");
    }

    @Test
    void an_answer_that_was_lost_is_asked_for_and_brings_the_same_keys() {
        Placed placed = buy(1, new Behaviour(SELL_KEYS, Transport.DROP));

        WORLD.awaitStage(placed.order(), "DELIVERED");

        assertThat(first().references(buyer)).hasSize(1);
        assertThat(revealed(placed)).containsExactlyElementsOf(sold(reference(), 1));
    }

    @Test
    void too_few_keys_are_no_delivery_and_those_that_come_later_are_one() {
        Placed placed = buy(3, Behaviour.of(SELL_TOO_FEW_KEYS));
        WORLD.awaitStage(placed.order(), "PARKED");
        desk.awaitOpenCase(placed.checkout(), "parked");
        shop.reveal(placed.order(), placed.token()).expectProblem(409);

        first().sell(reference());
        WORLD.tellOf(first(), reference()).expect(200);

        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(revealed(placed)).containsExactlyElementsOf(sold(reference(), 3));
        WORLD.tellOf(first(), reference()).expect(200);
        assertThat(revealed(placed)).hasSize(3);
    }

    @Test
    void blank_keys_and_a_receipt_without_keys_are_no_delivery() {
        Placed blank = buy(2, Behaviour.of(SELL_BLANK_KEYS));
        WORLD.awaitStage(blank.order(), "PARKED");
        Placed receipt = buy(2, Behaviour.of(SUCCEED));
        WORLD.awaitStage(receipt.order(), "PARKED");
        assertThat(desk.openCases(receipt.checkout())).containsExactly("parked");
    }

    @Test
    void keys_that_somebody_else_has_are_no_delivery() {
        Placed owner = buy(1, Behaviour.of(SELL_KEYS));
        WORLD.awaitStage(owner.order(), "DELIVERED");

        Placed second = buy(1, Behaviour.of(SELL_OLD_KEYS));

        WORLD.awaitStage(second.order(), "PARKED");
        assertThat(desk.openCases(second.checkout())).containsExactly("parked");
        assertThat(revealed(owner)).containsExactlyElementsOf(sold(reference(), 1));
    }

    @Test
    void after_a_definite_no_the_next_supplier_sells() {
        WORLD.line("b").supplier().when(buyer, Behaviour.of(SELL_KEYS));
        Placed placed = buy(1, Behaviour.of(FAIL_ORDER));

        WORLD.awaitStage(placed.order(), "DELIVERED");

        String reference = WORLD.line("b").supplier().references(buyer).get(0);
        assertThat(revealed(placed)).containsExactlyElementsOf(sold(reference, 1));
    }

    @Test
    void a_replacement_is_bought_from_the_next_supplier_and_only_it_is_shown() {
        FakeSupplier next = WORLD.line("b").supplier();
        next.when(buyer, Behaviour.of(PROCESS));
        Placed placed = buy(1, Behaviour.of(SELL_KEYS));
        WORLD.awaitStage(placed.order(), "DELIVERED");
        List<String> old = revealed(placed);

        replace(placed);
        WORLD.awaitStage(placed.order(), "DISPATCHING");
        Waiting.until("the replacement is ordered")
                .untilAsserted(() -> assertThat(next.references(buyer)).hasSize(1));
        // The supplier repeats what it said of the first dispatch: that is no replacement.
        WORLD.tellOf(first(), reference()).expect(200);
        assertThat(WORLD.stage(placed.order())).isEqualTo("DISPATCHING");
        String second = next.references(buyer).get(0);
        next.sell(second);
        WORLD.tellOf(next, second).expect(200);

        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(revealed(placed)).containsExactlyElementsOf(sold(second, 1)).doesNotContainAnyElementsOf(old);
    }

    private void replace(Placed placed) {
        String body = "{\"id\":\"act-1\",\"action\":\"replace\",\"version\":" + WORLD.version(placed.order())
                + ",\"reason\":\"bad key\",\"actor\":\"li\"}";
        shop.deskAction(placed.order(), body).expect(200);
        shop.deskAction(placed.order(), body).expect(200);
    }

    @Test
    void unseen_keys_can_be_refunded_and_are_shown_to_nobody() {
        int sold = desk.stock(SKU).path("sold").asInt();
        int voided = desk.stock(SKU).path("void").asInt();
        Placed placed = buy(1, Behaviour.of(SELL_KEYS));
        WORLD.awaitStage(placed.order(), "DELIVERED");

        shop.deskAction(
                        placed.order(),
                        "{\"id\":\"act-1\",\"action\":\"refund\",\"version\":" + WORLD.version(placed.order())
                                + ",\"reason\":\"not wanted\",\"actor\":\"li\"}")
                .expect(200);

        WORLD.awaitStage(placed.order(), "REFUNDED");
        shop.reveal(placed.order(), placed.token()).expectProblem(409);
        assertThat(desk.stock(SKU).path("sold").asInt()).isEqualTo(sold);
        assertThat(desk.stock(SKU).path("void").asInt()).isEqualTo(voided + 1);
        assertThat(WORLD.gateway().refunds(placed.payment())).hasSize(1);
    }
}
