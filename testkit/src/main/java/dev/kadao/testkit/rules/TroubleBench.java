package dev.kadao.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Request;
import dev.kadao.port.QueryableDispatcher;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** An adapter that can be put in front of any address, and an order to send. */
public final class TroubleBench {
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final BiFunction<URI, Duration, Optional<Dispatcher>> at;
    private final Request order;

    /**
     * @param at the adapter on trial in front of an address, with a limit to each call; empty if it speaks no HTTP
     */
    public TroubleBench(BiFunction<URI, Duration, Optional<Dispatcher>> at, Request order) {
        this.at = at;
        this.order = order;
    }

    Request order() {
        return order;
    }

    /** What becomes of an order that is sent to somebody of these manners, who gets it once at most. */
    Answer sentTo(RudePeer.Manner manner, Duration limit) {
        try (RudePeer peer = RudePeer.that(manner)) {
            Answer answer = sentTo(peer.address(), limit);
            assertThat(peer.requests()).as("requests that arrived").isLessThanOrEqualTo(1);
            return answer;
        }
    }

    Answer sentTo(RudePeer.Manner manner) {
        return sentTo(manner, AMPLE);
    }

    Answer sentTo(URI address, Duration limit) {
        Dispatcher adapter = adapter(address, limit);
        return answerOf(() -> adapter.dispatch(order, Deadline.in(Duration.ofMinutes(5))));
    }

    /** What a question to somebody of these manners comes to; empty if the adapter asks no questions. */
    Optional<Answer> askedOf(RudePeer.Manner manner, Duration limit) {
        try (RudePeer peer = RudePeer.that(manner)) {
            return askedOf(peer.address(), limit);
        }
    }

    Optional<Answer> askedOf(RudePeer.Manner manner) {
        return askedOf(manner, AMPLE);
    }

    Optional<Answer> askedOf(URI address, Duration limit) {
        return adapter(address, limit) instanceof QueryableDispatcher queryable
                ? Optional.of(answerOf(() -> queryable.query(order.reference())))
                : Optional.empty();
    }

    private Dispatcher adapter(URI address, Duration limit) {
        return at.apply(address, limit)
                .orElseThrow(() -> new TestAbortedException("this adapter cannot be put in front of an address"));
    }

    /** What an adapter throws counts as unknown; its message is never shown. */
    private static Answer answerOf(Supplier<@Nullable Answer> call) {
        Answer answer;
        try {
            answer = call.get();
        } catch (RuntimeException e) {
            return new Answer.Unknown("it threw " + e.getClass().getName());
        }
        if (answer == null) {
            throw new AssertionError("the adapter answered null");
        }
        return answer;
    }
}
