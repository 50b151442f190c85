package dev.kadao.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two suppliers behind real sockets. B hands over after {@value #MILLIS} ms; A does the same, or takes requests and
 * never answers, until it is told to let them go.
 */
final class TwoSuppliers implements AutoCloseable {
    static final int MILLIS = 3;

    static {
        // Else each small answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Executor later = CompletableFuture.delayedExecutor(MILLIS, TimeUnit.MILLISECONDS, threads);
    private final List<HttpExchange> held = new ArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final HttpServer server;
    private boolean hanging;

    TwoSuppliers(boolean aHangs) throws IOException {
        hanging = aHangs;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.createContext("/a/", this::a);
        server.createContext("/b/", this::b);
        server.setExecutor(threads);
        server.start();
    }

    String endpoint(String supplier) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + supplier;
    }

    /** How many requests A took without answering. */
    int taken() {
        return taken.get();
    }

    private void a(HttpExchange exchange) throws IOException {
        if (!hold(exchange)) {
            b(exchange);
        }
    }

    private synchronized boolean hold(HttpExchange exchange) {
        if (hanging) {
            taken.incrementAndGet();
            held.add(exchange);
        }
        return hanging;
    }

    /** A closes what it holds and answers from now on. */
    synchronized void letGo() {
        hanging = false;
        held.forEach(HttpExchange::close);
        held.clear();
    }

    private void b(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        later.execute(() -> answer(exchange));
    }

    private static void answer(HttpExchange exchange) {
        byte[] body = "{\"state\":\"success\",\"supplierOrder\":\"s1\",\"proof\":\"receipt 4711\"}"
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            System.err.println("nobody waited for an answer any more: " + e);
        }
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
