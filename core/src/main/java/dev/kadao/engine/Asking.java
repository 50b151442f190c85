package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a gateway out of turn and waits for its word, which is recorded like any other. One question a part at a time. */
final class Asking {
    private static final int MOST_TRIES = 3;

    private final GatewayCalls calls;
    private final Flights flights;
    private final Clockwork clockwork;
    private final Duration limit;

    /** @param limit how long one question may take in all */
    Asking(GatewayCalls calls, Flights flights, Clockwork clockwork, Duration limit) {
        this.calls = calls;
        this.flights = flights;
        this.clockwork = clockwork;
        this.limit = limit;
    }

    PaymentWord aboutPayment(Held held, int payment) {
        Effect.QueryPayment query = new Effect.QueryPayment(payment);
        PaymentWord word = answer(held, query, heard -> calls.query(held, query, heard));
        return word == null ? new PaymentWord.Unknown("no answer in time") : word;
    }

    RefundAnswer aboutRefund(Held held, int refund) {
        Effect.QueryRefund query = new Effect.QueryRefund(refund);
        RefundAnswer answer = answer(held, query, heard -> calls.queryRefund(held, query, heard));
        return answer == null ? new RefundAnswer.Unknown("no answer in time") : answer;
    }

    private <T> @Nullable T answer(Held held, Effect query, Consumer<Consumer<T>> call) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            boolean ours = flights.begin(held.id(), query.part());
            CompletableFuture<T> heard = new CompletableFuture<>();
            if (ours) {
                begin(held, query, call, heard);
            }
            // It lands when the answer is stored, so that whoever reads the checkout then finds it there.
            boolean landed = clockwork.await(flights.landing(held.id(), query.part()), limit);
            if (ours || !landed) {
                return heard.getNow(null);
            }
        }
        return null;
    }

    private <T> void begin(Held held, Effect query, Consumer<Consumer<T>> call, CompletableFuture<T> heard) {
        try {
            call.accept(heard::complete);
        } catch (RuntimeException e) {
            flights.end(held.id(), query.part());
            throw e;
        }
    }
}
