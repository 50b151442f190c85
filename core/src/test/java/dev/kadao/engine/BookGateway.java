package dev.kadao.engine;

import dev.kadao.ScriptedGateway;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * A gateway that keeps books of its own. It gives back whatever it is asked to, also what it does not have: that never
 * more goes back than came is to be seen from its books. Only a refund that is sent again, and was overtaken by one at
 * the console, is declined, as gateways do. Its calls can be made to go wrong.
 */
class BookGateway extends ScriptedGateway {
    enum Call {
        QUERY,
        CLOSE,
        REFUND,
        QUERY_REFUND
    }

    /** What becomes of a call. */
    enum Fault {
        NOT_SENT,
        REPLY_LOST,
        DECLINED
    }

    /** One transaction in which money came. */
    static final class Trade {
        final PaymentId payment;
        final String number;
        final Money amount;
        long refunded;
        long movedBack;

        Trade(PaymentId payment, String number, Money amount) {
            this.payment = payment;
            this.number = number;
            this.amount = amount;
        }

        long left() {
            return amount.minorUnits() - refunded - movedBack;
        }
    }

    final Map<String, Trade> trades = new LinkedHashMap<>();
    final List<PaymentId> closes = new ArrayList<>();
    final List<RefundId> refundQueries = new ArrayList<>();
    private final Set<PaymentId> closed = new HashSet<>();
    private final Set<RefundId> tried = new HashSet<>();
    private final Map<RefundId, RefundAnswer> answers = new HashMap<>();
    private final Map<Call, Queue<Fault>> faults = new EnumMap<>(Call.class);

    BookGateway() {
        this(new GatewayTerms(true, true, true, true));
    }

    BookGateway(GatewayTerms terms) {
        super(terms, true);
    }

    /** The next calls of a kind go wrong, one after the other. */
    void fail(Call call, Fault... next) {
        faults.computeIfAbsent(call, kind -> new ArrayDeque<>()).addAll(List.of(next));
    }

    void heal() {
        faults.clear();
    }

    /** The buyer pays, whatever anybody thinks of the payment by then; the notice about it. */
    InboundNotice pay(String payment, String number, Money amount) {
        Trade trade = trades.computeIfAbsent(number, fresh -> new Trade(PaymentId.parse(payment), fresh, amount));
        return paid(trade.payment.toString(), number, trade.amount);
    }

    /** Somebody gives money back at the gateway's console, or a bank takes it back; the notice about it. */
    InboundNotice moveBack(String number, Money amount) {
        Trade trade = trades.get(number);
        trade.movedBack += amount.minorUnits();
        return movedBack(trade.payment.toString(), number, inAll(trade));
    }

    private static Money inAll(Trade trade) {
        return new Money(trade.refunded + trade.movedBack, trade.amount.currency());
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        queries.add(payment);
        if (fault(Call.QUERY) != null) {
            return new PaymentWord.Unknown("no answer");
        }
        PaymentWord word = words.getOrDefault(
                payment, closed.contains(payment) ? new PaymentWord.Closed() : new PaymentWord.Pending());
        for (Trade trade : trades.values()) {
            if (trade.payment.equals(payment)) {
                word = trade.movedBack > 0
                        ? new PaymentWord.MovedBack(trade.number, inAll(trade))
                        : new PaymentWord.Paid(trade.number, trade.amount);
            }
        }
        return word;
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        closes.add(payment);
        if (fault(Call.CLOSE) != null) {
            return new CloseAnswer.Unknown("no answer");
        }
        if (trades.values().stream().anyMatch(trade -> trade.payment.equals(payment))) {
            return new CloseAnswer.AlreadyPaid();
        }
        closed.add(payment);
        return new CloseAnswer.Closed();
    }

    boolean isClosed(String payment) {
        return closed.contains(PaymentId.parse(payment));
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        Fault fault = fault(Call.REFUND);
        boolean isSentAgain = !tried.add(request.refund());
        if (fault == Fault.NOT_SENT) {
            return new RefundAnswer.Unknown("not sent");
        }
        refunds.add(request);
        RefundAnswer known = answers.get(request.refund());
        boolean repeats = known != null && traits().terms().refundsRepeatably();
        boolean overtaken = isSentAgain
                && request.amount().minorUnits()
                        > trades.get(request.tradeNumber()).left();
        RefundAnswer answer = repeats ? known : carriedOut(request, fault == Fault.DECLINED || overtaken);
        answers.put(request.refund(), answer);
        return fault == Fault.REPLY_LOST ? new RefundAnswer.Unknown("no answer") : answer;
    }

    private RefundAnswer carriedOut(RefundRequest request, boolean declines) {
        if (declines) {
            return new RefundAnswer.Declined("the account has no balance");
        }
        trades.get(request.tradeNumber()).refunded += request.amount().minorUnits();
        return new RefundAnswer.Refunded();
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        refundQueries.add(refund);
        return fault(Call.QUERY_REFUND) != null
                ? new RefundAnswer.Unknown("no answer")
                : answers.getOrDefault(refund, new RefundAnswer.NotFound());
    }

    /** What went back by our refunds of a payment, in minor units. */
    long refunded(String payment) {
        return trades.values().stream()
                .filter(trade -> trade.payment.toString().equals(payment))
                .mapToLong(trade -> trade.refunded)
                .sum();
    }

    private Fault fault(Call call) {
        Queue<Fault> planned = faults.get(call);
        return planned == null ? null : planned.poll();
    }
}
