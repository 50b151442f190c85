package dev.kadao.gateways.epay;

import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.testkit.PaymentGatewayContract;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The contract over real sockets, in front of a stand-in that knows the rules of 彩虹易支付. */
class EpayContractTest extends PaymentGatewayContract {
    private final EpayStandIn service = new EpayStandIn();

    @Override
    protected PaymentGateway openGateway() {
        return EpaySamples.builder(service.http.url()).build();
    }

    @Override
    protected InboundNotice pay(PaymentId payment, Money amount) {
        Map<String, String> parameters = EpaySamples.paid(payment.toString(), amount.toDecimal());
        parameters.put("trade_no", service.pay(payment.toString()));
        return EpaySamples.post(EpaySamples.encoded(EpaySamples.signed(parameters)), Instant.now());
    }

    @Override
    protected int requestsArrived() {
        return service.http.asked().size();
    }

    @Override
    protected long refunded(PaymentId payment) {
        return service.refundedInAll();
    }

    @AfterEach
    void close() {
        service.close();
    }
}
