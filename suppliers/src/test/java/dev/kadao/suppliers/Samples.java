package dev.kadao.suppliers;

import dev.kadao.order.Currency;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher.Request;
import java.time.Duration;
import java.time.Instant;

final class Samples {
    static final Secret SECRET = Secret.of("a shared secret of the supplier 密");
    static final Instant NOW = Instant.parse("2026-11-05T08:00:00Z");
    static final DispatchId REFERENCE = DispatchId.parse("cart42_1_1");
    static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private Samples() {}

    static SupplierTerms terms(Duration callLimit) {
        return new SupplierTerms(new Guarantee.AtMostOnce(), callLimit, Duration.ofHours(2));
    }

    static HttpSupplier supplier(String endpoint) {
        return supplier(endpoint, CALL_LIMIT);
    }

    static HttpSupplier supplier(String endpoint, Duration callLimit) {
        return HttpSupplier.at(endpoint, SECRET, terms(callLimit))
                .connectTimeout(CALL_LIMIT)
                .clock(() -> NOW)
                .build();
    }

    static Request request() {
        return new Request(REFERENCE, "phone-100", 1, "13800000000", Money.parse("99.50", Currency.CNY), 1);
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(5));
    }
}
