package dev.kadao.jdbc;

import dev.kadao.Fulfillment;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import dev.kadao.testkit.FakeGateway;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A gateway whose buyers pay in the very moment in which they are closed out: every second one just in time, so that the
 * gateway says so, the others just too late, so that it says that it is closed. The notice goes to both nodes meanwhile.
 */
final class PaidAtClosing implements PaymentGateway {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);

    final Map<PaymentId, CompletableFuture<NoticeReply>> replies = new ConcurrentHashMap<>();
    private final FakeGateway gateway;
    private final Fulfillment[] nodes;

    PaidAtClosing(FakeGateway gateway, Fulfillment[] nodes) {
        this.gateway = gateway;
        this.nodes = nodes;
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        boolean inTime = payment.checkout().value().hashCode() % 2 == 0;
        CloseAnswer[] answer = new CloseAnswer[1];
        replies.computeIfAbsent(payment, fresh -> {
            if (!inTime) {
                answer[0] = gateway.close(payment);
            }
            InboundNotice notice = gateway.pay(payment, PRICE);
            CompletableFuture<NoticeReply> second =
                    CompletableFuture.supplyAsync(() -> nodes[1].receive("fake", notice));
            return CompletableFuture.supplyAsync(() -> nodes[0].receive("fake", notice))
                    .thenCombine(second, (one, other) -> one.status() == 200 ? other : one);
        });
        return answer[0] == null ? gateway.close(payment) : answer[0];
    }

    @Override
    public Traits traits() {
        return gateway.traits();
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        return gateway.open(request, deadline);
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        return gateway.read(notice);
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        return gateway.query(payment);
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        return gateway.refund(request, deadline);
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return gateway.queryRefund(refund, payment);
    }
}
