package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A loopback HTTP server of a fake: it checks the signature of everything that arrives and notes what breaks the
 * protocol. Its port can be closed and opened again at the same number.
 */
final class SignedEndpoint implements AutoCloseable {
    private static final Duration TOLERANCE = Duration.ofSeconds(300);
    private static final int HOLD_SECONDS = 60;

    /** What the fake behind the endpoint answers to a request whose signature was good. */
    interface Handler {
        WireAnswer answer(String method, String path, String body);
    }

    private final String owner;
    private final String secret;
    private final Handler handler;
    /** A request whose signature was good, with the time that its sender signed. */
    record Arrival(String method, String path, String body, Instant signed) {}

    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake");
        thread.setDaemon(true);
        return thread;
    });
    private final int port;
    private HttpServer server;
    private HeldPort held;

    SignedEndpoint(String owner, String secret, Handler handler) {
        this.owner = owner;
        this.secret = secret;
        this.handler = handler;
        this.server = open(0);
        this.port = server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    List<String> violations() {
        return violations;
    }

    /** All requests with a good signature, in order. */
    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    void violated(String what) {
        violations.add(owner + ": " + what);
    }

    /** From now on connections are refused. */
    void closePort() {
        server.stop(0);
        held = new HeldPort(port);
    }

    void reopenPort() {
        server = open(port);
        held.close();
        held = null;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        if (held != null) {
            held.close();
        }
        threads.shutdownNow();
    }

    private HttpServer open(int wanted) {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted), 0);
            opened.createContext("/", this::handle);
            opened.setExecutor(threads);
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("The fake " + owner + " could not listen on port " + wanted + ".", e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            WireAnswer answer = isSigned(exchange, body)
                    ? handler.answer(exchange.getRequestMethod(), path, new String(body, UTF_8))
                    : WireAnswer.status(401);
            send(exchange, answer);
        } catch (RuntimeException | AssertionError e) {
            violated("broke on a request: " + e);
            throw e;
        }
    }

    private boolean isSigned(HttpExchange exchange, byte[] body) {
        String timestamp = exchange.getRequestHeaders().getFirst(SignedHeaders.TIMESTAMP);
        String signature = exchange.getRequestHeaders().getFirst(SignedHeaders.SIGNATURE);
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        if (timestamp == null || signature == null || !timestamp.matches("[0-9]{1,12}")) {
            violated(what + " came without a signature or a time");
            return false;
        }
        if (!new SignedHeaders(timestamp, signature).fits(secret, body)) {
            violated(what + " came with a wrong signature");
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now());
        if (age.abs().compareTo(TOLERANCE) > 0) {
            violated(what + " came with a time that is " + age + " off");
            return false;
        }
        String path = exchange.getRequestURI().getPath();
        Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
        arrivals.add(new Arrival(exchange.getRequestMethod(), path, new String(body, UTF_8), signed));
        return true;
    }

    private void send(HttpExchange exchange, WireAnswer answer) throws IOException {
        switch (answer.kind()) {
            case REPLY -> {
                byte[] bytes = answer.body().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            case HOLD -> holdBack();
            case DROP -> {
                // closing the exchange without a status line is what a caller sees as a lost reply
            }
        }
    }

    private void holdBack() {
        try {
            // the caller gives up long before; that cannot be seen from here
            closing.await(HOLD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
