package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no honest client sends: each refused clearly, none harmful. */
@Acceptance
class BadInputIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys();

    private static final int TEN_MEBIBYTES = 10 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ShopClient shop = WORLD.client();

    @AfterEach
    void the_shop_is_as_it_was() {
        shop.awaitHealthy();
        assertThat(new Desk(shop).all("orders")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "[]",
                "null",
                "7",
                "\"cart\"",
                "{} {}",
                "{\"id\":\"cart\"",
                "{'id':'cart'}",
                "{\"id\":\"cart\",}",
                "<checkout/>",
                "{\"orders\":{}}",
                "{\"orders\":[7]}",
                "{\"orders\":[null]}",
                "{\"buyer\":[]}"
            })
    void what_is_no_cart_is_refused(String body) {
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, body).expectProblem(400);
    }

    @Test
    void a_doubled_member_or_trailing_text_is_refused() {
        String good = Cart.fresh().keys("card-1", 1).json().toString();
        String doubled = good.replace("\"gateway\":", "\"gateway\":\"alipay\",\"gateway\":");
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, doubled).expectProblem(400, "gateway");
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, good + "}").expectProblem(400);
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, good + good).expectProblem(400);
    }

    @Test
    void a_body_in_another_encoding_is_refused() {
        String good = Cart.fresh().keys("card-1", 1).json().toString();
        sendsTo("/api/checkouts", good.getBytes(UTF_16)).expectProblem(400);
        byte[] broken = good.getBytes(UTF_8);
        broken[good.indexOf("example")] = (byte) 0xC3;
        sendsTo("/api/checkouts", broken).expectProblem(400);
    }

    @Test
    void half_a_surrogate_pair_or_a_nul_in_a_recipient_is_refused() {
        String good = Cart.fresh().add("card-1", 1, "HERE").json().toString();
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, good.replace("HERE", "\\ud800"))
                .expectProblem(400);
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, good.replace("HERE", "a\\u0000b"))
                .expectProblem(400);
    }

    @Test
    void json_that_is_nested_too_deep_is_refused() {
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, "[".repeat(200_000)).expectProblem(400);
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, "{\"id\":".repeat(100_000))
                .expectProblem(400);
    }

    @Test
    void a_number_of_a_hundred_thousand_digits_is_refused() {
        String good = Cart.fresh().keys("card-1", 4711).json().toString();
        shop.post("/api/checkouts", ShopClient.NO_TOKEN, good.replace("4711", "9".repeat(100_000)))
                .expectProblem(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/checkouts", "/notify/sandbox"})
    void a_body_that_is_declared_too_long_is_refused_before_it_is_sent(String path) throws IOException {
        for (int length : List.of(TEN_MEBIBYTES, 1024 * 1024 + 1)) {
            try (RawConnection connection = new RawConnection(WORLD.process().uri())) {
                connection.send("POST " + path + " HTTP/1.1\r\nHost: shop\r\nContent-Length: " + length + "\r\n\r\n");
                assertThat(connection.statusLine(PATIENCE)).startsWith("HTTP/1.1 413");
            }
        }
    }

    @Test
    void ten_mebibytes_of_undeclared_length_are_too_much() {
        var request = shop.to("/api/checkouts", ShopClient.NO_TOKEN)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[TEN_MEBIBYTES])))
                .build();
        try {
            shop.send(request).expect(413);
        } catch (NoAnswerException e) {
            // the shop may hang up on a client that is still writing
            assertThat(e).hasMessageContaining("/api/checkouts");
        }
    }

    @Test
    void a_body_of_exactly_one_mebibyte_is_read() {
        sendsTo("/api/checkouts", " ".repeat(1024 * 1024).getBytes(UTF_8)).expectProblem(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere",
        "GET, /api",
        "GET, /api/orders",
        "POST, /api/orders/x.1/eat",
        "GET, /api/checkouts/x/y/z",
        "GET, /notify",
        "GET, /api/orders/a%20b.1",
        "GET, /api/orders/%2e%2e%2f%2e%2e%2fetc%2fpasswd"
    })
    void an_unknown_path_is_not_found(String method, String path) {
        shop.call(method, path, ShopClient.NO_TOKEN, method.equals("POST") ? "{}" : "")
                .expectProblem(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/checkouts",
        "DELETE, /api/checkouts",
        "PUT, /api/checkouts",
        "POST, /healthz",
        "GET, /notify/sandbox",
        "DELETE, /api/desk/stock"
    })
    void another_method_is_not_allowed(String method, String path) {
        shop.call(method, path, WORLD.adminToken(), method.equals("POST") ? "{}" : "")
                .expectProblem(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/orders/%zz HTTP/1.1\r\nHost: shop\r\n\r\n",
                "GET /api/orders/%c3%28 HTTP/1.1\r\nHost: shop\r\n\r\n",
                "GET /api/desk/orders?after=%zz HTTP/1.1\r\nHost: shop\r\n\r\n",
                "GET /api/orders/a b HTTP/1.1\r\nHost: shop\r\n\r\n",
                "POST /api/checkouts HTTP/1.1\r\nHost: shop\r\nContent-Length: -5\r\n\r\n",
                "POST /api/checkouts HTTP/1.1\r\nHost: shop\r\nContent-Length: many\r\n\r\n",
                "COMPLETE NONSENSE\r\n\r\n"
            })
    void a_request_that_is_no_http_is_a_clients_error(String request) throws IOException {
        try (RawConnection connection = new RawConnection(WORLD.process().uri())) {
            String answer = connection.send(request).statusLine(PATIENCE);
            assertThat(answer).matches("|HTTP/1\\.1 4[0-9][0-9].*");
        }
    }

    @Test
    void a_credential_of_another_kind_is_no_credential() {
        var basic = shop.to("/api/desk/stock", ShopClient.NO_TOKEN).header("Authorization", "Basic YWRtaW46YWRtaW4=");
        shop.send(basic.GET().build()).expectProblem(401);
        var empty = shop.to("/api/desk/stock", ShopClient.NO_TOKEN).header("Authorization", "Bearer ");
        shop.send(empty.GET().build()).expectProblem(401);
    }

    @Test
    void two_hundred_slow_clients_keep_nobody_waiting_and_are_cut_off() throws IOException {
        List<RawConnection> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                RawConnection connection = new RawConnection(WORLD.process().uri());
                slow.add(connection);
                connection.send("POST /api/checkouts HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n");
                connection.send(i % 2 == 0 ? "X-Slow: " : "\r\n{\"id\":");
            }
            shop.awaitHealthy();
            shop.desk("stock").expect(200);
            for (RawConnection connection : slow) {
                assertThat(connection.statusLine(PATIENCE)).matches("|HTTP/1\\.1 408.*");
            }
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
    }

    private Reply sendsTo(String path, byte[] body) {
        return shop.send(shop.to(path, ShopClient.NO_TOKEN)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }
}
