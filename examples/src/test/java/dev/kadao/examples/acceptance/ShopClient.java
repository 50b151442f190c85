package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/** The shop's calls as buyers, gateways, suppliers and the desk make them. Thread-safe. */
final class ShopClient {
    /** No Authorization header at all. */
    static final String NO_TOKEN = "";

    static final Duration LIMIT = Duration.ofSeconds(60);

    static {
        // The shop closes connections that are idle for 30 s. One that is closed while a request is put on it fails the
        // request, and a POST is not repeated: so they are given up here before.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final Supplier<URI> base;
    private final String adminToken;
    private final Transcript transcript;
    private final Duration limit;

    /** @param base where the shop listens at present; it may move when it is started again */
    ShopClient(Supplier<URI> base, String adminToken, Transcript transcript) {
        this(base, adminToken, transcript, LIMIT);
    }

    /** @param limit after which a call is given up without an answer */
    ShopClient(Supplier<URI> base, String adminToken, Transcript transcript, Duration limit) {
        this.base = base;
        this.adminToken = adminToken;
        this.transcript = transcript;
        this.limit = limit;
    }

    Reply place(Cart cart) {
        return post("/api/checkouts", NO_TOKEN, cart.json().toString());
    }

    Reply openPayment(String checkout, String gateway, String token) {
        String body = Json.object().put("gateway", gateway).toString();
        return post("/api/checkouts/" + checkout + "/payments", token, body);
    }

    Reply order(String order, String token) {
        return get("/api/orders/" + order, token);
    }

    Reply orderAsDesk(String order) {
        return order(order, adminToken);
    }

    Reply diagnosis(String order, String token) {
        return get("/api/orders/" + order + "/diagnosis", token);
    }

    Reply reveal(String order, String token) {
        return post("/api/orders/" + order + "/reveal", token, "{}");
    }

    Reply confirm(String order, String token) {
        return post("/api/orders/" + order + "/confirm", token, reason("It works."));
    }

    Reply complain(String order, String token) {
        return post("/api/orders/" + order + "/complain", token, reason("Where is it?"));
    }

    Reply dispute(String order, String token, String reason) {
        return post("/api/orders/" + order + "/dispute", token, reason(reason));
    }

    Reply importKeys(String sku, byte[] lines) {
        HttpRequest request = to("/api/desk/keys/" + sku, adminToken)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofByteArray(lines))
                .build();
        return send(request);
    }

    Reply importKeys(String sku, String lines) {
        return importKeys(sku, lines.getBytes(UTF_8));
    }

    Reply desk(String pathAndQuery) {
        return get("/api/desk/" + pathAndQuery, adminToken);
    }

    Reply deskAction(String order, String body) {
        return post("/api/desk/orders/" + order + "/actions", adminToken, body);
    }

    /** A notice of a gateway or supplier: {@code from} is the path behind {@code /notify/}. */
    Reply notice(String from, String body, SignedHeaders headers) {
        HttpRequest request = to("/notify/" + from, NO_TOKEN)
                .header("Content-Type", "application/json")
                .header(SignedHeaders.TIMESTAMP, headers.timestamp())
                .header(SignedHeaders.SIGNATURE, headers.signature())
                .POST(BodyPublishers.ofString(body))
                .build();
        return send(request);
    }

    /** Returns when the shop calls itself healthy: not before its due loop has run, nor while that is late. */
    void awaitHealthy() {
        Waiting.until("the shop is healthy")
                .untilAsserted(() -> get("/healthz", NO_TOKEN).expect(200));
    }

    Reply get(String path, String token) {
        return send(to(path, token).GET().build());
    }

    Reply getIn(String languages, String path) {
        return send(
                to(path, NO_TOKEN).header("Accept-Language", languages).GET().build());
    }

    Reply post(String path, String token, String body) {
        return call("POST", path, token, body);
    }

    Reply call(String method, String path, String token, String body) {
        HttpRequest request = to(path, token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return send(request);
    }

    HttpRequest.Builder to(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base.get() + path)).timeout(limit);
        return token.equals(NO_TOKEN) ? request : request.header("Authorization", "Bearer " + token);
    }

    /** @throws NoAnswerException if the connection was refused, cut or silent */
    Reply send(HttpRequest request) {
        String call = request.method() + " " + request.uri().getRawPath();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(UTF_8));
            String type = answer.headers().firstValue("Content-Type").orElse("");
            Reply reply = new Reply(call, answer.statusCode(), type, answer.body());
            transcript.add(reply);
            return reply;
        } catch (IOException e) {
            throw new NoAnswerException(call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(call + " was interrupted", e);
        }
    }

    private static String reason(String reason) {
        return Json.object().put("reason", reason).toString();
    }
}
