package dev.kadao.engine;

import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Entry;
import dev.kadao.order.Money;
import dev.kadao.order.Stage;
import dev.kadao.policy.EngineSettings;
import dev.kadao.port.RiskPolicy;
import dev.kadao.port.RiskPolicy.RiskAnswer;
import dev.kadao.port.RiskPolicy.RiskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether a checkout may be placed, each adviser as any adapter is asked: bounded, with a breaker. One that fails, hangs
 * or throws lets the checkout through; where only too many ask at once, the answer is "busy", so that a crowd opens no gate.
 */
final class RiskAsking {
    private static final Logger LOG = LoggerFactory.getLogger(RiskAsking.class);

    private final @Nullable RiskPolicy policy;
    private final @Nullable RiskRuleBook book;
    private final Adapter policyAdapter;
    private final Adapter counterAdapter;
    private final @Nullable RiskReturns returns;
    private final Clockwork clockwork;
    private final EngineSettings settings;
    private final Seldom seldom;

    RiskAsking(RiskGuard guard, EngineParts parts, Clockwork clockwork, Seldom seldom) {
        this.policy = guard.policy();
        RiskGuard.Counted counted = guard.counted();
        this.book = counted == null ? null : new RiskRuleBook(counted, RiskRuleBook.openFor(parts.terms()));
        this.clockwork = clockwork;
        this.settings = parts.settings();
        this.seldom = seldom;
        this.policyAdapter = new Adapter("risk policy", clockwork, settings.slots(), settings.waiting());
        this.counterAdapter = new Adapter("risk counters", clockwork, settings.slots(), settings.waiting());
        this.returns = book == null
                ? null
                : new RiskReturns(
                        book, counterAdapter, clockwork, settings, RiskRuleBook.openFor(parts.terms()), seldom);
    }

    /** What is made of a checkout. */
    sealed interface Opinion {
        /**
         * It may be placed.
         *
         * @param hold why it is held once it is paid; null if it is not
         */
        record Placed(@Nullable String hold) implements Opinion {}

        record TurnedDown() implements Opinion {}

        record Busy() implements Opinion {}
    }

    /** @param request with an id */
    Opinion asked(Placement request) {
        RiskRequest question = question(request);
        if (book != null && book.isDenied(question)) {
            return turnedDown(question, "it is on the deny list");
        }
        Optional<RiskAnswer> ofPolicy = ofPolicy(question);
        if (ofPolicy.isEmpty()) {
            return new Opinion.Busy();
        }
        if (ofPolicy.get() instanceof RiskAnswer.Refused refused) {
            return turnedDown(question, refused.reason());
        }
        boolean byRules = book != null && !book.isAllowed(question);
        Optional<RiskAnswer> ofCounters = byRules ? ofCounters(question) : Optional.of(RiskAnswer.allow());
        if (ofCounters.isEmpty()) {
            return new Opinion.Busy();
        }
        if (ofCounters.get() instanceof RiskAnswer.Refused refused) {
            return turnedDown(question, refused.reason());
        }
        String byAmount = book != null && byRules ? book.holdByAmount(question) : null;
        String hold = Stream.of(ofPolicy.get(), ofCounters.get())
                .filter(RiskAnswer.Hold.class::isInstance)
                .map(answer -> ((RiskAnswer.Hold) answer).reason())
                .findFirst()
                .orElse(byAmount);
        return new Opinion.Placed(hold);
    }

    private Optional<RiskAnswer> ofPolicy(RiskRequest question) {
        RiskPolicy asked = policy;
        return asked == null
                ? Optional.of(RiskAnswer.allow())
                : heard(
                        policyAdapter,
                        question.checkout(),
                        () -> Optional.of(Objects.requireNonNull(asked.assess(question), "answered null")));
    }

    private Optional<RiskAnswer> ofCounters(RiskRequest question) {
        RiskRuleBook counted = Objects.requireNonNull(book);
        return heard(counterAdapter, question.checkout(), () -> counted.count(question));
    }

    /** Empty if too many ask at once. */
    private Optional<RiskAnswer> heard(Adapter adapter, CheckoutId id, Callable<Optional<RiskAnswer>> work) {
        Adapter.Entry entry = adapter.enter();
        if (entry instanceof Adapter.Shut shut) {
            boolean crowded = shut.isFull() && !adapter.isPaused();
            return crowded ? Optional.empty() : unheard(adapter, id, shut.reason());
        }
        CompletableFuture<Optional<RiskAnswer>> told = new CompletableFuture<>();
        ((Adapter.Ticket) entry)
                .call(new GuardedCall.Order<>(
                        "the placing of checkout " + id,
                        settings.callLimit(),
                        settings.busyAfter(),
                        work,
                        answer -> false,
                        reply -> told.complete(answer(adapter, id, reply))));
        boolean done = clockwork.await(told, settings.busyAfter().plus(settings.callLimit()));
        return done ? told.getNow(Optional.empty()) : Optional.empty();
    }

    private Optional<RiskAnswer> answer(Adapter adapter, CheckoutId id, Reply<Optional<RiskAnswer>> reply) {
        if (reply instanceof Reply.Answered<Optional<RiskAnswer>> answered) {
            return answered.value();
        }
        return reply instanceof Reply.NotBegun ? Optional.empty() : unheard(adapter, id, "it gave no answer");
    }

    private Optional<RiskAnswer> unheard(Adapter adapter, CheckoutId id, String why) {
        if (seldom.allows("unheard " + adapter.name(), Duration.ofMinutes(1))) {
            LOG.warn(
                    "checkout {} and perhaps others are placed without a word of the {}: {}. Nothing is refused or held"
                            + " by it until it answers again",
                    id,
                    adapter.name(),
                    why);
        }
        return Optional.of(RiskAnswer.allow());
    }

    private Opinion turnedDown(RiskRequest question, String reason) {
        if (seldom.allows("refused " + reason, Duration.ofSeconds(10))) {
            LOG.info("checkout {} and perhaps others are refused: {}", question.checkout(), reason);
        }
        return new Opinion.TurnedDown();
    }

    private static RiskRequest question(Placement request) {
        CheckoutId id = Objects.requireNonNull(request.id(), "a checkout is asked about by its id");
        Money total = request.lines().stream()
                .map(Placement.Line::amount)
                .reduce(Money::plus)
                .orElseThrow(() -> new IllegalArgumentException("checkout " + id + " has no orders"));
        return new RiskRequest(
                id,
                request.lines().stream()
                        .map(line -> new RiskPolicy.Line(line.sku(), line.quantity(), line.recipient(), line.amount()))
                        .toList(),
                total,
                request.account(),
                request.ip(),
                request.device());
    }

    /** Gives back what was taken for a checkout that was not placed. */
    void cancelled(CheckoutId id) {
        change(id, counted -> counted.cancelled(id));
    }

    /**
     * Keeps the places of unpaid orders as long as there are any, and gives them back then. What is not done because this
     * process ends lapses in time.
     */
    void written(StepEnd.Written written) {
        if (book == null || !book.countsOpenOrders()) {
            return;
        }
        Checkout checkout = written.held().checkout();
        if (isOpen(checkout)) {
            written.entries().stream()
                    .filter(Entry.PaymentRequested.class::isInstance)
                    .map(Entry.PaymentRequested.class::cast)
                    .forEach(requested -> prolong(checkout, written.at(), requested.deadline()));
        } else if (written.entries().stream().anyMatch(RiskAsking::mayEnd)) {
            change(checkout.id(), counted -> counted.ended(checkout.id()));
        }
    }

    private static boolean mayEnd(Entry entry) {
        return entry instanceof Entry.MoneyReceived
                || entry instanceof Entry.HoldReleased
                || entry instanceof Entry.OrderClosed
                || entry instanceof Entry.OrderRefunding;
    }

    private void prolong(Checkout checkout, Instant now, Instant deadline) {
        Duration lasting = Duration.between(now, deadline.plus(checkout.terms().closeGrace()));
        if (!lasting.isNegative() && !lasting.isZero()) {
            change(checkout.id(), counted -> counted.prolonged(checkout.id(), lasting));
        }
    }

    private static boolean isOpen(Checkout checkout) {
        return !checkout.isSettled()
                && checkout.orders().stream()
                        .anyMatch(order -> order.stage() == Stage.AWAITING_PAYMENT || order.stage() == Stage.ON_HOLD);
    }

    private void change(CheckoutId id, Consumer<RiskRuleBook> what) {
        if (returns != null) {
            returns.make(id, what);
        }
    }

    /** The names of those who are not asked for now. */
    Stream<String> paused() {
        return Stream.of(policyAdapter, counterAdapter)
                .filter(Adapter::isPaused)
                .map(Adapter::name);
    }
}
