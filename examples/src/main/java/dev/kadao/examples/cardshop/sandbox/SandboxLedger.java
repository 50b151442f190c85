package dev.kadao.examples.cardshop.sandbox;

import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;

/**
 * What the sandbox gateway knows of payments and refunds, wherever it keeps it. Thread-safe, answers in bounded time and
 * when interrupted, throws nothing; every call may be repeated, a refund is done once for each reference.
 */
public interface SandboxLedger {
    PaymentWord payment(PaymentId payment);

    CloseAnswer close(PaymentId payment);

    RefundAnswer refund(RefundRequest request);

    RefundAnswer refundStatus(RefundId refund);
}
