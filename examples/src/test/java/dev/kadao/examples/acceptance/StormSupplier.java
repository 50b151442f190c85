package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The suppliers of the storm, a program of its own: {@code /a} and {@code /d} can be asked and supply again whatever
 * they are sent again, {@code /b} is idempotent for a while, {@code /c} promises nothing. {@code GET /quiet} answers how
 * much they still have to do. It ends with its standard input.
 */
final class StormSupplier {
    /** How long {@code b} remembers a reference. */
    static final Duration KEY_LIFETIME = Duration.ofSeconds(15);

    /** How long {@code d} may hide what it has: with the margin below the time after which its word is final. */
    private static final Duration HIDDEN_BRIEFLY = Duration.ofMillis(800);

    /** How long the others may: beyond the time from which they can be asked, below the shop's patience. */
    private static final Duration HIDDEN = Duration.ofMillis(2_500);

    static final List<String> NAMES = List.of("a", "b", "c", "d");

    private static final int THREADS = 32;

    private final StormRecord record;
    private final StormBooks books;
    private final String name;
    private final ScheduledExecutorService later;
    private final AtomicInteger pending;

    private StormSupplier(
            String name, StormRecord record, StormBooks books, ScheduledExecutorService later, AtomicInteger pending) {
        this.name = name;
        this.record = record;
        this.books = books;
        this.later = later;
        this.pending = pending;
    }

    static String secretOf(String name) {
        return "storm-secret-of-" + name + "-5d0c";
    }

    /** Arguments: seed, margin, whether late requests are refused, record file, the shops with commas between. */
    public static void main(String[] args) throws IOException {
        long seed = Long.parseLong(args[0]);
        Duration margin = Duration.parse(args[1]);
        boolean refusesLate = Boolean.parseBoolean(args[2]);
        StormRecord record = StormRecord.appendTo(Path.of(args[3]));
        List<URI> shops = Arrays.stream(args[4].split(",", -1)).map(URI::create).toList();
        ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
        AtomicInteger pending = new AtomicInteger();
        StormNotices notices = new StormNotices(shops, record, later, pending);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1_000);
        for (String name : NAMES) {
            Duration idempotence = name.equals("b") ? KEY_LIFETIME : Duration.ZERO;
            Duration hidden = name.equals("d") ? HIDDEN_BRIEFLY : HIDDEN;
            StormBooks.Ways ways = new StormBooks.Ways(name, seed, idempotence, hidden, margin, refusesLate);
            StormBooks books = new StormBooks(ways, record, notices, later, pending);
            StormSupplier supplier = new StormSupplier(name, record, books, later, pending);
            server.createContext("/" + name + "/orders", supplier::handle);
        }
        server.createContext(
                "/quiet",
                exchange -> reply(exchange, WireAnswer.reply(Json.object().put("pending", pending.get()))));
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.start();
        Json.read("{\"warm\":\"up\"}");
        System.out.println(
                "storm: listening on http://127.0.0.1:" + server.getAddress().getPort());
        System.out.flush();
        while (System.in.read() >= 0) {
            // Whoever started this keeps the other end open for as long as he lives.
        }
        System.exit(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Instant signed = signedTime(exchange, body);
        if (signed.equals(Instant.MIN)) {
            String path = exchange.getRequestURI().getPath();
            record.write(new StormRecord.Line(
                    Instant.now(), StormRecord.Word.FORGED, name, path.replace("/", "_"), Instant.EPOCH));
            reply(exchange, WireAnswer.status(401));
            return;
        }
        String path = exchange.getRequestURI().getPath();
        StormBooks.Reply answer = exchange.getRequestMethod().equals("POST")
                ? books.order(Json.read(new String(body, UTF_8)), signed)
                : books.query(path.substring(path.lastIndexOf('/') + 1));
        pending.incrementAndGet();
        later.schedule(
                () -> {
                    try {
                        reply(exchange, answer.answer());
                    } finally {
                        pending.decrementAndGet();
                    }
                },
                answer.after().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private Instant signedTime(HttpExchange exchange, byte[] body) {
        String timestamp = exchange.getRequestHeaders().getFirst(SignedHeaders.TIMESTAMP);
        String signature = exchange.getRequestHeaders().getFirst(SignedHeaders.SIGNATURE);
        boolean isSigned = timestamp != null
                && signature != null
                && timestamp.matches("[0-9]{1,12}")
                && new SignedHeaders(timestamp, signature).fits(secretOf(name), body);
        return isSigned ? Instant.ofEpochSecond(Long.parseLong(timestamp)) : Instant.MIN;
    }

    private static void reply(HttpExchange exchange, WireAnswer answer) {
        try (exchange) {
            if (answer.kind() == WireAnswer.Kind.REPLY) {
                byte[] bytes = answer.body().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        } catch (IOException e) {
            System.err.println("nobody waited for an answer any more: " + e);
        }
    }
}
