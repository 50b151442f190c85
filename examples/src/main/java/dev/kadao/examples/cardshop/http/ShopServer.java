package dev.kadao.examples.cardshop.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's HTTP server with limits. A request has 10 seconds to arrive completely and 1 MiB for its body. The JDK's
 * server reads with one blocked thread a request, so there are far more threads than slow clients are expected; a
 * connection beyond them is closed at once. Safe for use by several threads.
 */
public final class ShopServer implements AutoCloseable {
    /** Most bytes of a body. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private static final int MAX_THREADS = 1024;
    private static final Logger LOG = LoggerFactory.getLogger(ShopServer.class);

    static {
        // Read once by the JDK when its server's classes are loaded; a value given on Java's command line stays.
        setUnlessGiven("sun.net.httpserver.maxReqTime", "10");
        setUnlessGiven("sun.net.httpserver.maxRspTime", "60");
        setUnlessGiven("sun.net.httpserver.idleInterval", "30");
        setUnlessGiven("sun.net.httpserver.maxIdleConnections", "1024");
        setUnlessGiven("sun.net.httpserver.nodelay", "true");
        // A client that is told 413 while it still sends must be able to read so: what it sends is read and dropped.
        setUnlessGiven("sun.net.httpserver.drainAmount", String.valueOf(16 << 20));
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final SecureRandom random = new SecureRandom();

    private ShopServer(HttpServer server) {
        this.server = server;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(8, MAX_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "http-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes the port, so that it is known and nobody else's, but answers nobody before {@link #start}. */
    public static ShopServer bind(InetSocketAddress address) throws IOException {
        return new ShopServer(HttpServer.create(address, 1024));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void start(Router router) {
        server.createContext("/", exchange -> serve(router, exchange));
        server.setExecutor(threads);
        server.start();
    }

    /** Stops at once; requests that are being answered are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(Router router, HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(router, exchange));
        } catch (IOException e) {
            // The client is gone or was too slow; there is nobody left to tell.
            LOG.debug("A connection ended before its answer was sent: {}", e.toString());
        }
    }

    private Response answer(Router router, HttpExchange exchange) {
        String rawPath = exchange.getRequestURI().getRawPath();
        try {
            Router.Match match = router.find(exchange.getRequestMethod(), rawPath == null ? "" : rawPath);
            @Nullable String rawQuery = exchange.getRequestURI().getRawQuery();
            Request request = new Request(
                    exchange.getRequestMethod(),
                    match.values(),
                    rawQuery == null ? "" : rawQuery,
                    exchange.getRequestHeaders(),
                    body(exchange),
                    exchange.getRemoteAddress());
            return match.handler().answer(request);
        } catch (Problem problem) {
            return problem.toResponse();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            byte[] bytes = new byte[6];
            random.nextBytes(bytes);
            String reference = HexFormat.of().formatHex(bytes);
            LOG.error(
                    "{} {} failed, reference {}",
                    exchange.getRequestMethod(),
                    Quoted.of(String.valueOf(rawPath)),
                    reference,
                    e);
            return new Problem(
                            500,
                            "The shop failed to answer; nothing is known about what was done. Try again, and if it"
                                    + " fails again, give the operator the reference " + reference + ".")
                    .toResponse();
        }
    }

    private static byte[] body(HttpExchange exchange) {
        @Nullable String declared = exchange.getRequestHeaders().getFirst("Content-Length");
        if (declared != null && isTooLong(declared.strip())) {
            throw tooLarge();
        }
        try {
            InputStream in = exchange.getRequestBody();
            byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                throw tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw Problem.badRequest("The body could not be read to its end; send it completely and within 10 s.");
        }
    }

    private static boolean isTooLong(String declared) {
        String digits = declared.replaceFirst("^0+", "");
        return digits.matches("[0-9]{8,}")
                || (digits.matches("[0-9]{1,7}") && Integer.parseInt(digits) > MAX_BODY_BYTES);
    }

    private static Problem tooLarge() {
        return new Problem(413, "The body is over 1 MiB (1048576 bytes); send less at once.");
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = response.body();
        boolean bare = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bare ? -1 : body.length);
        if (!bare) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static void setUnlessGiven(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
