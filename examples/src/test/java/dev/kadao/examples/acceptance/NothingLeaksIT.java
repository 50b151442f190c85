package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Marker keys and secrets go through everything a shop goes through; then all that it wrote and said is searched. */
@Acceptance
class NothingLeaksIT {
    @RegisterExtension
    static final ShopWorld WORLD = world();

    private static final List<String> MARKERS =
            IntStream.range(0, 40).mapToObj(i -> "MARKER-" + UUID.randomUUID()).toList();
    private static final List<String> TOKENS = new ArrayList<>();
    private static final List<String> SECRETS = new ArrayList<>();
    private static String checkout = "";

    private static ShopWorld world() {
        return ShopWorld.withSuppliers(1)
                .supplier("seller", ShopConfig.Guarantee.QUERYABLE_FINAL)
                .configured(config -> config.with("sku.sourced-30.price", "CNY 30.00")
                        .with("sku.sourced-30.kind", "sourced")
                        .with("sku.sourced-30.suppliers", "seller"));
    }

    @BeforeAll
    static void live_a_shops_life_with_a_kill_in_it() {
        String sku = WORLD.sku();
        ShopWorld.Line line = WORLD.line(ShopConfig.Guarantee.QUERYABLE_FINAL);
        SECRETS.addAll(List.of(
                WORLD.adminToken(), WORLD.gateway().secret(), line.supplier().secret()));
        importInEveryWay(sku);
        Placed revealed = buyAndReveal(sku);
        Placed unseen = buy(Cart.fresh().keys(sku, 1));
        Placed waiting = pay(Cart.fresh().keys(WORLD.sku(), 1));
        failInEveryWay(revealed, unseen, waiting, line);
        sellInEveryWay(WORLD.line("seller").supplier());
        checkout = revealed.checkout();
        WORLD.kill();
        WORLD.startAgain();
        keysOf(revealed);
        keysOf(buy(Cart.fresh().keys(sku, 2)));
        WORLD.stop();
    }

    @Test
    void no_log_holds_a_key() {
        assertThat(Needles.below(WORLD.logs(), MARKERS)).isEmpty();
    }

    @Test
    void no_log_holds_a_token_or_a_secret() {
        assertThat(Needles.below(WORLD.logs(), TOKENS)).isEmpty();
        assertThat(Needles.below(WORLD.logs(), SECRETS)).isEmpty();
    }

    @Test
    void no_database_file_holds_a_key() {
        assertThat(Needles.below(WORLD.data(), MARKERS)).isEmpty();
    }

    @Test
    void no_database_file_holds_a_token_or_a_secret() {
        assertThat(Needles.below(WORLD.data(), TOKENS)).isEmpty();
        assertThat(Needles.below(WORLD.data(), SECRETS)).isEmpty();
    }

    @Test
    void no_answer_but_the_reveals_holds_a_key() {
        List<Reply> replies = WORLD.transcript().replies();
        assertThat(replies).hasSizeGreaterThan(20);
        assertThat(replies)
                .allSatisfy(reply -> assertThat(MARKERS)
                        .as("keys in the answer to %s", reply.call())
                        .noneMatch(marker -> reply.body().contains(marker)));
    }

    @Test
    void the_search_does_find_what_is_stored_in_the_open() {
        assertThat(Needles.below(WORLD.data(), List.of(checkout)))
                .as("the database files that hold the id of a checkout")
                .isNotEmpty();
    }

    private static void importInEveryWay(String sku) {
        ShopClient client = WORLD.client();
        client.importKeys(sku, String.join("\n", MARKERS.subList(0, 20))).expect(200);
        client.importKeys(sku, String.join("\n", MARKERS.subList(0, 20))).expect(200);
        client.importKeys(sku, MARKERS.get(20) + "x".repeat(600) + "\n" + MARKERS.get(21) + "\u0001")
                .expect(200);
        client.importKeys("no-such-sku", MARKERS.get(22)).expectProblem(404);
        client.post("/api/desk/keys/" + sku, "wrong-admin-token", MARKERS.get(23))
                .expect(401);
        client.post("/api/checkouts", ShopClient.NO_TOKEN, "{\"id\": " + MARKERS.get(24))
                .expect(400);
    }

    private static Placed pay(Cart cart) {
        TOKENS.add(cart.pickupToken());
        Placed placed = WORLD.place(cart);
        WORLD.pay(placed);
        return placed;
    }

    private static Placed buy(Cart cart) {
        Placed placed = pay(cart);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        return placed;
    }

    private static Placed buyAndReveal(String sku) {
        Placed placed = buy(Cart.fresh().keys(sku, 3));
        keysOf(placed);
        return placed;
    }

    private static void keysOf(Placed placed) {
        Reply reply = WORLD.client().reveal(placed.order(), placed.token()).expect(200);
        assertThat(reply.json().path("keys"))
                .isNotEmpty()
                .allMatch(key -> MARKERS.stream().anyMatch(key.asText()::startsWith));
    }

    /** What a supplier sells: as an answer, as a notice, when asked, and where the order cannot have it. */
    private static void sellInEveryWay(FakeSupplier supplier) {
        supplier.marksKeys(MARKERS.get(30));
        keysOf(bySupplier(supplier, "DELIVERED", Behaviour.of(Behaviour.Outcome.SELL_KEYS)));
        keysOf(bySupplier(supplier, "DELIVERED", new Behaviour(Behaviour.Outcome.SELL_KEYS, Behaviour.Transport.DROP)));
        Placed second = bySupplier(supplier, "PARKED", Behaviour.of(Behaviour.Outcome.SELL_OLD_KEYS));
        Placed fewer = bySupplier(supplier, "PARKED", Behaviour.of(Behaviour.Outcome.SELL_TOO_FEW_KEYS));
        String reference = fewer.order().replace('.', '_') + "_1";
        supplier.sell(reference);
        WORLD.tellOf(supplier, reference).expect(200);
        WORLD.awaitStage(fewer.order(), "DELIVERED");
        keysOf(fewer);
        WORLD.client().orderAsDesk(second.order()).expect(200);
        WORLD.client().desk("cases").expect(200);
    }

    private static Placed bySupplier(FakeSupplier supplier, String stage, Behaviour behaviour) {
        String buyer = Cart.freshNumber() + "@example.com";
        supplier.when(buyer, behaviour);
        Placed placed = pay(Cart.fresh().add("sourced-30", 2, buyer));
        WORLD.awaitStage(placed.order(), stage);
        return placed;
    }

    private static void failInEveryWay(Placed revealed, Placed unseen, Placed waiting, ShopWorld.Line line) {
        ShopClient client = WORLD.client();
        String number = Cart.freshNumber();
        line.supplier().when(number, Behaviour.of(Behaviour.Outcome.FAIL_ORDER));
        Placed failing = pay(Cart.fresh().topUp(line.sku(), number));
        WORLD.awaitStage(failing.order(), "REFUNDED");
        client.reveal(waiting.order(), waiting.token()).expectProblem(409);
        client.reveal(revealed.order(), waiting.token()).expectProblem(403);
        client.dispute(revealed.order(), revealed.token(), "It does not work.").expect(200);
        client.dispute(unseen.order(), unseen.token(), "I do not want it.").expect(200);
        client.reveal(unseen.order(), unseen.token()).expectProblem(409);
        client.complain(waiting.order(), waiting.token()).expect(200);
        client.orderAsDesk(revealed.order()).expect(200);
        client.order(revealed.order(), revealed.token()).expect(200);
        for (String list : List.of("orders", "cases", "payments", "stock", "audit")) {
            client.desk(list).expect(200);
        }
    }
}
