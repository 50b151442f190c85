package dev.kadao.policy;

import dev.kadao.order.Terms;
import java.time.Duration;

/**
 * The promise to the buyer, counted from the payment.
 *
 * @param late from here on an order is late; default 2 min
 * @param redispatch from here on whatever may safely be done is done at once; default 15 min
 * @param escalate from here on a person is told; default 1 h
 */
public record Sla(Duration late, Duration redispatch, Duration escalate) {
    public Sla {
        Positive.check("sla late", late);
        new Terms.Sla(late, redispatch, escalate);
    }

    public static Sla defaults() {
        return new Sla(Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1));
    }
}
