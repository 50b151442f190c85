package dev.kadao.examples.cardshop.sandbox;

import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.order.Bytes;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import java.util.function.Function;

/**
 * The gateway that anyone can play: payments open without a call, signed notices say what happened, and everything else
 * is asked of a {@link SandboxLedger}.
 */
public final class SandboxGateway implements PaymentGateway {
    private static final Traits TRAITS = new Traits(new GatewayTerms(true, true, true, true), true);
    private static final NoticeReply STORED = NoticeReply.text(200, "ok");
    private static final NoticeReply NOT_STORED = NoticeReply.text(503, "try again later");
    private static final NoticeReply NOT_BELIEVED = NoticeReply.text(401, "unauthorized");
    private static final NoticeReply NOT_READ = NoticeReply.text(400, "bad request");

    private final Secret secret;
    private final SandboxLedger ledger;
    private final Function<OpenRequest, PayWith> payPage;

    /**
     * @param secret signs the notices
     * @param payPage what a buyer pays with
     */
    public SandboxGateway(Secret secret, SandboxLedger ledger, Function<OpenRequest, PayWith> payPage) {
        this.secret = secret;
        this.ledger = ledger;
        this.payPage = payPage;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        return new OpenAnswer.Opened(payPage.apply(request));
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        if (!notice.method().equals("POST")) {
            return new NoticeReading.Forged("the method is not POST", NOT_READ);
        }
        Bytes body = notice.body();
        SignedMessage message = SignedMessage.of(
                notice.header(Signature.TIMESTAMP_HEADER), notice.header(Signature.SIGNATURE_HEADER), body.toArray());
        if (!message.isSignedWith(secret, notice.receivedAt())) {
            return new NoticeReading.Forged("signature or time is missing or wrong", NOT_BELIEVED);
        }
        try {
            SandboxNotice said = SandboxNotice.read(message.body());
            return new NoticeReading.Genuine(said.payment(), said.word(), STORED, NOT_STORED);
        } catch (Problem e) {
            return new NoticeReading.Forged("signed, but unreadable: " + e.detail(), NOT_READ);
        }
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        return ledger.payment(payment);
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        return ledger.close(payment);
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        return deadline.isExpired()
                ? new RefundAnswer.Unknown("not sent: the send deadline had passed")
                : ledger.refund(request);
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return ledger.refundStatus(refund);
    }
}
