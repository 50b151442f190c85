package dev.kadao.suppliers.notify;

import static dev.kadao.suppliers.notify.Samples.BUYER;
import static dev.kadao.suppliers.notify.Samples.NOW;
import static dev.kadao.suppliers.notify.Samples.ORDER;
import static dev.kadao.suppliers.notify.Samples.REFERENCE;
import static dev.kadao.suppliers.notify.Samples.notTold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Message.Kind;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.NotToldException;
import dev.kadao.suppliers.ScriptedServer;
import dev.kadao.suppliers.signing.Signature;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class WebhookNotifierTest {
    private static final Secret SECRET = Secret.of("shared with reseller 7 密");
    /** A limit that is to be reached. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static WebhookNotifierBuilder to(String url) {
        return WebhookNotifier.to(order -> Optional.of(new WebhookEndpoint(URI.create(url), SECRET)))
                .connectTimeout(Samples.LONG)
                .limit(Samples.LONG)
                .clock(() -> NOW);
    }

    private static WebhookNotifier local(ScriptedServer server) {
        return to(server.url() + "/hooks?token=t0ken").allowingPrivateNetworks().build();
    }

    private static NotToldException failureOf(WebhookNotifier notifier) {
        NotToldException failure = notTold(() -> notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE));
        assertThat(failure).as("a failure").isNotNull();
        assertThat(failure.getMessage()).doesNotContain("t0ken", "127.0.0.1", "hooks", "secret-of-peer");
        assertThat(failure).hasNoCause();
        return failure;
    }

    @Test
    void a_message_is_posted_signed_and_says_what_happened() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(204, "")) {
            local(server).tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);

            assertThat(server.seen).hasSize(1);
            ScriptedServer.Seen seen = server.seen.get(0);
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.path()).isEqualTo("/hooks?token=t0ken");
            assertThat(seen.body())
                    .isEqualTo("{\"reference\":\"cart42_m1\",\"order\":\"cart42.1\",\"event\":\"order.delivered\","
                            + "\"at\":\"2026-11-05T08:00:00Z\"}");
            assertThat(seen.headers())
                    .containsEntry("content-type", "application/json; charset=utf-8")
                    .containsEntry("idempotency-key", "cart42_m1")
                    .containsEntry("x-timestamp", Long.toString(NOW.getEpochSecond()))
                    .containsEntry(
                            "x-signature",
                            Signature.of(
                                    SECRET,
                                    Long.toString(NOW.getEpochSecond()),
                                    seen.body().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVERED,order.delivered",
        "REPLACED,order.replaced",
        "REFUNDED,order.refunded",
        "CLOSED,order.closed",
        "ON_HOLD,order.on_hold",
        "DISPUTE_REJECTED,order.dispute_rejected"
    })
    void events_keep_their_names_for_ever_and_keys_come_only_with_two_of_them(Kind kind, String event)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "{}")) {
            to(server.url())
                    .allowingPrivateNetworks()
                    .carryingKeys(order -> List.of(Secret.of("AAAA"), Secret.of("密\"2")))
                    .build()
                    .tell(ORDER, kind, Optional.empty(), REFERENCE);

            JsonNode body = new ObjectMapper().readTree(server.seen.get(0).body());
            assertThat(body.get("event").textValue()).isEqualTo(event);
            List<String> keys = new ArrayList<>();
            body.path("keys").forEach(key -> keys.add(key.textValue()));
            assertThat(keys)
                    .isEqualTo(kind == Kind.DELIVERED || kind == Kind.REPLACED ? List.of("AAAA", "密\"2") : List.of());
            assertThat(body.has("keys")).isEqualTo(!keys.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 410, 429, 500, 503})
    void every_status_but_2xx_is_not_told_and_names_itself_alone(int status) throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(status, "secret-of-peer")) {
            NotToldException failure = failureOf(local(server));

            assertThat(failure.getMessage()).startsWith("the endpoint answered with status " + status);
            assertThat(failure.kind()).isEqualTo(NotToldException.Kind.RECIPIENT);
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        try (ScriptedServer inside = ScriptedServer.thatAnswers(200, "");
                ScriptedServer server = ScriptedServer.that(ScriptedServer.raw(
                        "HTTP/1.1 307 X\r\nLocation: " + inside.url() + "/\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(failureOf(local(server))).hasMessageContaining("redirects are not followed");
            assertThat(inside.connections).isEmpty();
        }
    }

    @Test
    void silence_and_a_trickling_answer_end_at_the_limit() throws Exception {
        for (ScriptedServer.Script script : List.of(ScriptedServer.silence(), ScriptedServer.trickle())) {
            try (ScriptedServer server = ScriptedServer.that(script)) {
                WebhookNotifier notifier =
                        to(server.url()).allowingPrivateNetworks().limit(SHORT).build();

                assertThat(failureOf(notifier).getMessage()).startsWith("the endpoint: no full answer within PT");
            }
        }
    }

    @Test
    void an_answer_without_end_is_dropped() throws Exception {
        ScriptedServer.Script endless = (request, connection, server) -> {
            ScriptedServer.raw("HTTP/1.1 200 OK\r\n\r\n").serve(request, connection, server);
            while (true) {
                ScriptedServer.raw(" ".repeat(65_536)).serve(request, connection, server);
            }
        };
        try (ScriptedServer server = ScriptedServer.that(endless)) {
            assertThat(failureOf(local(server))).hasMessageContaining("answer longer than");
        }
    }

    @Test
    void a_refused_connection_is_the_recipients_matter() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            NotToldException failure = failureOf(to("http://127.0.0.1:" + deaf.getLocalPort())
                    .allowingPrivateNetworks()
                    .build());

            assertThat(failure).hasMessage("the endpoint: connection refused");
            assertThat(failure.kind()).isEqualTo(NotToldException.Kind.RECIPIENT);
        }
    }

    @Test
    void each_try_carries_the_same_reference() throws Exception {
        try (ScriptedServer server = ScriptedServer.that(ScriptedServer.hangUp())) {
            WebhookNotifier notifier = local(server);
            failureOf(notifier);
            server.now(ScriptedServer.answer(200, ""));
            notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);

            assertThat(server.seen)
                    .hasSize(2)
                    .allSatisfy(seen -> assertThat(seen.headers()).containsEntry("idempotency-key", REFERENCE))
                    .allSatisfy(seen -> assertThat(seen.body()).contains("\"reference\":\"cart42_m1\""));
        }
    }

    @Test
    void a_buyer_without_an_endpoint_is_given_up_at_once() {
        WebhookNotifier notifier = WebhookNotifier.to(order -> Optional.empty()).build();

        NotToldException failure = failureOf(notifier);

        assertThat(failure).hasMessage("the buyer has no endpoint");
        assertThat(failure.kind()).isEqualTo(NotToldException.Kind.NEVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://127.1/",
                "https://2130706433/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://10.0.0.1/",
                "https://192.168.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.100.100.200/",
                "https://[fd00:ec2::254]/",
                "https://0.0.0.0/"
            })
    void an_endpoint_within_the_shops_network_is_refused_before_anything_is_sent_or_revealed(String url) {
        List<String> revealed = new ArrayList<>();
        WebhookNotifier notifier = to(url).carryingKeys(order -> {
                    revealed.add(order.toString());
                    return List.of();
                })
                .build();

        NotToldException failure = failureOf(notifier);

        assertThat(failure.getMessage()).endsWith("nothing was sent");
        assertThat(revealed).isEmpty();
    }

    @Test
    void a_name_with_one_private_address_among_public_ones_is_refused() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "")) {
            InetAddress[] mixed = {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("127.0.0.1")};
            int port = URI.create(server.url()).getPort();
            WebhookNotifier notifier =
                    to("https://localhost:" + port + "/").lookup(host -> mixed).build();

            assertThat(failureOf(notifier)).hasMessageContaining("lies in a private, local or reserved network");
            assertThat(server.connections).isEmpty();
        }
    }

    @Test
    void a_name_that_changed_its_address_after_the_check_gets_no_message() throws Exception {
        // The check is told of a public address; the client, which asks the system, comes to this machine.
        try (ScriptedServer server = ScriptedServer.thatReadsNothing(ScriptedServer.silence())) {
            InetAddress[] outside = {InetAddress.getByName("8.8.8.8")};
            int port = URI.create(server.url()).getPort();
            WebhookNotifier notifier = to("https://localhost:" + port + "/")
                    .lookup(host -> outside)
                    .limit(SHORT)
                    .build();

            failureOf(notifier);
            assertThat(server.connections).isNotEmpty();
            assertThat(server.seen).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://8.8.8.8/",
                "ftp://8.8.8.8/",
                "https:///",
                "/hooks",
                "mailto:a@example.com",
                "https://user:pw@8.8.8.8/",
                "https://8.8.8.8/#fragment",
                "https://8.8.8.8:99999/",
                "https://under_score.example/"
            })
    void what_is_no_plain_https_url_is_refused_without_a_look_up(String url) {
        WebhookNotifier notifier = to(url).lookup(host -> {
                    throw new IllegalStateException("looked up");
                })
                .build();

        assertThat(failureOf(notifier)).hasMessageContaining("is no absolute https URL");
    }

    @Test
    void a_name_that_does_not_resolve_and_one_that_is_never_answered_are_not_told() throws Exception {
        WebhookNotifier unknown = to("https://nobody.example/")
                .lookup(host -> {
                    throw new UnknownHostException(host);
                })
                .build();
        assertThat(failureOf(unknown)).hasMessage("the endpoint's host name is not resolved");

        CountDownLatch end = new CountDownLatch(1);
        WebhookNotifier unanswered = to("https://slow.example/")
                .limit(SHORT)
                .lookup(host -> {
                    try {
                        end.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                })
                .build();
        assertThat(failureOf(unanswered)).hasMessage("the endpoint's host name was not resolved within PT2S");
        end.countDown();
    }

    @Test
    void an_endpoint_that_hangs_is_called_one_at_a_time_until_it_answers_and_keeps_nobody_else() throws Exception {
        try (ScriptedServer hanging = ScriptedServer.that(ScriptedServer.hangUp());
                ScriptedServer fine = ScriptedServer.thatAnswers(200, "")) {
            WebhookNotifier notifier = WebhookNotifier.to(order -> Optional.of(
                            new WebhookEndpoint(URI.create(order.equals(ORDER) ? hanging.url() : fine.url()), SECRET)))
                    .allowingPrivateNetworks()
                    .limit(Samples.LONG)
                    .build();
            failureOf(notifier);
            CountDownLatch answer = new CountDownLatch(1);
            hanging.now((request, connection, server) -> {
                answer.await(60, TimeUnit.SECONDS);
                ScriptedServer.answer(200, "").serve(request, connection, server);
            });
            CompletableFuture<Void> trial = CompletableFuture.runAsync(
                    () -> notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE), thread -> new Thread(thread).start());
            await().atMost(Samples.LONG).until(() -> hanging.seen.size() == 2);

            assertThat(failureOf(notifier)).hasMessageContaining("one other try at it is under way");
            assertThat(hanging.seen).hasSize(2);
            notifier.tell(OrderId.parse("cart43.1"), Kind.DELIVERED, BUYER, "cart43_m1");
            assertThat(fine.seen).hasSize(1);

            answer.countDown();
            await().atMost(Samples.LONG).until(trial::isDone);
            notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);
            assertThat(hanging.seen).hasSize(3);
        }
    }

    @Test
    void keys_that_cannot_be_revealed_are_not_sent() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "")) {
            WebhookNotifier notifier = to(server.url())
                    .allowingPrivateNetworks()
                    .carryingKeys(order -> {
                        throw new IllegalStateException("AAAA-1111 is locked");
                    })
                    .build();

            assertThat(failureOf(notifier))
                    .hasMessage("the keys could not be revealed (IllegalStateException), so nothing was sent");
            assertThat(server.seen).isEmpty();
        }
    }

    @Test
    void wrong_settings_and_a_blank_secret_are_refused_and_no_secret_is_shown() {
        assertThatThrownBy(() -> to("https://a.example")
                        .limit(Duration.ZERO)
                        .connectTimeout(Duration.ofDays(1))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the limit is PT0S")
                .hasMessageContaining("the connect time-out is PT24H");
        assertThatThrownBy(() -> new WebhookEndpoint(URI.create("https://a.example"), Secret.of(" ")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("secret of a webhook endpoint is blank");
        assertThat(new WebhookEndpoint(URI.create("https://a.example/t0ken?k=1"), SECRET))
                .hasToString("WebhookEndpoint(a.example)");
        assertThat(to("https://a.example").build()).hasToString("WebhookNotifier(public https)");
    }
}
