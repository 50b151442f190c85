package dev.kadao.wire;

import dev.kadao.order.Bytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * One HTTP exchange that ends within its limit, connect, headers and body together, and whose failures are told by
 * their kind alone: the messages of exceptions may quote what the peer sent. Thread-safe.
 */
public final class Exchange {
    public static final int BODY_LIMIT_BYTES = 1 << 20;

    private final HttpClient client;
    private final Duration limit;

    /**
     * Makes a client of its own.
     *
     * @param connectTimeout how long connecting may take
     * @param limit how long the whole may take
     */
    public Exchange(Duration connectTimeout, Duration limit) {
        // HTTP/1.1: with HTTP/2 allowed, each first request to a plain-text endpoint would carry h2c upgrade headers,
        // and HTTP/2 has repetitions of its own. No authenticator: it would repeat a request on 401.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
        this.limit = limit;
    }

    /** How an exchange ended. */
    public sealed interface Outcome {
        record Answered(int status, HttpHeaders headers, Bytes body) implements Outcome {
            /** Shows no content. */
            @Override
            public String toString() {
                return "Answered(" + status + ", " + body.size() + " bytes)";
            }
        }

        /** No answer in full; {@code why} names the kind of failure. */
        record Failed(String why) implements Outcome {}
    }

    /** Sends the request and waits for the answer in full; never throws, and keeps an interrupt for the caller. */
    public Outcome run(HttpRequest request) {
        return run(request, limit);
    }

    /** As {@link #run(HttpRequest)}, for one of several exchanges that share a limit: within what is left of it. */
    public Outcome run(HttpRequest request, Duration left) {
        Duration within = left.compareTo(limit) < 0 ? left : limit;
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new BoundedBody(BODY_LIMIT_BYTES));
        try {
            // The request's own timeout would end with the headers; a body may then trickle in for ever.
            HttpResponse<byte[]> response = answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return new Outcome.Answered(response.statusCode(), response.headers(), Bytes.of(response.body()));
        } catch (TimeoutException e) {
            return new Outcome.Failed("no full answer within " + within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            return new Outcome.Failed(kindOf(e.getCause() == null ? e : e.getCause()));
        } finally {
            // Drops the connection of an exchange that has not ended; does nothing to one that has.
            answer.cancel(true);
        }
    }

    private static String kindOf(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "connect time-out";
        }
        if (failure instanceof ConnectException) {
            return isUnresolved(failure) ? "host name not resolved" : "connection refused";
        }
        if (failure instanceof BoundedBody.TooLongException) {
            return "answer longer than " + BODY_LIMIT_BYTES + " bytes";
        }
        if (failure instanceof SSLException) {
            return "TLS failure (" + failure.getClass().getSimpleName() + ")";
        }
        if (failure instanceof ProtocolException) {
            return "answer is no HTTP";
        }
        return failure instanceof IOException
                ? "connection lost (" + failure.getClass().getSimpleName() + ")"
                : "failure of the HTTP client (" + failure.getClass().getSimpleName() + ")";
    }

    private static boolean isUnresolved(Throwable failure) {
        return failure.getCause() instanceof UnresolvedAddressException;
    }
}
