package dev.kadao.gateways.shared;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kadao.wire.UnreadableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A gateway on loopback that takes forms and queries, and remembers what it was asked. */
public final class FormStandIn implements AutoCloseable {
    /** A request that came in full. */
    public record Asked(
            String method,
            String path,
            Map<String, List<String>> headers,
            SortedMap<String, String> query,
            SortedMap<String, String> form) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(values -> String.join(", ", values));
        }

        public String line() {
            return method + " " + path;
        }
    }

    /** What is answered. */
    public record Said(int status, String body) {}

    /** The gateway's own rules. */
    public interface Rules {
        Said answer(Asked asked) throws Exception;
    }

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Rules rules;

    public FormStandIn(Rules rules) {
        this.rules = rules;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on other rules hold. */
    public void now(Rules next) {
        rules = next;
    }

    public List<Asked> asked() {
        return asked;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Said said = answer(exchange);
            byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Said answer(HttpExchange exchange) throws IOException {
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String query = exchange.getRequestURI().getRawQuery();
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    form(query == null ? "" : query),
                    form(new String(body, StandardCharsets.ISO_8859_1)));
            asked.add(request);
            return rules.answer(request);
        } catch (Exception e) {
            failures.add(e);
            return new Said(500, "{}");
        }
    }

    private static SortedMap<String, String> form(String text) throws UnreadableException {
        return Form.read(text).sorted();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the stand-in is still busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the stand-in failed", failures.get(0));
        }
    }
}
