package dev.kadao.examples.cardshop.sandbox;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Signed calls to one address, each within a limit from connecting to the last byte of the answer. Thread-safe. */
final class SignedCalls {
    static final int BODY_LIMIT_BYTES = 1 << 20;

    private final String address;
    private final Secret secret;
    private final Duration limit;
    private final InstantSource clock;
    private final HttpClient client;

    SignedCalls(URI address, Secret secret, Duration limit, InstantSource clock) {
        this.address = address.toString().replaceAll("/+$", "");
        this.secret = secret;
        this.limit = limit;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
    }

    record Reply(int status, Bytes body) {}

    /** There is no answer in full; the message names the kind of failure and quotes nobody. */
    static final class NoReplyException extends Exception {
        private static final long serialVersionUID = 1L;

        NoReplyException(String message) {
            super(message);
        }
    }

    Reply get(String path) throws NoReplyException {
        return call("GET", path, new byte[0]);
    }

    Reply post(String path, byte[] body) throws NoReplyException {
        return call("POST", path, body);
    }

    private Reply call(String method, String path, byte[] body) throws NoReplyException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", "application/json; charset=utf-8");
        }
        SignedMessage.headers(secret, clock.instant(), body).forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(), head -> new BoundedBody());
        try {
            HttpResponse<byte[]> response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return new Reply(response.statusCode(), Bytes.of(response.body()));
        } catch (TimeoutException e) {
            throw new NoReplyException("no full answer within " + limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoReplyException("interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NoReplyException("the call failed: " + cause.getClass().getSimpleName());
        } finally {
            // Drops the connection of a call that has not ended; does nothing to one that has.
            answer.cancel(true);
        }
    }

    /** Collects a body up to the limit and drops the connection beyond it. */
    private static final class BoundedBody implements BodySubscriber<byte[]> {
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription connection) {
            subscription = connection;
            connection.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                collected.writeBytes(bytes);
            }
            if (collected.size() > BODY_LIMIT_BYTES && subscription != null) {
                subscription.cancel();
                body.completeExceptionally(new IOException("the answer is over " + BODY_LIMIT_BYTES + " bytes"));
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(collected.toByteArray());
        }
    }
}
