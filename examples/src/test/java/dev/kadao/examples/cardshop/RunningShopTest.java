package dev.kadao.examples.cardshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.examples.cardshop.sandbox.SignedMessage;
import dev.kadao.order.Secret;
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
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shop over real sockets, with a configuration file and so without the demo. */
class RunningShopTest {
    private static final String CHECKOUT =
            "{\"gateway\":\"sandbox\",\"orders\":[{\"sku\":\"steam-50\",\"quantity\":1,\"recipient\":\"r\"}]}";
    private static final String NOTICE = "{\"noticeId\":\"n\",\"payment\":\"p_p1\",\"tradeNumber\":\"t\","
            + "\"status\":\"paid\",\"amount\":\"49.00\",\"currency\":\"CNY\",\"at\":\"2026-11-01T08:30:00Z\"}";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path temp;

    private RunningShop shop;

    @BeforeEach
    void start() throws Exception {
        shop = RunningShop.open(
                Configs.ready(Configs.SHOP, "--port=0", "--admin-token=admin", "--data=" + temp.resolve("data")));
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/demo/state",
                "/demo/skus",
                "/demo/gateway/payments/p",
                "/pages/demo.js",
                "/api",
                "/api/checkouts/"
            })
    void with_a_file_nothing_of_the_demo_is_there(String path) throws Exception {
        assertThat(send("GET", path, "", "").statusCode()).isEqualTo(404);
    }

    @Test
    void support_answers_free_words_by_a_number_and_acts_for_the_holder_of_the_token_alone() throws Exception {
        String placed = send(
                        "POST", "/api/checkouts", CHECKOUT.replace("{\"gateway\"", "{\"id\":\"ask_1\",\"gateway\""), "")
                .body();
        String token = placed.replaceAll(".*\"pickupToken\":\"([^\"]+)\".*", "$1");
        String question = "{\"words\":\"钱扣了订单还显示待支付\",\"number\":\"ask_1_p1\"}";

        String strangers = send("POST", "/api/support", question, "").body();
        String own = send("POST", "/api/support", question, token).body();

        assertThat(strangers)
                .contains("\"need\":\"proof\"", "\"did\":[]", "\"orders\":[\"ask_1.1\"]", "\"verdict\":\"NOT_PAID\"");
        assertThat(own).contains("\"intent\":\"paid-but-unpaid\"", "\"need\":\"nothing\"", "请不要再付一次");
        assertThat(send("POST", "/api/support", "{\"words\":\" \"}", "").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/api/support", "{\"words\":\"" + "😀".repeat(2_000) + "\"}", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/checkouts, 405",
        "PUT, /api/orders/a.1, 405",
        "GET, /api/orders/a.1/reveal, 405",
        "GET, /notify/sandbox, 405",
        "POST, /healthz, 405",
        "GET, /api/desk/keys/steam-50, 405"
    })
    void another_method_is_refused(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = send(method, path, "", "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Allow")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/desk/stock",
                "GET /api/desk/orders",
                "GET /api/desk/cases",
                "GET /api/desk/payments",
                "GET /api/desk/audit",
                "GET /api/desk/stats",
                "POST /api/desk/keys/steam-50",
                "POST /api/desk/keys/unknown",
                "POST /api/desk/orders/a.1/actions"
            })
    void the_desk_needs_its_token(String call) throws Exception {
        String method = call.split(" ")[0];
        String path = call.split(" ")[1];
        HttpResponse<String> without = send(method, path, "", "");
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(send(method, path, "", "admi").statusCode()).isEqualTo(401);
        assertThat(send(method, path, "", "admin").statusCode()).isNotEqualTo(401);
    }

    @Test
    void keys_are_imported_for_key_skus_only() throws Exception {
        assertThat(send("POST", "/api/desk/keys/unknown", "K", "admin").statusCode())
                .isEqualTo(404);
        assertThat(send("POST", "/api/desk/keys/phone-100", "K", "admin").statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders?stage=PAYED",
                "orders?overdue=yes",
                "orders?limit=0",
                "orders?after=x",
                "cases?open=1",
                "payments?status=paid",
                "payments?limit=201"
            })
    void a_bad_list_is_refused(String list) throws Exception {
        assertThat(send("GET", "/api/desk/" + list, "", "admin").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[]", "", "{\"gateway\":\"sandbox\",\"gateway\":\"sandbox\"}", "{} x", "{\"orders\":1}"})
    void an_unreadable_checkout_is_the_callers_mistake(String body) throws Exception {
        HttpResponse<String> answer = send("POST", "/api/checkouts", body, "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void what_is_placed_and_paid_is_kept() throws Exception {
        String again = CHECKOUT.replaceFirst("\\{", "{\"id\":\"cart42\",");
        assertThat(send("POST", "/api/checkouts", again, "").statusCode()).isEqualTo(201);
        assertThat(send("POST", "/api/checkouts", again, "").statusCode()).isEqualTo(200);
        assertThat(notify("/notify/sandbox", NOTICE.replace("p_p1", "cart42_p1"), "gateway-secret", 0))
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                send("GET", "/api/orders/cart42.1", "", "").body())
                        .contains("\"stage\":\"PAID\""));
        assertThat(send("GET", "/api/desk/stock", "", "admin").body()).contains("\"steam-50\":{\"free\":0");
        assertThat(send("GET", "/api/orders/cart43.1", "", "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_notice_is_judged_by_its_signature_before_its_words() throws Exception {
        assertThat(notify("/notify/sandbox", NOTICE, "wrong", 0)).isEqualTo(401);
        assertThat(notify("/notify/sandbox", "{", "wrong", 0)).isEqualTo(401);
        assertThat(notify("/notify/sandbox", NOTICE, "gateway-secret", -301)).isEqualTo(401);
        assertThat(notify("/notify/sandbox", NOTICE, "gateway-secret", 360)).isEqualTo(401);
        assertThat(notify("/notify/sandbox", "{", "gateway-secret", 0)).isEqualTo(400);
        assertThat(notify("/notify/sandbox", NOTICE.replace("49.00", "1e2"), "gateway-secret", 0))
                .isEqualTo(400);
        assertThat(notify("/notify/alipay", NOTICE, "gateway-secret", 0)).isEqualTo(404);
        assertThat(notify("/notify/supplier/a", "{}", "supplier-secret", 0)).isEqualTo(400);
        assertThat(notify("/notify/supplier/a", "{}", "gateway-secret", 0)).isEqualTo(401);
        assertThat(notify("/notify/supplier/b", "{}", "supplier-secret", 0)).isEqualTo(404);
        assertThat(send("POST", "/notify/sandbox", NOTICE, "").body()).isEqualTo("unauthorized");
    }

    @Test
    void the_tracking_page_runs_no_script_but_its_own_and_speaks_the_readers_language() throws Exception {
        HttpResponse<String> page = send("GET", "/track?order=cart42.1", "", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.body())
                .contains("<html lang=\"zh-CN\">", "name=\"viewport\"")
                .doesNotContain("<script>", "style=");
        HttpRequest english = HttpRequest.newBuilder(shop.address().resolve("/track"))
                .header("Accept-Language", "en-GB, zh;q=0.5")
                .build();
        assertThat(client.send(english, BodyHandlers.ofString()).body()).contains("<html lang=\"en\">");
        for (String file : new String[] {"/pages/track.js", "/pages/common.js", "/pages/shop.css"}) {
            assertThat(page.body()).contains(file.endsWith("css") ? "href=\"" + file : "src=\"" + file);
            String text = send("GET", file, "", "").body().toLowerCase(Locale.ROOT);
            assertThat(text)
                    .doesNotContain(
                            "innerhtml",
                            "outerhtml",
                            "insertadjacenthtml",
                            "document.write",
                            "eval(",
                            "http:",
                            "https:");
        }
    }

    private int notify(String path, String body, String secret, int seconds) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(bytes));
        SignedMessage.headers(Secret.of(secret), Instant.now().plusSeconds(seconds), bytes)
                .forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private HttpResponse<String> send(String method, String path, String body, String token) throws Exception {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(shop.address() + path)).timeout(Duration.ofSeconds(60));
    }
}
