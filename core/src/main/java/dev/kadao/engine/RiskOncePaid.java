package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.order.Checkout;
import dev.kadao.order.Commitment;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.IfSilent;
import dev.kadao.port.PaidRiskPolicy;
import dev.kadao.port.PaidRiskPolicy.PaidRequest;
import dev.kadao.port.RiskPolicy;
import dev.kadao.port.RiskPolicy.RiskAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about the risk of what is paid. The order waits for the answer, which is an event like any other, so that the first
 * one written counts and a killed process asks again. Nobody waits for long: silence is an answer too.
 */
final class RiskOncePaid {
    private static final Logger LOG = LoggerFactory.getLogger(RiskOncePaid.class);
    /** How often is asked where no answer comes, unless nobody is asked for now. */
    private static final int MOST_SILENCES = 3;
    /** How often is asked where too many count the same at once: a crowd opens no gate, but it ends. */
    private static final int MOST_CROWDED = 10;

    private static final String SILENT = "no answer from those who are asked about risk";

    private final @Nullable PaidRiskPolicy policy;
    private final @Nullable RiskRuleBook book;
    private final IfSilent ifSilent;
    private final @Nullable Adapter adapter;
    private final Calls calls;
    private final Duration limit;
    private final Seldom seldom;

    RiskOncePaid(EngineParts parts, Calls calls, Clockwork clockwork, Seldom seldom) {
        RiskGuard guard = parts.risk();
        boolean asks = guard != null && guard.asksOncePaid();
        EngineSettings settings = parts.settings();
        RiskGuard.Counted counted = guard == null ? null : guard.counted();
        this.policy = guard == null ? null : guard.oncePaid();
        this.book = counted == null ? null : new RiskRuleBook(counted, RiskRuleBook.openFor(parts.terms()));
        this.ifSilent = guard == null ? IfSilent.LETS_THROUGH : guard.ifSilent();
        this.adapter = asks ? new Adapter("risk once paid", clockwork, settings.slots(), settings.waiting()) : null;
        this.calls = calls;
        this.limit = settings.callLimit();
        this.seldom = seldom;
    }

    /** Whether anybody is asked about checkouts that are placed from now on. */
    boolean asks() {
        return adapter != null;
    }

    /** Its name, if it is not asked for now. */
    Stream<String> paused() {
        return adapter != null && adapter.isPaused() ? Stream.of(adapter.name()) : Stream.empty();
    }

    /**
     * What was heard.
     *
     * @param hold why it is held; null if it is not
     * @param missing why there is no answer; null if there is one
     */
    private record Heard(@Nullable String hold, @Nullable String missing, int tries) {
        static Heard answered(@Nullable String hold) {
            return new Heard(hold, null, 0);
        }
    }

    void assess(Held held, Effect.AssessRisk effect) {
        calls.ask(
                adapter,
                "who is asked about risk once paid",
                new Calls.Question<Heard>(
                        held.id(),
                        effect,
                        limit,
                        () -> heard(question(held)),
                        heard -> false,
                        reason -> new Heard(null, reason, MOST_SILENCES),
                        (now, at, heard) -> Change.of(now, said(now, at, heard))));
    }

    /** Somebody who fails leaves the others their say: what one of them holds is held. */
    private Heard heard(PaidRequest request) {
        String hold = null;
        boolean crowded = false;
        RuntimeException failed = null;
        if (book != null) {
            try {
                Optional<RiskAnswer> counted = book.oncePaid(request);
                crowded = counted.isEmpty();
                hold = counted.map(RiskOncePaid::hold).orElse(null);
            } catch (RuntimeException e) {
                failed = e;
            }
        }
        if (policy != null) {
            try {
                String own = hold(Objects.requireNonNull(policy.assess(request), "answered null"));
                hold = hold == null ? own : hold;
            } catch (RuntimeException e) {
                failed = e;
            }
        }
        if (hold == null && failed != null) {
            throw failed;
        }
        return hold == null && crowded ? new Heard(null, "too many at once", MOST_CROWDED) : Heard.answered(hold);
    }

    /** What is paid is never refused. */
    private static @Nullable String hold(RiskAnswer answer) {
        if (answer instanceof RiskAnswer.Refused refused) {
            return refused.reason();
        }
        return answer instanceof RiskAnswer.Hold hold ? hold.reason() : null;
    }

    private Event said(Held held, Instant at, Heard heard) {
        if (heard.missing() == null) {
            return new Event.RiskSaid(at, heard.hold(), false);
        }
        Attempt attempt = held.checkout().schedule().of(new Effect.AssessRisk().part());
        int tries = 1 + (attempt == null ? 0 : attempt.count());
        boolean isAskedNow = adapter != null && !adapter.isPaused();
        if (isAskedNow && tries < heard.tries()) {
            return new Event.RiskSaid(at, null, true);
        }
        if (seldom.allows("unheard once paid", Duration.ofMinutes(1))) {
            LOG.warn(
                    "checkout {} and perhaps others are paid, and {} since those who are asked about risk gave no"
                            + " answer: {}",
                    held.id(),
                    ifSilent == IfSilent.HOLDS ? "held" : "go on",
                    heard.missing());
        }
        return new Event.RiskSaid(at, ifSilent == IfSilent.HOLDS ? SILENT : null, false);
    }

    private static PaidRequest question(Held held) {
        Checkout checkout = held.checkout();
        Commitment account = checkout.account();
        return new PaidRequest(
                held.id(),
                checkout.orders().stream().map(order -> line(held, order)).toList(),
                checkout.total(),
                account == null ? null : held.personal().text(account).orElse(null),
                checkout.payments().stream()
                        .flatMap(payment -> payment.receipts().stream()
                                .filter(Receipt::settles)
                                .map(receipt -> receipt(payment, receipt)))
                        .toList());
    }

    private static RiskPolicy.Line line(Held held, Order order) {
        String recipient = held.personal().text(order.recipient()).orElse("");
        return new RiskPolicy.Line(order.sku(), order.quantity(), recipient, order.amount());
    }

    private static PaidRiskPolicy.Receipt receipt(Payment payment, Receipt receipt) {
        return new PaidRiskPolicy.Receipt(payment.gateway(), receipt.tradeNumber(), receipt.amount());
    }
}
