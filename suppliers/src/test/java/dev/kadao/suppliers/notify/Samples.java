package dev.kadao.suppliers.notify;

import dev.kadao.order.OrderId;
import dev.kadao.port.NotToldException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

final class Samples {
    static final OrderId ORDER = OrderId.parse("cart42.1");
    static final String REFERENCE = "cart42_m1";
    static final Optional<String> BUYER = Optional.of("buyer@example.com");
    static final Instant NOW = Instant.parse("2026-11-05T08:00:00Z");
    /** Never reached by what is to succeed. */
    static final Duration LONG = Duration.ofSeconds(60);

    private Samples() {}

    static EmailNotifierBuilder through(ScriptedSmtp server) {
        return EmailNotifier.through("127.0.0.1", server.port(), "shop@shop.example")
                .security(SmtpSecurity.PLAIN)
                .page(order -> URI.create("https://shop.example/orders/" + order))
                .connectTimeout(LONG)
                .limit(LONG)
                .clock(() -> NOW);
    }

    /** What a try that failed said. */
    static NotToldException notTold(ThrowingCallable tell) {
        return Assertions.catchThrowableOfType(NotToldException.class, tell);
    }
}
