package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.util.List;

/**
 * How long a payment may take and how it is asked about.
 *
 * @param deadline from placing, or a further payment, to the moment the gateway is asked and told to close; default 15 min
 * @param queries gaps between asking for an unseen payment, the last repeats; default 30 s, 2 min, 5 min
 * @param closeGrace how much a gateway that does not answer may delay closing at most; default 10 min
 * @param latePayment what happens to money that comes after closing; default {@code DELIVER}
 */
public record PaymentSettings(
        Duration deadline, List<Duration> queries, Duration closeGrace, Terms.LatePayment latePayment) {
    public PaymentSettings {
        queries = List.copyOf(queries);
        Positive.check("payment deadline", deadline);
        if (closeGrace.isNegative()) {
            throw new InvalidValueException("payment close grace is " + closeGrace + "; use zero or more");
        }
    }

    public static PaymentSettings defaults() {
        return new PaymentSettings(
                Duration.ofMinutes(15),
                List.of(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(5)),
                Duration.ofMinutes(10),
                Terms.LatePayment.DELIVER);
    }
}
