package dev.kadao.examples.supplier;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kadao.examples.cardshop.http.ShopServer;
import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Stands in for the supplier as its document describes it: answers only what is signed and not older than a minute, takes
 * each number once, and delivers at once unless it is told otherwise.
 */
final class MagpieServer implements AutoCloseable {
    private static final String MERCHANT = "m100";
    private static final Secret REQUEST_KEY = Secret.of("the key of our requests");
    private static final Secret NOTICE_KEY = Secret.of("the key of its notices");
    private static final Map<String, String> PRODUCTS = Map.of("phone-100", "P100", "game-30", "C30");

    /** What goes otherwise with the next order. */
    enum Twist {
        /** Taken on and worked on; ends by {@link #end}. */
        TAKE_TIME,
        /** Carried out, and nobody hears of it. */
        LOSE_REPLY,
        /** Never taken on, and nobody hears of it. */
        LOSE_ORDER,
        /** Carried out, and answered with "system busy". */
        SAY_BUSY
    }

    private final HttpServer server;
    private final AtomicInteger arrived = new AtomicInteger();
    private final Map<String, Map<String, Object>> orders = new ConcurrentHashMap<>();
    private final Map<String, Integer> executions = new ConcurrentHashMap<>();
    private final Queue<Twist> twists = new ConcurrentLinkedQueue<>();
    private final Queue<String> sayings = new ConcurrentLinkedQueue<>();

    MagpieServer() {
        try {
            // The JDK's server reads its settings once, and the card shop's are tested in this JVM too.
            MethodHandles.lookup().ensureInitialized(ShopServer.class);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    /** Our account here. */
    MagpieAccount account() {
        return accountAt(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    static MagpieAccount accountAt(URI endpoint) {
        return new MagpieAccount(endpoint, MERCHANT, REQUEST_KEY, NOTICE_KEY, PRODUCTS);
    }

    void next(Twist... planned) {
        twists.addAll(List.of(planned));
    }

    /** Answers the next request with just this. */
    void say(String body) {
        sayings.add(body);
    }

    int arrived() {
        return arrived.get();
    }

    int executions(String number) {
        return executions.getOrDefault(number, 0);
    }

    /** Ends an order that takes time; the notice that goes out about it. */
    InboundNotice end(String number) {
        orders.computeIfPresent(number, (key, order) -> delivered(key, order));
        return noticeOf(number);
    }

    /** The notice about an order as it is now. Cards are never in it. */
    InboundNotice noticeOf(String number) {
        Map<String, String> fields = new HashMap<>();
        orders.get(number).forEach((name, value) -> {
            if (value instanceof String text && !name.equals("code")) {
                fields.put(name, text);
            }
        });
        fields.put("merchant", MERCHANT);
        fields.put("time", Long.toString(Instant.now().getEpochSecond()));
        return notice(fields, NOTICE_KEY);
    }

    static InboundNotice notice(Map<String, String> fields, Secret key) {
        byte[] body = MagpieMessage.form(fields);
        Map<String, List<String>> headers = Map.of(MagpieSignature.HEADER, List.of(MagpieSignature.of(key, body)));
        return new InboundNotice("POST", "", headers, Bytes.of(body), Instant.now());
    }

    private void serve(HttpExchange exchange) throws IOException {
        arrived.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String signature = exchange.getRequestHeaders().getFirst(MagpieSignature.HEADER);
        try (exchange) {
            String saying = sayings.poll();
            if (saying != null) {
                write(exchange, saying.getBytes(StandardCharsets.UTF_8));
                return;
            }
            MagpieMessage request = MagpieMessage.ofForm(body);
            String number = request.text("out_no");
            boolean isOld = Long.parseLong(request.text("time")) < Instant.now().getEpochSecond() - 60;
            if (!MagpieSignature.of(REQUEST_KEY, body).equals(signature)) {
                answer(exchange, Map.of("code", "1001", "out_no", number));
            } else if (isOld) {
                answer(exchange, Map.of("code", "1006", "out_no", number));
            } else if (exchange.getRequestURI().getPath().equals("/order/query")) {
                answer(exchange, orders.getOrDefault(number, Map.of("code", "2002", "out_no", number)));
            } else {
                submit(exchange, number, request);
            }
        } catch (Unreadable e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private void submit(HttpExchange exchange, String number, MagpieMessage request) throws IOException, Unreadable {
        Twist twist = twists.poll();
        if (twist == Twist.LOSE_ORDER) {
            return;
        }
        if (!PRODUCTS.containsValue(request.text("product"))) {
            answer(exchange, Map.of("code", "1002", "out_no", number));
        } else if (request.text("account").startsWith("000")) {
            String text = "cannot top up " + request.text("account");
            answer(exchange, Map.of("code", "1003", "out_no", number, "message", text));
        } else if (orders.putIfAbsent(number, taken(number, request)) != null) {
            answer(exchange, Map.of("code", "2001", "out_no", number));
        } else {
            if (twist != Twist.TAKE_TIME) {
                orders.computeIfPresent(number, this::delivered);
            }
            if (twist == Twist.SAY_BUSY) {
                answer(exchange, Map.of("code", "9999", "out_no", number));
            } else if (twist != Twist.LOSE_REPLY) {
                answer(exchange, orders.get(number));
            }
        }
    }

    private static Map<String, Object> taken(String number, MagpieMessage request) throws Unreadable {
        Map<String, Object> order = new HashMap<>();
        order.putAll(Map.of("code", "0000", "out_no", number, "order_no", "M-" + number, "state", "0"));
        order.putAll(Map.of("product", request.text("product"), "count", request.text("count"), "serial", ""));
        return order;
    }

    private Map<String, Object> delivered(String number, Map<String, Object> taken) {
        executions.merge(number, 1, Integer::sum);
        Map<String, Object> order = new HashMap<>(taken);
        order.put("state", "1");
        if (order.get("product").equals("C30")) {
            int count = Integer.parseInt((String) order.get("count"));
            order.put(
                    "cards",
                    IntStream.rangeClosed(1, count)
                            .mapToObj(i -> "CARD-" + number + "-" + i)
                            .toList());
        } else {
            order.put("serial", "S-" + number);
        }
        return order;
    }

    private static void answer(HttpExchange exchange, Map<String, ?> members) throws IOException {
        write(exchange, new JsonMapper().writeValueAsBytes(members));
    }

    private static void write(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
