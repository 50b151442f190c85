package dev.kadao.examples.supplier;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects an answer of at most 64 KiB; a longer one fails, and its connection is dropped. */
final class ShortBody implements BodySubscriber<byte[]> {
    private static final int MOST_BYTES = 64 * 1024;

    private final BodySubscriber<byte[]> all = BodySubscribers.ofByteArray();
    private @Nullable Subscription connection;
    private int bytes;

    @Override
    public CompletionStage<byte[]> getBody() {
        return all.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        connection = subscription;
        all.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        bytes += buffers.stream().mapToInt(ByteBuffer::remaining).sum();
        if (bytes <= MOST_BYTES) {
            all.onNext(buffers);
        } else if (connection != null) {
            connection.cancel();
            onError(new IOException("the answer is longer than " + MOST_BYTES + " bytes"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        all.onError(failure);
    }

    @Override
    public void onComplete() {
        all.onComplete();
    }
}
