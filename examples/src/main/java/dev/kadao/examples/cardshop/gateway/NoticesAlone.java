package dev.kadao.examples.cardshop.gateway;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import java.util.Map;

/**
 * A gateway that the shop has no credentials to call: somebody else opens the payments there, under our references, and
 * its notices count. What would need a call is done by a person.
 */
final class NoticesAlone implements PaymentGateway {
    private static final String NO_CREDENTIALS = "the shop has no credentials to call this gateway";
    private static final Traits TRAITS = new Traits(new GatewayTerms(false, false, false, true), true);

    private final PaymentGateway reader;

    /** @param reader reads the notices; nothing else is asked of it */
    NoticesAlone(PaymentGateway reader) {
        this.reader = reader;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        return reader.read(notice);
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        Map<String, String> reference = Map.of("payment", request.payment().toString());
        return new OpenAnswer.Opened(new PayWith(PayWith.Kind.PARAMETERS, reference));
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        return new PaymentWord.Unknown(NO_CREDENTIALS);
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        return new CloseAnswer.Unknown(NO_CREDENTIALS);
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        return new RefundAnswer.Unknown(NO_CREDENTIALS);
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return new RefundAnswer.Unknown(NO_CREDENTIALS);
    }
}
