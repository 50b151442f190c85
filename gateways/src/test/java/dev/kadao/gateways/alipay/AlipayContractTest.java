package dev.kadao.gateways.alipay;

import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.testkit.PaymentGatewayContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;

/** The contract over real sockets. Buyers scan at once, since a code that nobody scanned cannot be closed. */
class AlipayContractTest extends PaymentGatewayContract {
    private AlipayStandIn alipay;

    @Override
    protected PaymentGateway openGateway() {
        try {
            alipay = new AlipayStandIn();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        alipay.scansAtOnce();
        return AlipaySamples.builder(alipay.url()).build();
    }

    @AfterEach
    void close() throws IOException {
        alipay.close();
    }

    @Override
    protected InboundNotice pay(PaymentId payment, Money amount) {
        return AlipaySamples.notice(alipay.pay(payment.toString(), amount), AlipaySamples.NOW);
    }

    @Override
    protected int requestsArrived() {
        return alipay.seen.size();
    }

    @Override
    protected long refunded(PaymentId payment) {
        return alipay.givenBack(payment.toString());
    }
}
