package dev.kadao.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks outside whether recipients exist, as any adapter is asked. Whatever is no clear complaint is none. */
final class RecipientAsking {
    private final Ports ports;
    private final Clockwork clockwork;
    private final Duration limit;

    RecipientAsking(Ports ports, Clockwork clockwork, Duration limit) {
        this.ports = ports;
        this.clockwork = clockwork;
        this.limit = limit;
    }

    /** What is asked about. */
    record Question(String sku, String recipient) {
        @Override
        public String toString() {
            return "Question(" + sku + ")";
        }
    }

    boolean asks() {
        return ports.checker() != null;
    }

    /** What is wrong, in the order of the questions. Waits once for all of them, and no longer than for one call. */
    List<Optional<String>> complaints(List<Question> questions) {
        Ports.Checker checker = ports.checker();
        if (checker == null) {
            return questions.stream().map(question -> Optional.<String>empty()).toList();
        }
        Map<Question, CompletableFuture<Optional<String>>> told = new LinkedHashMap<>();
        List<CompletableFuture<Optional<String>>> each = questions.stream()
                .map(question -> told.computeIfAbsent(question, once -> asked(checker, once)))
                .toList();
        clockwork.await(CompletableFuture.allOf(each.toArray(CompletableFuture[]::new)), limit);
        return each.stream().map(said -> said.getNow(Optional.empty())).toList();
    }

    private CompletableFuture<Optional<String>> asked(Ports.Checker checker, Question question) {
        CompletableFuture<Optional<String>> told = new CompletableFuture<>();
        if (!(checker.adapter().enter() instanceof Adapter.Ticket ticket)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        ticket.call(new GuardedCall.Order<Optional<String>>(
                "a question about a recipient of SKU '" + question.sku() + "'",
                limit,
                limit,
                () -> Objects.requireNonNull(checker.port().ask(question.sku(), question.recipient()), "answered null"),
                answer -> false,
                reply -> told.complete(
                        reply instanceof Reply.Answered<Optional<String>> answered
                                ? answered.value()
                                : Optional.empty())));
        return told;
    }
}
