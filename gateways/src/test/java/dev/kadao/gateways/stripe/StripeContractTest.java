package dev.kadao.gateways.stripe;

import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.testkit.PaymentGatewayContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** The contract over real sockets, in front of a stand-in that knows Stripe's rules. */
class StripeContractTest extends PaymentGatewayContract {
    private final StripeStandIn stripe = new StripeStandIn();

    @Override
    protected PaymentGateway openGateway() {
        return StripeSamples.builder(stripe.http.url()).build();
    }

    @Override
    protected InboundNotice pay(PaymentId payment, Money amount) {
        try {
            return StripeSamples.signed(stripe.pay(payment.toString()), Instant.now());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected int requestsArrived() {
        return stripe.http.asked().size();
    }

    @Override
    protected long refunded(PaymentId payment) {
        return stripe.refundedInAll();
    }

    @AfterEach
    void close() {
        stripe.close();
    }
}
