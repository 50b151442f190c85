package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notices of the sandbox gateway: genuine, repeated, forged, old, unreadable, early and for nothing we know. */
@Acceptance
class NoticesIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys();

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);
    private final String secret = WORLD.gateway().secret();
    private String sku = "";
    private Placed placed = new Placed("", List.of(), "", "", "", "");

    @BeforeEach
    void place_a_cart_for_one_key_of_two() {
        sku = WORLD.sku();
        WORLD.stock(sku, 2);
        placed = WORLD.placeKeys(sku, 1);
    }

    @Test
    void a_paid_notice_delivers() {
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(desk.payments("settled", placed.payment()))
                .singleElement()
                .satisfies(
                        payment -> assertThat(payment.path("received").asText()).isEqualTo("49.00"));
    }

    @Test
    void a_repeated_notice_changes_nothing() throws Exception {
        SandboxNotice notice = WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        Reply before = shop.order(placed.order(), placed.token()).expect(200);
        WORLD.acknowledged(notice);
        Together.times(6, i -> () -> WORLD.tell(notice))
                .forEach(reply -> assertThat(reply.expect(200).body()).isEqualTo("ok"));
        assertThat(shop.order(placed.order(), placed.token()).json()).isEqualTo(before.json());
        desk.assertStock(sku, 1, 1);
        assertThat(WORLD.gateway().refunds(placed.payment())).isEmpty();
    }

    @Test
    void one_notice_told_many_times_at_once_sells_one_key() throws Exception {
        SandboxNotice notice = WORLD.gateway().pay(placed.payment(), placed.amount(), placed.currency());
        Together.times(8, i -> () -> WORLD.tell(notice))
                .forEach(reply -> assertThat(reply.expect(200).body()).isEqualTo("ok"));
        WORLD.awaitStage(placed.order(), "DELIVERED");
        desk.assertStock(sku, 1, 1);
    }

    @Test
    void a_forged_notice_is_refused_without_a_reason_and_changes_nothing() {
        String body = paidInFull().toString();
        int before = WORLD.version(placed.order());
        Reply forged = refused(body, SignedHeaders.of(secret, body).forged());
        Reply wrongSecret = refused(body, SignedHeaders.of("not the secret", body));
        Reply changed = refused(body, SignedHeaders.of(secret, body.replace("49.00", "48.00")));
        Reply old = refused(body, SignedHeaders.of(secret, Instant.now().minusSeconds(310), body.getBytes(UTF_8)));
        assertThat(List.of(wrongSecret.body(), changed.body(), old.body())).containsOnly(forged.body());
        assertThat(WORLD.stage(placed.order())).isEqualTo("AWAITING_PAYMENT");
        assertThat(WORLD.version(placed.order())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {-400, -302, 360, 400})
    void a_notice_with_a_time_that_is_off_is_refused(int seconds) {
        String body = paidInFull().toString();
        refused(body, SignedHeaders.of(secret, Instant.now().plusSeconds(seconds), body.getBytes(UTF_8)));
        assertThat(WORLD.stage(placed.order())).isEqualTo("AWAITING_PAYMENT");
    }

    @ParameterizedTest
    @ValueSource(ints = {-240, 290})
    void a_notice_with_a_time_that_is_near_enough_is_taken(int seconds) {
        String body = paidInFull().toString();
        SignedHeaders headers = SignedHeaders.of(secret, Instant.now().plusSeconds(seconds), body.getBytes(UTF_8));
        shop.notice("sandbox", body, headers).expect(200);
        WORLD.awaitStage(placed.order(), "DELIVERED");
    }

    @Test
    void a_notice_without_a_signature_is_refused() {
        String body = paidInFull().toString();
        shop.post("/notify/sandbox", ShopClient.NO_TOKEN, body).expect(401);
        refused(
                body,
                new SignedHeaders("yesterday", SignedHeaders.of(secret, body).signature()));
        refused(body, new SignedHeaders(SignedHeaders.of(secret, body).timestamp(), "sha256="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1e2\"", "\" 49.00 \"", "\"49.001\"", "49.00", "[\"49.00\"]", "\"\"", "\"-49.00\""})
    void a_malformed_amount_is_refused_and_leaves_the_notice_id_usable(String amount) {
        String good = paidInFull().toString();
        refuses(good.replace("\"49.00\"", amount));
        tells(good);
        WORLD.awaitStage(placed.order(), "DELIVERED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"paid\"", "7"})
    void a_notice_that_cannot_be_read_is_refused(String body) {
        refuses(body);
    }

    @Test
    void a_notice_with_a_doubled_member_or_trailing_text_is_refused() {
        String good = paidInFull().toString();
        refuses(good + " and more");
        refuses(good.replace("{", "{\"amount\":\"1.00\","));
        refuses(good.replace("\"paid\"", "\"sold\""));
        assertThat(WORLD.stage(placed.order())).isEqualTo("AWAITING_PAYMENT");
        tells(good);
        WORLD.awaitStage(placed.order(), "DELIVERED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alipay", "wechatpay", "nonsense", "SANDBOX"})
    void a_notice_of_a_gateway_that_is_not_configured_is_not_found(String gateway) {
        String body = paidInFull().toString();
        shop.notice(gateway, body, SignedHeaders.of(secret, body)).expect(404);
    }

    @Test
    void a_genuine_notice_for_an_unknown_payment_is_acknowledged_and_shown_at_the_desk() {
        String payment = placed.checkout() + "x_p1";
        SandboxNotice notice = WORLD.payAs(payment, "12.34", "CNY");
        WORLD.acknowledged(notice);
        Waiting.until("the orphan is listed")
                .untilAsserted(() -> assertThat(desk.payments("orphan", payment))
                        .singleElement()
                        .satisfies(orphan ->
                                assertThat(orphan.path("tradeNumber").asText()).isEqualTo(notice.tradeNumber())));
        desk.assertAuditIsClean();
    }

    @Test
    void a_notice_that_comes_before_its_checkout_settles_it() {
        Cart cart = Cart.fresh().keys(sku, 1);
        WORLD.payAs(cart.id() + "_p1", "49.00", "CNY");
        Placed late = WORLD.place(cart);
        WORLD.awaitStage(late.order(), "DELIVERED");
    }

    @Test
    void a_pending_notice_uses_nothing_up() {
        SandboxNotice paid = WORLD.gateway().pay(placed.payment(), placed.amount(), placed.currency());
        tells(paid.withStatus("pending").json().toString());
        WORLD.acknowledged(paid);
        WORLD.awaitStage(placed.order(), "DELIVERED");
    }

    @Test
    void a_payment_that_nobody_tells_of_is_asked_about() {
        WORLD.gateway().pay(placed.payment(), placed.amount(), placed.currency());
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(WORLD.gateway().timesAsked(placed.payment())).isPositive();
    }

    private ObjectNode paidInFull() {
        return SandboxNotice.of(placed.payment(), "trade-" + placed.checkout(), "paid", "49.00", "CNY")
                .json();
    }

    private void tells(String body) {
        Reply reply =
                shop.notice("sandbox", body, SignedHeaders.of(secret, body)).expect(200);
        assertThat(reply.body()).isEqualTo("ok");
    }

    private void refuses(String body) {
        Reply reply =
                shop.notice("sandbox", body, SignedHeaders.of(secret, body)).expect(400);
        assertThat(reply.body()).isNotEqualToIgnoringCase("ok");
    }

    private Reply refused(String body, SignedHeaders headers) {
        Reply reply = shop.notice("sandbox", body, headers).expect(401);
        assertThat(reply.body()).isNotEqualToIgnoringCase("ok");
        return reply;
    }

    @Test
    void the_order_shows_its_payment_as_the_desk_does() {
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        JsonNode payment = shop.order(placed.order(), placed.token()).json().at("/payments/0");
        assertThat(payment.path("id").asText()).isEqualTo(placed.payment());
        assertThat(payment.path("gateway").asText()).isEqualTo("sandbox");
        assertThat(payment.path("status").asText()).isEqualTo("settled");
    }
}
