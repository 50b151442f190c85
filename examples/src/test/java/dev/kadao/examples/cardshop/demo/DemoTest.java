package dev.kadao.examples.cardshop.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.examples.cardshop.Configs;
import dev.kadao.examples.cardshop.config.Options;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.config.Startup;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.Router;
import dev.kadao.examples.cardshop.http.ShopServer;
import dev.kadao.examples.cardshop.sandbox.SandboxNotice;
import dev.kadao.examples.cardshop.sandbox.SignedMessage;
import dev.kadao.order.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's gateway and supplier over real sockets, before a shop that only listens. */
class DemoTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<SandboxNotice> good = new CopyOnWriteArrayList<>();
    private final List<String> supplied = new CopyOnWriteArrayList<>();
    private final List<String> forged = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T08:30:00Z"));
    private final InstantSource clock = now::get;

    @TempDir
    private Path temp;

    private ShopServer server;
    private URI address;
    private ShopConfig config;
    private Demo demo;

    @BeforeEach
    void start() throws Exception {
        server = ShopServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = URI.create("http://127.0.0.1:" + server.port());
        Options options = new Options(0, "127.0.0.1", temp, Optional.empty(), Optional.empty(), Optional.empty());
        config = ((Startup.Ready) Demo.settings(options, address)).config();
        demo = Demo.open(config, Configs.h2(temp), address, clock);
        Router router = new Router()
                .add("POST", "/notify/sandbox", this::listen)
                .add("POST", "/notify/supplier/demo", this::listenToSupplier);
        demo.addRoutes(router);
        server.start(router);
        demo.start();
    }

    @AfterEach
    void stop() {
        demo.close();
        server.close();
    }

    private Response listen(Request request) {
        SignedMessage message = SignedMessage.of(request);
        if (!message.isSignedWith(config.sandbox().orElseThrow().secret(), clock.instant())) {
            forged.add(new String(message.body(), StandardCharsets.UTF_8));
            return Response.text(401, "no");
        }
        good.add(SandboxNotice.read(message.body()));
        return Response.text(200, "ok");
    }

    private Response listenToSupplier(Request request) {
        SignedMessage message = SignedMessage.of(request);
        assertThat(message.isSignedWith(supplierSecret(), clock.instant())).isTrue();
        supplied.add(new String(message.body(), StandardCharsets.UTF_8));
        return Response.text(200, "ok");
    }

    @Test
    void paying_sends_a_signed_notice_and_is_known_when_asked() throws Exception {
        assertThat(pay("c_p1", "notify").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(60)).until(() -> good.size() == 1);
        assertThat(good.get(0).payment()).isEqualTo("c_p1");
        assertThat(good.get(0).amount().orElseThrow().decimal()).isEqualTo("49.00");
        assertThat(ask("GET", "/demo/gateway/payments/c_p1", "").get("status").textValue())
                .isEqualTo("paid");
        assertThat(pay("c_p1", "notify").statusCode()).isEqualTo(409);
    }

    @Test
    void the_same_notice_comes_three_times_when_it_is_told_to() throws Exception {
        pay("c_p1", "repeat");
        await().atMost(Duration.ofSeconds(60)).until(() -> good.size() == 3);
        assertThat(good.stream().distinct()).hasSize(1);
    }

    @Test
    void a_dropped_notice_is_found_by_asking_only_and_a_delayed_one_comes_later() throws Exception {
        pay("dropped", "drop");
        pay("delayed", "delay");
        pay("usual", "notify");
        await().atMost(Duration.ofSeconds(60)).until(() -> !good.isEmpty());
        assertThat(good).extracting(SandboxNotice::payment).containsExactly("usual");
        assertThat(ask("GET", "/demo/gateway/payments/dropped", "")
                        .get("status")
                        .textValue())
                .isEqualTo("paid");
        now.set(now.get().plusSeconds(21));
        await().atMost(Duration.ofSeconds(60)).until(() -> good.size() == 2);
        assertThat(good).extracting(SandboxNotice::payment).containsExactly("usual", "delayed");
    }

    @Test
    void a_forged_notice_moves_no_money_and_carries_no_good_signature() throws Exception {
        pay("c_p1", "forge");
        await().atMost(Duration.ofSeconds(60)).until(() -> forged.size() == 1);
        assertThat(good).isEmpty();
        assertThat(asked("GET", "/demo/gateway/payments/c_p1", "").statusCode()).isEqualTo(404);
    }

    @Test
    void short_and_over_differ_by_one_unit() throws Exception {
        pay("short", "short");
        pay("over", "over");
        await().atMost(Duration.ofSeconds(60)).until(() -> good.size() == 2);
        assertThat(good)
                .extracting(notice -> notice.amount().orElseThrow().decimal())
                .containsExactly("48.99", "49.01");
    }

    @Test
    void a_closed_payment_cannot_be_paid_and_a_paid_one_cannot_be_closed() throws Exception {
        assertThat(ask("POST", "/demo/gateway/payments/a/close", "")
                        .get("status")
                        .textValue())
                .isEqualTo("closed");
        assertThat(pay("a", "notify").statusCode()).isEqualTo(409);
        pay("b", "drop");
        assertThat(ask("POST", "/demo/gateway/payments/b/close", "")
                        .get("status")
                        .textValue())
                .isEqualTo("paid");
    }

    @Test
    void a_refund_is_done_once_for_each_reference() throws Exception {
        pay("c_p1", "drop");
        String refund = "{\"reference\":\"c_r1\",\"payment\":\"c_p1\",\"amount\":\"49.00\",\"currency\":\"CNY\"}";
        assertThat(asked("GET", "/demo/gateway/refunds/c_r1", "").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/demo/gateway/refunds", refund).get("status").textValue())
                .isEqualTo("refunded");
        mode("{\"gateway\":\"declines-refunds\"}");
        assertThat(ask("POST", "/demo/gateway/refunds", refund).get("status").textValue())
                .isEqualTo("refunded");
        assertThat(ask("GET", "/demo/gateway/refunds/c_r1", "").get("status").textValue())
                .isEqualTo("refunded");
        assertThat(ask("POST", "/demo/gateway/refunds", refund.replace("r1", "r2"))
                        .get("status")
                        .textValue())
                .isEqualTo("declined");
    }

    @Test
    void unsigned_questions_are_refused_and_a_dead_gateway_answers_none() throws Exception {
        assertThat(send("GET", "/demo/gateway/payments/a", "").statusCode()).isEqualTo(401);
        assertThat(send("POST", "/demo/supplier/orders", "{}").statusCode()).isEqualTo(401);
        mode("{\"gateway\":\"down\"}");
        assertThat(asked("GET", "/demo/gateway/payments/a", "").statusCode()).isEqualTo(503);
        assertThat(send("POST", "/demo/modes", "{\"gateway\":\"dead\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_was_promised_survives_a_restart() throws Exception {
        pay("c_p1", "delay");
        demo.close();
        demo = Demo.open(config, Configs.h2(temp), address, clock);
        demo.start();
        now.set(now.get().plusSeconds(21));
        await().atMost(Duration.ofSeconds(60)).until(() -> good.size() == 1);
    }

    @Test
    void a_supplier_that_loses_its_answer_has_done_the_work_once() throws Exception {
        mode("{\"supplier\":\"loses-answers\"}");
        assertThat(order("r1").statusCode()).isEqualTo(500);
        JsonNode answer = supplierAnswer("GET", "/demo/supplier/orders/r1");
        assertThat(answer.get("state").textValue()).isEqualTo("success");
        assertThat(answer.get("proof").textValue()).isNotBlank();
        mode("{\"supplier\":\"normal\"}");
        assertThat(JSON.readTree(order("r1").body())).isEqualTo(answer);
        assertThat(JSON.readTree(send("GET", "/demo/state", "").body())
                        .get("supplierOrders")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void a_slow_supplier_says_processing_and_sends_a_notice_later() throws Exception {
        mode("{\"supplier\":\"slow\"}");
        assertThat(JSON.readTree(order("r1").body()).get("state").textValue()).isEqualTo("processing");
        now.set(now.get().plusSeconds(16));
        await().atMost(Duration.ofSeconds(60)).until(() -> supplied.size() == 1);
        assertThat(supplied.get(0)).contains("\"state\":\"success\"");
        assertThat(supplierAnswer("GET", "/demo/supplier/orders/r1")
                        .get("state")
                        .textValue())
                .isEqualTo("success");
    }

    @Test
    void each_way_to_fail_is_answered_as_the_protocol_has_it() throws Exception {
        mode("{\"supplier\":\"declines-all\"}");
        assertThat(JSON.readTree(order("r1").body()).get("scope").textValue()).isEqualTo("supplier");
        mode("{\"supplier\":\"declines-order\"}");
        assertThat(JSON.readTree(order("r2").body()).get("scope").textValue()).isEqualTo("order");
        mode("{\"supplier\":\"no-proof\"}");
        assertThat(JSON.readTree(order("r3").body()).has("proof")).isFalse();
        mode("{\"supplier\":\"partial\"}");
        assertThat(JSON.readTree(order("r4").body()).get("delivered").intValue())
                .isEqualTo(1);
        mode("{\"supplier\":\"down\"}");
        assertThat(order("r5").statusCode()).isEqualTo(503);
    }

    private HttpResponse<String> pay(String payment, String play) throws Exception {
        return send(
                "POST",
                "/demo/pay",
                "{\"payment\":\"" + payment + "\",\"amount\":\"49.00\",\"currency\":\"CNY\",\"play\":\"" + play
                        + "\"}");
    }

    private void mode(String json) throws Exception {
        assertThat(send("POST", "/demo/modes", json).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> order(String reference) throws Exception {
        String body = "{\"reference\":\"" + reference + "\",\"sku\":\"phone-100\",\"recipient\":\"13800138000\","
                + "\"quantity\":2,\"amount\":\"199.00\",\"currency\":\"CNY\"}";
        return signed("POST", "/demo/supplier/orders", body, supplierSecret());
    }

    private JsonNode supplierAnswer(String method, String path) throws Exception {
        return JSON.readTree(signed(method, path, "", supplierSecret()).body());
    }

    private Secret supplierSecret() {
        return config.suppliers().get("demo").secret();
    }

    private JsonNode ask(String method, String path, String body) throws Exception {
        return JSON.readTree(asked(method, path, body).body());
    }

    private HttpResponse<String> asked(String method, String path, String body) throws Exception {
        return signed(method, path, body, config.sandbox().orElseThrow().secret());
    }

    private HttpResponse<String> signed(String method, String path, String body, Secret secret) throws Exception {
        HttpRequest.Builder request = request(method, path, body);
        SignedMessage.headers(secret, clock.instant(), body.getBytes(StandardCharsets.UTF_8))
                .forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(request(method, path, body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, BodyPublishers.ofString(body));
    }
}
