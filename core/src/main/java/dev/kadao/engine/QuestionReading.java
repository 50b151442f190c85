package dev.kadao.engine;

import dev.kadao.order.Intent;
import dev.kadao.port.QuestionReader;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks a shop's reader of questions, as any adapter is asked: in bounded time, and whatever is no answer is none. */
public final class QuestionReading {
    private final QuestionReader reader;
    private final Adapter adapter;
    private final Clockwork clockwork;
    private final Duration limit;

    QuestionReading(QuestionReader reader, Adapter adapter, Clockwork clockwork, Duration limit) {
        this.reader = reader;
        this.adapter = adapter;
        this.clockwork = clockwork;
        this.limit = limit;
    }

    /** What it says; empty if it says nothing, fails, takes too long or is paused. */
    public Optional<Intent> read(String words, Locale locale) {
        if (!(adapter.enter() instanceof Adapter.Ticket ticket)) {
            return Optional.empty();
        }
        CompletableFuture<Optional<Intent>> told = new CompletableFuture<>();
        ticket.call(new GuardedCall.Order<Optional<Intent>>(
                "a question of a buyer",
                limit,
                limit,
                () -> Objects.requireNonNull(reader.read(words, locale), "answered null"),
                answer -> false,
                reply -> told.complete(
                        reply instanceof Reply.Answered<Optional<Intent>> answered
                                ? answered.value()
                                : Optional.empty())));
        clockwork.await(told, limit);
        return told.getNow(Optional.empty());
    }
}
