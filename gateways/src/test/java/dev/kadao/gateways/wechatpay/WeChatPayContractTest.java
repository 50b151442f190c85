package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.testkit.PaymentGatewayContract;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

class WeChatPayContractTest extends PaymentGatewayContract {
    private final StandIn standIn = new StandIn(InstantSource.system());

    @Override
    protected PaymentGateway openGateway() {
        return standIn.settings().build();
    }

    @Override
    protected InboundNotice pay(PaymentId payment, Money amount) {
        standIn.pay(payment.toString());
        return Draft.transaction(standIn.transaction(payment.toString()), Instant.now())
                .notice();
    }

    @Override
    protected int requestsArrived() {
        return standIn.seen().size();
    }

    @Override
    protected long refunded(PaymentId payment) {
        return standIn.refunded(payment.toString());
    }

    @AfterEach
    void close() {
        standIn.close();
    }
}
