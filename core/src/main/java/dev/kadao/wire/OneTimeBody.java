package dev.kadao.wire;

import dev.kadao.port.Deadline;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request body that is handed to the connection once at most, and not after its deadline. The JDK's client repeats
 * requests by itself: after a failed connect (unless {@code jdk.httpclient.disableRetryConnect}), and after a
 * connection that was reset before the first byte of an answer, a POST too where
 * {@code -Djdk.httpclient.enableAllMethodRetry} is set for the whole process. The first repeats nothing, since nothing
 * was written; the second could buy twice. It needs the body again, and does not get it: the peer then sees headers
 * whose body never comes, which no server takes for an order.
 *
 * <p>For the same reason a body that was never handed out means that the order was surely not sent.
 */
public final class OneTimeBody implements BodyPublisher {
    private enum State {
        WAITING,
        HANDED_OUT,
        LATE,
        WITHDRAWN
    }

    private final BodyPublisher content;
    private final Deadline deadline;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    public OneTimeBody(byte[] content, Deadline deadline) {
        this.content = BodyPublishers.ofByteArray(content);
        this.deadline = deadline;
    }

    @Override
    public long contentLength() {
        return content.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> connection) {
        State next = deadline.isExpired() ? State.LATE : State.HANDED_OUT;
        if (state.compareAndSet(State.WAITING, next) && next == State.HANDED_OUT) {
            content.subscribe(connection);
        } else {
            connection.onSubscribe(NOTHING);
            connection.onError(new IOException("the request body is not handed out: " + state.get()));
        }
    }

    /** Keeps the body from being handed out from now on; true if it never was, so that nothing was sent. */
    public boolean withdraw() {
        state.compareAndSet(State.WAITING, State.WITHDRAWN);
        return state.get() != State.HANDED_OUT;
    }

    /** Whether the connection was ready only after the deadline. */
    public boolean wasLate() {
        return state.get() == State.LATE;
    }

    private static final Flow.Subscription NOTHING = new Flow.Subscription() {
        @Override
        public void request(long items) {}

        @Override
        public void cancel() {}
    };
}
