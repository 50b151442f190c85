package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends the notices of the storm's suppliers to one shop after the other, until one has stored them. */
final class StormNotices {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration GAP = Duration.ofMillis(400);
    private static final int MOST_TRIES = 150;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final List<URI> shops;
    private final StormRecord record;
    private final ScheduledExecutorService later;
    private final AtomicInteger pending;

    StormNotices(List<URI> shops, StormRecord record, ScheduledExecutorService later, AtomicInteger pending) {
        this.shops = shops;
        this.record = record;
        this.later = later;
        this.pending = pending;
    }

    void send(String supplier, String reference, String body, Duration after) {
        pending.incrementAndGet();
        attempt(supplier, reference, body, after, 0);
    }

    private void attempt(String supplier, String reference, String body, Duration after, int tries) {
        later.schedule(() -> post(supplier, reference, body, tries), after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void post(String supplier, String reference, String body, int tries) {
        URI shop = shops.get((tries + (reference.hashCode() & 7)) % shops.size());
        SignedHeaders headers = SignedHeaders.of(StormSupplier.secretOf(supplier), body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(shop + "/notify/supplier/" + supplier))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header(SignedHeaders.TIMESTAMP, headers.timestamp())
                .header(SignedHeaders.SIGNATURE, headers.signature())
                .POST(BodyPublishers.ofString(body, UTF_8))
                .build();
        http.sendAsync(request, BodyHandlers.discarding())
                .whenComplete((answer, failure) -> answered(supplier, reference, body, tries, answer));
    }

    private void answered(
            String supplier, String reference, String body, int tries, @Nullable HttpResponse<Void> answer) {
        int status = answer == null ? 0 : answer.statusCode();
        boolean again = status != 200 && status / 100 != 4;
        if (again && tries < MOST_TRIES) {
            attempt(supplier, reference, body, GAP, tries + 1);
            return;
        }
        if (status != 200) {
            Instant now = Instant.now();
            record.write(new StormRecord.Line(now, StormRecord.Word.UNWELCOME, supplier, reference, now));
        }
        pending.decrementAndGet();
    }
}
