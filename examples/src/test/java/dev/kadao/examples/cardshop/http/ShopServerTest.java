package dev.kadao.examples.cardshop.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ShopServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger handled = new AtomicInteger();
    private ShopServer server;

    @BeforeEach
    void start() throws IOException {
        server = ShopServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.start(new Router()
                .add("GET", "/things/{id}", request -> Response.text(200, "thing " + request.path("id")))
                .add("GET", "/things/special", request -> Response.text(200, "never reached"))
                .add("POST", "/things/{id}", request -> Response.text(200, "made"))
                .add("GET", "/pages", request -> Paging.of(request, "things").page(List.of(), "last"))
                .add(
                        "GET",
                        "/other-pages",
                        request -> Paging.of(request, "others").page(List.of(), null))
                .add("POST", "/length", request -> {
                    handled.incrementAndGet();
                    return Response.text(200, String.valueOf(request.body().length));
                })
                .add(
                        "GET",
                        "/token",
                        request -> Response.text(200, Bearer.of(request).orElse("none")))
                .add("GET", "/broken", request -> {
                    throw new IllegalStateException("an internal detail");
                }));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_templates_segment_is_decoded_once_as_utf_8() throws Exception {
        assertThat(get("/things/a%20b%2Fc+%E5%8D%A1").body()).isEqualTo("thing a b/c+卡");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /thing, 404",
        "GET, /things, 404",
        "GET, /things/a/, 404",
        "GET, /things/%ff, 400",
        "GET, /pages?limit=%, 400",
        "GET, /pages?limit=%ff, 400",
        "GET, /pages?limit=1&limit=2, 400",
        "PUT, /things/a, 405",
        "HEAD, /things/a, 405",
        "DELETE, /pages, 405"
    })
    void what_is_not_there_is_refused(String method, String path, int status) throws Exception {
        assertThat(raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void another_method_is_answered_with_those_that_are_allowed() throws Exception {
        HttpResponse<String> answer = send(request("/things/a").DELETE());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
        assertProblem(answer, 405, "'/things/a' takes GET, POST only.");
    }

    @Test
    void a_body_of_one_mebibyte_is_read_and_one_byte_more_is_refused() throws Exception {
        assertThat(post("/length", BodyPublishers.ofByteArray(new byte[1 << 20]))
                        .body())
                .isEqualTo("1048576");
        byte[] tooMuch = new byte[(1 << 20) + 1];
        assertThat(post("/length", BodyPublishers.ofByteArray(tooMuch)).statusCode())
                .isEqualTo(413);
        HttpResponse<String> chunked =
                post("/length", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch)));
        assertProblem(chunked, 413, "The body is over 1 MiB (1048576 bytes); send less at once.");
        assertThat(handled).hasValue(1);
    }

    @Test
    void ten_megabytes_are_refused_in_a_way_that_their_sender_can_read() throws Exception {
        byte[] tooMuch = new byte[10_000_000];
        assertThat(post("/length", BodyPublishers.ofByteArray(tooMuch)).statusCode())
                .isEqualTo(413);
        assertThat(post("/length", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch)))
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"1048577", "99999999999", "99999999999999999"})
    void a_declared_length_over_the_limit_is_refused_before_anything_is_sent(String length) throws Exception {
        try (Socket socket = open("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n")) {
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
        assertThat(handled).hasValue(0);
    }

    @Test
    void malformed_requests_never_end_as_a_failure_of_the_shop() throws Exception {
        for (String request : List.of(
                "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
                "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET mailto:a HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0000\u0001\r\n\r\n")) {
            assertThat(raw(request)).doesNotStartWith("HTTP/1.1 5").doesNotStartWith("HTTP/1.1 2");
        }
        assertThat(get("/things/a").statusCode()).isEqualTo(200);
    }

    @Test
    void a_failing_handler_is_logged_once_and_answered_with_a_reference_and_no_internals() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(ShopServer.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            HttpResponse<String> answer = get("/broken");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("internal detail", "Exception");
            String detail = json(answer).get("detail").textValue();
            String reference = detail.replaceAll(".*reference ([0-9a-f]{12})\\.", "$1");
            assertThat(reference).hasSize(12);
            assertThat(log.list).singleElement().satisfies(event -> {
                assertThat(event.getFormattedMessage()).contains(reference, "GET", "/broken");
                assertThat(event.getThrowableProxy().getMessage()).isEqualTo("an internal detail");
            });
        } finally {
            logger.detachAppender(log);
        }
    }

    @ParameterizedTest
    @CsvSource({"Bearer abc, abc", "bearer  abc , abc", "Basic abc, none", "Bearer, none", "abc, none"})
    void a_bearer_token_is_taken_from_its_header_alone(String header, String token) throws Exception {
        assertThat(send(request("/token").header("Authorization", header)).body())
                .isEqualTo(token);
    }

    @Test
    void two_authorization_headers_are_none() throws Exception {
        assertThat(send(request("/token").header("Authorization", "Bearer a").header("Authorization", "Bearer b"))
                        .body())
                .isEqualTo("none");
    }

    @Test
    void a_page_names_where_the_next_one_begins() throws Exception {
        JsonNode page = json(get("/pages?limit=200"));
        assertThat(page.get("items").size()).isZero();
        String next = page.get("next").textValue();
        assertThat(get("/pages?after=" + next).statusCode()).isEqualTo(200);
        assertThat(json(get("/other-pages")).get("next").isNull()).isTrue();
        assertProblem(
                get("/other-pages?after=" + next),
                400,
                "'after' is '" + next + "'; it must be the 'next' of an earlier page of this list, unchanged.");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=1.0",
        "limit=x",
        "limit=",
        "after=x",
        "after=",
        "after=%F0%9F%98%80"
    })
    void a_bad_limit_or_after_is_refused(String query) throws Exception {
        assertThat(get("/pages?" + query).statusCode()).isEqualTo(400);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return send(request(path).POST(body));
    }

    private Socket open(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** What comes back until the connection ends; nothing if the server hangs up without a word. */
    private String raw(String request) throws IOException {
        try (Socket socket = open(request)) {
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("status").intValue()).isEqualTo(status);
        assertThat(json(answer).get("detail").textValue()).isEqualTo(detail);
    }
}
