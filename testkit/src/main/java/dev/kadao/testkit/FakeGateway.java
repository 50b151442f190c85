package dev.kadao.testkit;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A payment gateway in memory: it keeps its own books, signs its notices, and fails where a test tells it to. Buyers pay
 * through {@link #pay}. Thread-safe; calls never block.
 */
public final class FakeGateway implements PaymentGateway {
    private static final NoticeReply STORED = NoticeReply.text(200, "success");
    private static final NoticeReply NOT_STORED = NoticeReply.text(503, "fail");
    private static final NoticeReply REFUSED = NoticeReply.text(401, "");

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Traits traits;
    private final GatewayWire wire = new GatewayWire(new SignedText(Secret.of("the fake gateway's key")));
    private final Map<PaymentId, GatewayBook> books = new LinkedHashMap<>();
    private final List<Entered> entered = new ArrayList<>();
    private final Map<RefundId, RefundAnswer> refunds = new HashMap<>();
    private final Map<Call, Deque<Fault>> faults = new EnumMap<>(Call.class);
    private final Map<Call, Integer> arrived = new EnumMap<>(Call.class);
    private @Nullable String refuseNextOpen;
    private @Nullable String declineNextRefund;
    private boolean refundsStayPending;
    private int trades;

    /** A call that leaves the shop. */
    public enum Call {
        OPEN,
        QUERY,
        CLOSE,
        REFUND,
        QUERY_REFUND
    }

    public FakeGateway(InstantSource clock, Traits traits) {
        this.clock = clock;
        this.traits = traits;
    }

    /** A gateway that can do everything, opens locally and whose notices are enough. */
    public static FakeGateway capable(InstantSource clock) {
        return new FakeGateway(clock, new Traits(new GatewayTerms(true, true, true, true), true));
    }

    /**
     * A buyer pays; the gateway takes it whatever the shop thinks of the payment by then.
     *
     * @return the notice that it sends about it, to be handed to the shop any number of times
     */
    public InboundNotice pay(PaymentId payment, Money amount) {
        return locked(() -> {
            GatewayBook.Trade trade = new GatewayBook.Trade("fake-trade-" + ++trades, amount);
            book(payment).trades().add(trade);
            enter(payment, trade.number(), null, amount);
            return notice(payment.toString(), trade.paid());
        });
    }

    /** Gives money back at the gateway's console, or by a charge-back; the notice about it. */
    public InboundNotice moveBack(PaymentId payment, Money amount) {
        return locked(() -> {
            GatewayBook.Trade trade = book(payment).lastTrade(payment);
            trade.moveBack(amount);
            enter(payment, trade.number(), "console-" + entered.size(), amount);
            return notice(payment.toString(), trade.word());
        });
    }

    /** A genuine notice that says anything about any payment, known or not. */
    public InboundNotice notice(String payment, PaymentWord word) {
        return wire.write(payment, word, clock.instant());
    }

    /** The same notice, signed by somebody who does not have the gateway's key. */
    public static InboundNotice forged(InboundNotice notice) {
        return SignedText.forged(notice);
    }

    /** Makes the next call of a kind go wrong; several faults follow one another. */
    public void fail(Call call, Fault... next) {
        locked(() -> faults.computeIfAbsent(call, kind -> new ArrayDeque<>()).addAll(List.of(next)));
    }

    public void refuseNextOpen(String reason) {
        locked(() -> refuseNextOpen = reason);
    }

    public void declineNextRefund(String reason) {
        locked(() -> declineNextRefund = reason);
    }

    /** From now on refunds are taken and stay pending until {@link #settleRefund}. */
    public void keepRefundsPending() {
        locked(() -> refundsStayPending = true);
    }

    /** Ends a pending refund. */
    public void settleRefund(RefundId refund) {
        locked(() -> refunds.replace(refund, new RefundAnswer.Refunded()));
    }

    /** How many requests of a kind have arrived. */
    public int arrived(Call call) {
        return locked(() -> arrived.getOrDefault(call, 0));
    }

    /** What was given back by refunds in all, in minor units; the gateway's own books. */
    public long refunded(PaymentId payment) {
        return locked(() -> book(payment).refunded());
    }

    /** What was paid in all, in minor units; the gateway's own books. */
    public long received(PaymentId payment) {
        return locked(() -> book(payment).received());
    }

    /** The payments that the gateway has heard of, in the order in which it did. */
    public List<PaymentId> payments() {
        return locked(() -> List.copyOf(books.keySet()));
    }

    public boolean isClosed(PaymentId payment) {
        return locked(() -> book(payment).isClosed());
    }

    @Override
    public Traits traits() {
        return traits;
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        if (deadline.isExpired()) {
            return new OpenAnswer.Unknown("not sent: " + deadline + " had passed");
        }
        return call(Call.OPEN, () -> opened(request), OpenAnswer.Unknown::new);
    }

    private OpenAnswer opened(OpenRequest request) {
        String refusal = refuseNextOpen;
        refuseNextOpen = null;
        GatewayBook book = book(request.payment());
        if (refusal != null || book.isClosed()) {
            return new OpenAnswer.Refused(refusal == null ? "the payment is closed" : refusal);
        }
        book.open();
        return new OpenAnswer.Opened(PayWith.redirect("https://pay.example/" + request.payment()));
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        return wire.read(notice, STORED, NOT_STORED)
                .orElseGet(() -> new NoticeReading.Forged("wrong signature", REFUSED));
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        return call(
                Call.QUERY,
                () -> books.containsKey(payment) ? book(payment).word() : new PaymentWord.NotFound(),
                PaymentWord.Unknown::new);
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        return call(
                Call.CLOSE,
                () -> book(payment).close() ? new CloseAnswer.Closed() : new CloseAnswer.AlreadyPaid(),
                CloseAnswer.Unknown::new);
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        if (deadline.isExpired()) {
            return new RefundAnswer.Unknown("not sent: " + deadline + " had passed");
        }
        return call(Call.REFUND, () -> refunded(request), RefundAnswer.Unknown::new);
    }

    /** Where a repeated reference is not recognised it is carried out again, as such gateways do. */
    private RefundAnswer refunded(RefundRequest request) {
        RefundAnswer known = refunds.get(request.refund());
        if (known != null && traits.terms().refundsRepeatably()) {
            return known;
        }
        String refusal = declineNextRefund;
        declineNextRefund = null;
        if (refusal == null) {
            refusal = book(request.payment()).refund(request.tradeNumber(), request.amount());
        }
        if (refusal == null) {
            enter(request.payment(), request.tradeNumber(), request.refund().toString(), request.amount());
        }
        RefundAnswer answer = refusal != null
                ? new RefundAnswer.Declined(refusal)
                : refundsStayPending ? new RefundAnswer.Pending() : new RefundAnswer.Refunded();
        refunds.put(request.refund(), answer);
        return answer;
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return call(
                Call.QUERY_REFUND,
                () -> refunds.getOrDefault(refund, new RefundAnswer.NotFound()),
                RefundAnswer.Unknown::new);
    }

    private <T> T call(Call call, Supplier<T> work, Function<String, T> unknown) {
        return locked(() -> {
            Deque<Fault> planned = faults.get(call);
            Fault fault = planned == null ? null : planned.poll();
            if (fault == null || fault.arrives()) {
                arrived.merge(call, 1, Integer::sum);
                T answer = work.get();
                if (fault == null) {
                    return answer;
                }
            }
            return unknown.apply(fault.happen());
        });
    }

    /** What the gateway's books say of a period: what was paid, given back by refunds and at the console in it. */
    public ListedStatement statement(Instant from, Instant until) {
        return locked(() -> {
            ListedStatement statement = new ListedStatement(from, until);
            for (Entered one : entered) {
                if (!one.at().isBefore(from) && one.at().isBefore(until)) {
                    one.into(statement);
                }
            }
            return statement;
        });
    }

    /**
     * One movement in the books.
     *
     * @param refund its reference if money went back; null if money came
     */
    private record Entered(
            String payment, String trade, @Nullable String refund, Money amount, Instant at) {
        void into(ListedStatement statement) {
            if (refund == null) {
                statement.received(payment, trade, amount, at);
            } else {
                statement.givenBack(payment, trade, refund, amount, at);
            }
        }
    }

    private void enter(PaymentId payment, String trade, @Nullable String refund, Money amount) {
        entered.add(new Entered(payment.toString(), trade, refund, amount, clock.instant()));
    }

    private GatewayBook book(PaymentId payment) {
        return books.computeIfAbsent(payment, id -> new GatewayBook());
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
