package dev.kadao.examples.supplier;

import dev.kadao.order.Bytes;
import dev.kadao.port.Deadline;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Signed calls to the supplier. Each ends within its limit, or as soon as its thread is interrupted. */
final class MagpieCalls {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final MagpieAccount account;
    private final Duration limit;
    private final HttpClient client;

    MagpieCalls(MagpieAccount account, Duration limit) {
        this.account = account;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    /** How a call ended. The reasons are for operators: they quote nothing that the supplier sent. */
    sealed interface Outcome {
        String why();

        record Answered(int status, Bytes body) implements Outcome {
            @Override
            public String why() {
                return "status " + status;
            }
        }

        /** The supplier surely has nothing of it. */
        record NeverLeft(String why) implements Outcome {}

        /** It may have been carried out. */
        record NoAnswer(String why) implements Outcome {}
    }

    /** Sends an order, unless its deadline has passed. */
    Outcome submit(Map<String, String> fields, Deadline deadline) {
        HttpRequest request = signed("/order/submit", fields);
        // Checked just before writing: later, somebody else may have taken the send over.
        return deadline.isExpired() ? new Outcome.NeverLeft("the send deadline had passed") : run(request);
    }

    Outcome query(Map<String, String> fields) {
        return run(signed("/order/query", fields));
    }

    private HttpRequest signed(String path, Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put("merchant", account.merchant());
        form.put("time", Long.toString(Instant.now().getEpochSecond()));
        byte[] body = MagpieMessage.form(form);
        return HttpRequest.newBuilder(URI.create(account.endpoint() + path))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header(MagpieSignature.HEADER, MagpieSignature.of(account.requestKey(), body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private Outcome run(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new ShortBody());
        try {
            // Connecting, headers and body together: a time-out of the request itself would end with the headers.
            HttpResponse<byte[]> response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return new Outcome.Answered(response.statusCode(), Bytes.of(response.body()));
        } catch (TimeoutException e) {
            return new Outcome.NoAnswer("no answer within " + limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.NoAnswer("interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return failed(cause == null ? e : cause);
        } finally {
            // Drops the connection of a call that has not ended; does nothing to one that has.
            answer.cancel(true);
        }
    }

    private static Outcome failed(Throwable failure) {
        // Refused, host unknown, connect time-out: no byte was written. Nothing else proves that.
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
                ? new Outcome.NeverLeft("no connection")
                : new Outcome.NoAnswer(failure.getClass().getSimpleName());
    }
}
