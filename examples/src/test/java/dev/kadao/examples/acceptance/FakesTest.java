package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.examples.cardshop.http.ShopServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fakes keep to the protocol themselves, and do see when somebody else does not. */
class FakesTest {
    private final FakeSupplier supplier = new FakeSupplier("a");
    private final FakeGateway gateway = new FakeGateway();

    /** The JDK reads its server's limits once a process: a fake that came first would keep the shop's out of it. */
    @BeforeAll
    static void let_the_shop_set_the_limits_of_this_process() throws IOException {
        ShopServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .close();
    }

    @AfterEach
    void close_the_fakes() {
        supplier.close();
        gateway.close();
    }

    @Test
    void an_order_is_carried_out_once_however_often_it_is_sent() {
        assertThat(order("r1", "13800138000").text("/state")).isEqualTo("success");
        assertThat(order("r1", "13800138000").text("/proof")).isEqualTo("receipt-r1");
        assertThat(supplier.executions("13800138000")).isEqualTo(1);
        assertThat(supplier.requests("13800138000")).hasSize(2);
        assertThat(supplier.violations()).isEmpty();
    }

    @Test
    void two_references_are_two_executions() {
        order("r1", "13800138000");
        order("r2", "13800138000");
        assertThat(supplier.executions("13800138000")).isEqualTo(2);
        assertThat(supplier.references("13800138000")).containsExactly("r1", "r2");
    }

    @Test
    void a_lost_reply_is_done_and_can_be_asked_about() {
        supplier.when("13800138000", Behaviour.doneBut(Behaviour.Transport.DROP));
        assertThatThrownBy(() -> order("r1", "13800138000")).isInstanceOf(NoAnswerException.class);
        assertThat(supplier.executions("13800138000")).isEqualTo(1);
        assertThat(ask("r1").text("/state")).isEqualTo("success");
    }

    @Test
    void an_order_that_was_lost_is_unknown_and_the_next_one_is_not() {
        supplier.when("13800138000", Behaviour.lost(Behaviour.Transport.ERROR), Behaviour.succeed());
        order("r1", "13800138000").expect(503);
        ask("r1").expect(404);
        assertThat(order("r2", "13800138000").text("/state")).isEqualTo("success");
        assertThat(supplier.executions("13800138000")).isEqualTo(1);
    }

    @Test
    void a_caller_that_is_held_back_gives_up() {
        supplier.when("13800138000", Behaviour.doneBut(Behaviour.Transport.HOLD));
        HttpRequest request = signedOrder("r1", "13800138000", Duration.ofSeconds(2));
        assertThatThrownBy(() -> client(supplier.uri()).send(request)).isInstanceOf(NoAnswerException.class);
        // The caller may give up before the fake has got round to it.
        Waiting.until("the order is carried out")
                .untilAsserted(
                        () -> assertThat(supplier.executions("13800138000")).isEqualTo(1));
    }

    @Test
    void a_closed_port_refuses_connections_until_it_is_opened_again() {
        supplier.closePort();
        assertThatThrownBy(() -> order("r1", "13800138000")).hasCauseInstanceOf(ConnectException.class);
        supplier.reopenPort();
        order("r1", "13800138000").expect(200);
    }

    @Test
    void an_order_in_process_ends_by_a_notice() {
        supplier.when("13800138000", Behaviour.process());
        assertThat(order("r1", "13800138000").text("/state")).isEqualTo("processing");
        assertThat(supplier.executions("13800138000")).isZero();
        supplier.complete("r1");
        JsonNode notice = Json.read(supplier.notice("r1"));
        assertThat(notice.path("reference").asText()).isEqualTo("r1");
        assertThat(notice.path("proof").asText()).isNotBlank();
        assertThat(supplier.executions("13800138000")).isEqualTo(1);
    }

    @Test
    void a_wrong_signature_or_an_old_one_is_seen() {
        String body = "{}";
        post(supplier.uri() + "/orders", body, SignedHeaders.of("wrong", body)).expect(401);
        Instant longAgo = Instant.now().minusSeconds(400);
        post(supplier.uri() + "/orders", body, SignedHeaders.of(supplier.secret(), longAgo, body.getBytes(UTF_8)))
                .expect(401);
        assertThat(supplier.violations()).hasSize(2);
    }

    @Test
    void one_reference_with_two_contents_is_seen() {
        order("r1", "13800138000");
        order("r1", "13800138001");
        assertThat(supplier.violations()).singleElement().asString().contains("r1");
    }

    @Test
    void a_refund_is_done_once_by_reference_and_never_beyond_what_came_in() {
        gateway.pay("cart_p1", "49.00", "CNY");
        assertThat(refund("cart_r1", "49.00").text("/status")).isEqualTo("refunded");
        assertThat(refund("cart_r1", "49.00").text("/status")).isEqualTo("refunded");
        assertThat(gateway.refunds("cart_p1")).hasSize(1);
        assertThat(gateway.violations()).isEmpty();
        refund("cart_r2", "0.01");
        assertThat(gateway.violations()).singleElement().asString().contains("cart_p1");
    }

    @Test
    void a_pending_refund_is_done_when_it_is_finished() {
        gateway.pay("cart_p1", "49.00", "CNY");
        gateway.whenRefunding("cart_p1", FakeGateway.RefundBehaviour.PEND);
        assertThat(refund("cart_r1", "49.00").text("/status")).isEqualTo("pending");
        gateway.finishRefunds("cart_p1");
        assertThat(gatewayGet("/refunds/cart_r1").text("/status")).isEqualTo("refunded");
    }

    @Test
    void a_payment_is_known_once_it_was_paid_and_is_then_too_late_to_close() {
        gatewayGet("/payments/cart_p1").expect(404);
        assertThat(gatewayPost("/payments/cart_p2/close", "").text("/status")).isEqualTo("closed");
        SandboxNotice notice = gateway.pay("cart_p1", "49.00", "CNY");
        Reply known = gatewayGet("/payments/cart_p1").expect(200);
        assertThat(known.text("/status")).isEqualTo("paid");
        assertThat(known.text("/tradeNumber")).isEqualTo(notice.tradeNumber());
        assertThat(gatewayPost("/payments/cart_p1/close", "").text("/status")).isEqualTo("paid");
        assertThat(gateway.wasClosed("cart_p1")).isFalse();
        assertThat(gateway.wasClosed("cart_p2")).isTrue();
    }

    @Test
    void a_signature_is_the_one_that_the_protocol_describes() {
        SignedHeaders signed = SignedHeaders.of("key", Instant.ofEpochSecond(1700000000), "{}".getBytes(UTF_8));
        assertThat(signed.timestamp()).isEqualTo("1700000000");
        assertThat(signed.signature())
                .isEqualTo("sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae");
        assertThat(signed.forged().fits("key", "{}".getBytes(UTF_8))).isFalse();
    }

    @Test
    void a_needle_is_found_in_every_encoding(@TempDir Path directory) throws Exception {
        for (var encoding : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.write(directory.resolve(encoding.name()), ("hay NEEDLE-卡 hay").getBytes(encoding));
        }
        assertThat(Needles.below(directory, List.of("NEEDLE-卡", "PIN")))
                .containsExactlyInAnyOrder("UTF-8: NEEDLE-卡", "UTF-16LE: NEEDLE-卡", "UTF-16BE: NEEDLE-卡");
    }

    private Reply order(String reference, String recipient) {
        return client(supplier.uri()).send(signedOrder(reference, recipient, Duration.ofSeconds(60)));
    }

    private HttpRequest signedOrder(String reference, String recipient, Duration limit) {
        ObjectNode body = Json.object()
                .put("reference", reference)
                .put("sku", "phone")
                .put("recipient", recipient)
                .put("quantity", 1)
                .put("amount", "99.50")
                .put("currency", "CNY");
        SignedHeaders headers = SignedHeaders.of(supplier.secret(), body.toString());
        return request(supplier.uri() + "/orders", headers)
                .timeout(limit)
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private Reply ask(String reference) {
        return get(supplier.uri() + "/orders/" + reference, supplier.secret());
    }

    private Reply refund(String reference, String amount) {
        ObjectNode body = Json.object()
                .put("reference", reference)
                .put("payment", "cart_p1")
                .put("amount", amount)
                .put("currency", "CNY");
        return gatewayPost("/refunds", body.toString());
    }

    private Reply gatewayPost(String path, String body) {
        return post(gateway.uri() + path, body, SignedHeaders.of(gateway.secret(), body));
    }

    private Reply gatewayGet(String path) {
        return get(gateway.uri() + path, gateway.secret());
    }

    private static Reply get(String uri, String secret) {
        return client(URI.create(uri))
                .send(request(uri, SignedHeaders.of(secret, "")).GET().build());
    }

    private static Reply post(String uri, String body, SignedHeaders headers) {
        return client(URI.create(uri))
                .send(request(uri, headers).POST(BodyPublishers.ofString(body)).build());
    }

    private static HttpRequest.Builder request(String uri, SignedHeaders headers) {
        return HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(60))
                .header(SignedHeaders.TIMESTAMP, headers.timestamp())
                .header(SignedHeaders.SIGNATURE, headers.signature());
    }

    private static ShopClient client(URI uri) {
        return new ShopClient(() -> uri, "", new Transcript());
    }
}
