package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Importing keys, waiting for them, and getting exactly one's own. */
@Acceptance
class KeysIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(1);

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);
    private final String sku = WORLD.sku();

    @Test
    void imported_keys_are_counted_as_free() {
        imports("A-1\nA-2\nA-3\n", 3, 0);
        desk.assertStock(sku, 3, 0);
    }

    @Test
    void a_byte_order_mark_windows_line_ends_spaces_and_blank_lines_are_no_part_of_a_key() {
        imports("\uFEFFB-1\r\n  B-2\t \r\n\r\n   \r\nB-3", 3, 0);
        assertThat(buy(3)).containsExactlyInAnyOrder("B-1", "B-2", "B-3");
    }

    @Test
    void duplicates_count_against_the_file_and_the_whole_stock_sold_keys_included() {
        imports("C-1\nC-2\nC-1\n", 2, 1);
        imports("C-2\nC-3\n", 1, 1);
        List<String> sold = buy(1);
        imports(sold.get(0) + "\n", 0, 1);
        desk.assertStock(sku, 2, 1);
    }

    @Test
    void the_same_key_may_be_stock_of_two_skus() {
        imports("D-1\n", 1, 0);
        Reply other = shop.importKeys(WORLD.sku(), "D-1\n").expect(200);
        assertThat(other.json().path("imported").asInt()).isEqualTo(1);
    }

    @Test
    void lines_that_cannot_be_keys_are_rejected_by_number_and_the_others_are_taken() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("E-1\n".getBytes(UTF_8));
        file.writeBytes(("E".repeat(513) + "\n").getBytes(UTF_8));
        file.writeBytes("\n".getBytes(UTF_8));
        file.writeBytes("E\u0007bell\n".getBytes(UTF_8));
        file.writeBytes(new byte[] {'E', (byte) 0xC3, '(', '\n'});
        file.writeBytes(("F".repeat(512) + "\n").getBytes(UTF_8));
        file.writeBytes("卡密-六\n".getBytes(UTF_8));
        JsonNode answer = shop.importKeys(sku, file.toByteArray()).expect(200).json();
        assertThat(answer.path("imported").asInt()).isEqualTo(3);
        assertThat(answer.path("duplicates").asInt()).isZero();
        assertThat(answer.path("rejected").toString()).isEqualTo("[2,4,5]");
        assertThat(buy(3)).containsExactlyInAnyOrder("E-1", "F".repeat(512), "卡密-六");
    }

    @Test
    void an_empty_file_imports_nothing() {
        imports("", 0, 0);
        imports("\uFEFF\r\n\n", 0, 0);
    }

    @Test
    void keys_are_imported_for_key_skus_only() {
        String topUp = WORLD.line(ShopConfig.Guarantee.IDEMPOTENT).sku();
        shop.importKeys("no-such-card", "G-1").expectProblem(404, "no-such-card");
        shop.importKeys(topUp, "G-1").expectProblem(409, topUp);
        shop.post("/api/desk/keys/" + sku, ShopClient.NO_TOKEN, "G-1").expect(401);
        shop.post("/api/desk/keys/" + sku, "wrong", "G-1").expect(401);
        desk.assertStock(sku, 0, 0);
    }

    @Test
    void stock_that_arrives_goes_to_the_order_that_was_paid_first() {
        Placed second = WORLD.placeKeys(sku, 1);
        Placed first = WORLD.placeKeys(sku, 1);
        pays(first);
        pays(second);
        WORLD.stock(sku, 1);
        WORLD.awaitStage(first.order(), "DELIVERED");
        assertThat(WORLD.stage(second.order())).isEqualTo("PAID");
        WORLD.stock(sku, 1);
        WORLD.awaitStage(second.order(), "DELIVERED");
    }

    private void pays(Placed placed) {
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "PAID");
    }

    @Test
    void an_order_gets_all_its_keys_or_none() {
        WORLD.stock(sku, 2);
        Placed three = WORLD.placeKeys(sku, 3);
        WORLD.pay(three);
        WORLD.awaitStage(three.order(), "PAID");
        desk.assertStock(sku, 2, 0);
        WORLD.stock(sku, 1);
        WORLD.awaitStage(three.order(), "DELIVERED");
        assertThat(revealed(three)).hasSize(3).doesNotHaveDuplicates();
        desk.assertStock(sku, 0, 3);
    }

    @Test
    void one_order_of_a_cart_is_delivered_while_the_other_waits() {
        String empty = WORLD.sku();
        WORLD.stock(sku, 1);
        Placed two = WORLD.place(Cart.fresh().keys(empty, 1).keys(sku, 1));
        WORLD.pay(two);
        WORLD.awaitStage(two.orders().get(1), "DELIVERED");
        assertThat(WORLD.stage(two.orders().get(0))).isEqualTo("PAID");
    }

    @Test
    void sixteen_buyers_of_the_last_ten_keys_get_ten_different_ones() throws Exception {
        List<String> stocked = WORLD.stock(sku, 10);
        List<Placed> carts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            carts.add(WORLD.placeKeys(sku, 1));
        }
        Together.times(16, i -> () -> WORLD.pay(carts.get(i)));
        Waiting.until("ten are delivered")
                .untilAsserted(() -> assertThat(delivered(carts)).hasSize(10));
        List<String> keys = delivered(carts).stream()
                .flatMap(each -> revealed(each).stream())
                .toList();
        assertThat(keys).containsExactlyInAnyOrderElementsOf(stocked);
        desk.assertStock(sku, 0, 10);
        WORLD.stock(sku, 6);
        Waiting.until("all are delivered")
                .untilAsserted(() -> assertThat(delivered(carts)).hasSize(16));
    }

    @Test
    void stock_that_arrives_while_the_shop_is_killed_still_wakes_who_waits() {
        Placed waiting = WORLD.placeKeys(sku, 1);
        pays(waiting);
        WORLD.stock(sku, 1);
        WORLD.kill();
        WORLD.startAgain();
        WORLD.awaitStage(waiting.order(), "DELIVERED");
    }

    @Test
    void a_large_file_is_imported_whole() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            keys.add(UUID.randomUUID() + "-" + i);
        }
        imports(String.join("\n", keys), 10_000, 0);
        imports(String.join("\n", keys), 0, 10_000);
        desk.assertStock(sku, 10_000, 0);
    }

    private void imports(String file, int imported, int duplicates) {
        JsonNode answer = shop.importKeys(sku, file).expect(200).json();
        assertThat(answer.path("imported").asInt()).isEqualTo(imported);
        assertThat(answer.path("duplicates").asInt()).isEqualTo(duplicates);
        assertThat(answer.path("rejected").isArray()).isTrue();
        assertThat(answer.path("rejected")).isEmpty();
    }

    private List<String> buy(int quantity) {
        Placed placed = WORLD.placeKeys(sku, quantity);
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        return revealed(placed);
    }

    private List<String> revealed(Placed placed) {
        List<String> keys = new ArrayList<>();
        Reply reply = shop.reveal(placed.order(), placed.token()).expect(200);
        reply.json().path("keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }

    private List<Placed> delivered(List<Placed> carts) {
        return carts.stream()
                .filter(each -> WORLD.stage(each.order()).equals("DELIVERED"))
                .toList();
    }
}
