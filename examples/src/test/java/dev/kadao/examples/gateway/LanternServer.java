package dev.kadao.examples.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for the gateway: keeps payments and refunds by reference, and answers only what is signed. */
final class LanternServer implements AutoCloseable {
    private final Secret secret;
    private final HttpServer server;
    private final AtomicInteger arrived = new AtomicInteger();
    private final Map<String, Map<String, String>> payments = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> refunds = new ConcurrentHashMap<>();

    LanternServer(Secret secret) throws IOException {
        this.secret = secret;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int arrived() {
        return arrived.get();
    }

    /** A buyer pays; answers the notice that the gateway sends. */
    InboundNotice pay(String payment, String amount, String currency) {
        Map<String, String> said = new HashMap<>(payments.get(payment));
        said.putAll(Map.of("status", "paid", "trade", "t-" + payment, "amount", amount, "currency", currency));
        payments.put(payment, said);
        byte[] body = LanternJson.write(said);
        Instant now = Instant.now();
        String time = Long.toString(now.getEpochSecond());
        Map<String, List<String>> headers = Map.of(
                LanternSignature.TIME,
                List.of(time),
                LanternSignature.SIGNATURE,
                List.of(LanternSignature.of(secret, time, body)));
        return new InboundNotice("POST", "", headers, Bytes.of(body), now);
    }

    long refunded(String payment, int decimals) {
        return refunds.values().stream()
                .filter(refund -> payment.equals(refund.get("payment")))
                .mapToLong(refund -> new java.math.BigDecimal(refund.get("amount"))
                        .movePointRight(decimals)
                        .longValueExact())
                .sum();
    }

    private void serve(HttpExchange exchange) throws IOException {
        arrived.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String time = exchange.getRequestHeaders().getFirst(LanternSignature.TIME);
        String signature = exchange.getRequestHeaders().getFirst(LanternSignature.SIGNATURE);
        if (time == null || !LanternSignature.of(secret, time, body).equals(signature)) {
            answer(exchange, 401, Map.of());
            return;
        }
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.equals("/payments")) {
                answer(exchange, 200, opened(LanternJson.read(body)));
            } else if (path.equals("/refunds")) {
                answer(exchange, 200, given(LanternJson.read(body)));
            } else if (path.endsWith("/close")) {
                answer(exchange, 200, closed(path.split("/")[2]));
            } else {
                Map<String, Map<String, String>> book = path.startsWith("/payments/") ? payments : refunds;
                Map<String, String> known = book.get(path.substring(path.lastIndexOf('/') + 1));
                answer(exchange, known == null ? 404 : 200, known == null ? Map.of() : known);
            }
        } catch (LanternJson.Unreadable e) {
            answer(exchange, 400, Map.of());
        }
    }

    private Map<String, String> opened(JsonNode json) throws LanternJson.Unreadable {
        String reference = LanternJson.text(json, "reference");
        return payments.computeIfAbsent(
                reference,
                key -> Map.of("reference", key, "status", "open", "url", "https://lantern.example/pay/" + key));
    }

    private Map<String, String> given(JsonNode json) throws LanternJson.Unreadable {
        Map<String, String> refund = new HashMap<>();
        for (String name : List.of("reference", "payment", "amount")) {
            refund.put(name, LanternJson.text(json, name));
        }
        refund.put("status", "done");
        refunds.putIfAbsent(refund.get("reference"), refund);
        return refunds.get(refund.get("reference"));
    }

    private Map<String, String> closed(String payment) {
        return payments.compute(payment, (key, known) -> {
            Map<String, String> now = new HashMap<>(known);
            now.computeIfPresent("status", (name, status) -> status.equals("open") ? "closed" : status);
            return now;
        });
    }

    private void answer(HttpExchange exchange, int status, Map<String, String> members) throws IOException {
        byte[] body = LanternJson.write(members);
        String time = Long.toString(Instant.now().getEpochSecond());
        exchange.getResponseHeaders().set(LanternSignature.TIME, time);
        exchange.getResponseHeaders().set(LanternSignature.SIGNATURE, LanternSignature.of(secret, time, body));
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
