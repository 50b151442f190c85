package dev.kadao.policy;

import dev.kadao.order.Terms;
import java.time.Duration;

/**
 * The promise to the buyer, counted from the payment, the release of a hold or the decision to replace. Each of its rungs
 * is reached once for each of these beginnings, whatever is restarted in between and however many processes share a store.
 *
 * @param late from here on an order is late, and the buyer is told; default 2 min
 * @param redispatch from here on whatever may safely be done is done at once, once: stock and suppliers that took nothing
 *     are tried ignoring the back-off, an open dispatch is asked about or sent again under its own reference, the message
 *     about unseen keys is sent again; never a new dispatch beside an unclear one; default 15 min; not before late
 * @param escalate from here on a person is told, by a case; default 1 h; not before late
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
