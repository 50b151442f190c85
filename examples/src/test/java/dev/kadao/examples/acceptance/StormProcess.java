package dev.kadao.examples.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The suppliers of the storm as a child process, and the record that they write. */
final class StormProcess implements AutoCloseable {
    /** The card shop's margin: what a supplier may take for too old. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    private static final Pattern LISTENING =
            Pattern.compile("^storm: listening on (http://127\\.0\\.0\\.1:[0-9]+)\\R", Pattern.MULTILINE);

    private final ChildProcess process;
    private final URI uri;
    private final Path record;

    private StormProcess(ChildProcess process, URI uri, Path record) {
        this.process = process;
        this.uri = uri;
        this.record = record;
    }

    static StormProcess start(Path home, long seed, boolean refusesLate, List<URI> shops) {
        Path record = home.resolve("suppliers.record");
        ChildProcess process = ChildProcess.launch(
                home,
                "storm",
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // Else each small answer waits 40 ms for the acknowledgement of its headers.
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StormSupplier.class.getName(),
                        Long.toString(seed),
                        MARGIN.toString(),
                        Boolean.toString(refusesLate),
                        record.toString(),
                        shops.stream().map(URI::toString).collect(Collectors.joining(","))));
        StormProcess started = new StormProcess(process, URI.create(process.awaitOutput(LISTENING)), record);
        started.warmUp();
        return started;
    }

    /** So that the first orders do not wait for classes to be loaded: on a busy machine for longer than the margin. */
    private void warmUp() {
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < 100; i++) {
            SignedHeaders headers = SignedHeaders.of(StormSupplier.secretOf("a"), "");
            HttpRequest question = HttpRequest.newBuilder(URI.create(uri + "/a/orders/warm_1_1"))
                    .header(SignedHeaders.TIMESTAMP, headers.timestamp())
                    .header(SignedHeaders.SIGNATURE, headers.signature())
                    .build();
            try {
                http.send(question, BodyHandlers.discarding());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while the suppliers warm up", e);
            }
        }
    }

    /** The suppliers as the shops know them, with short patience: every order ends within half a minute. */
    ShopConfig addTo(ShopConfig config) {
        for (String name : StormSupplier.NAMES) {
            String prefix = "supplier." + name + ".";
            config.with(prefix + "endpoint", uri + "/" + name)
                    .with(prefix + "secret", StormSupplier.secretOf(name))
                    .with(prefix + "timeout", "PT0.3S")
                    .with(prefix + "processing", "PT12S");
        }
        return config.with("supplier.b.guarantee", "idempotent")
                .with("supplier.b.key-lifetime", StormSupplier.KEY_LIFETIME.toString())
                .with("supplier.c.guarantee", "at-most-once")
                .with("supplier.d.not-found-is-final", "true")
                // Longer than its margin and than it hides what it has: only then is its "not found" final.
                .with("supplier.d.settle", "PT3S")
                .with("supplier.a.settle", "PT1S")
                .with("supplier.b.settle", "PT1S")
                .with("supplier.a.query", "PT0.2S,PT0.5S,PT1S")
                .with("supplier.b.query", "PT0.2S,PT0.5S,PT1S")
                .with("supplier.d.query", "PT0.2S,PT0.5S,PT1S")
                .with("supplier.a.patience", "PT4S")
                .with("supplier.b.patience", "PT4S")
                .with("supplier.a.horizon", "PT15S")
                .with("supplier.b.horizon", "PT15S")
                .with("supplier.d.horizon", "PT20S");
    }

    /** Waits until the suppliers have done and told everything. */
    void awaitQuiet() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri + "/quiet"))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        Waiting.within(Duration.ofMinutes(3), "the suppliers have nothing left to do")
                .pollInterval(Duration.ofMillis(200))
                .until(() -> pending(http, request) == 0);
    }

    private static int pending(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        return Json.read(http.send(request, BodyHandlers.ofString()).body())
                .path("pending")
                .asInt(-1);
    }

    List<StormRecord.Line> record() {
        return StormRecord.read(record);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }
}
