package dev.kadao.examples.gateway;

import dev.kadao.examples.cardshop.http.ShopServer;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.testkit.PaymentGatewayContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class LanternPayContractTest extends PaymentGatewayContract {
    private static final Secret SECRET = Secret.of("a secret of this test");
    private final LanternServer server;

    LanternPayContractTest() {
        try {
            // The JDK's server reads its settings once, and the card shop's are tested in this JVM too.
            MethodHandles.lookup().ensureInitialized(ShopServer.class);
            server = new LanternServer(SECRET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected PaymentGateway openGateway() {
        return new LanternPay(server.endpoint(), SECRET, Duration.ofSeconds(10));
    }

    @Override
    protected InboundNotice pay(PaymentId payment, Money amount) {
        return server.pay(
                payment.toString(), amount.toDecimal(), amount.currency().code());
    }

    @Override
    protected int requestsArrived() {
        return server.arrived();
    }

    @Override
    protected long refunded(PaymentId payment) {
        return server.refunded(payment.toString(), amount().currency().decimals());
    }
}
