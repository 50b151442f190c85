package dev.kadao.policy;

import dev.kadao.order.Terms;
import java.time.Duration;

/**
 * The promise to the buyer, counted from the payment, the release of a hold or the decision to replace. So far it is
 * told (diagnosis, the desk's overdue orders, the case that a complaint opens once late) and nothing is done by itself
 * at {@code redispatch} and {@code escalate}.
 *
 * @param late from here on an order is late; default 2 min
 * @param redispatch from here on whatever may safely be done is to be done at once; default 15 min; not before late
 * @param escalate from here on a person is to be told; default 1 h; not before late
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
