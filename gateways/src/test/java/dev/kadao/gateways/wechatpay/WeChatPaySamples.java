package dev.kadao.gateways.wechatpay;

import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import java.time.Instant;

/** A gateway that calls nobody, and a genuine notice for it, to be mangled. */
final class WeChatPaySamples {
    private WeChatPaySamples() {}

    static PaymentGateway gateway() {
        return TestKeys.settings().build();
    }

    /** Says that {@code cart42_p1} was paid with 49.00. */
    static InboundNotice genuine(Instant now) {
        return Draft.paid("cart42_p1", now).notice();
    }
}
