package dev.kadao.policy;

import dev.kadao.order.Terms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How orders end that are owed for too long, after a person was told of them at the promise's {@code escalate}.
 *
 * @param refundAfter counted as the promise is; from here on the money goes back by itself where that is surely safe
 *     (nothing was handed over, no dispatch is open or unclear); everywhere else the case of the order is told, and a person
 *     decides, unless every dispatch is settled without a delivery before: then it goes back at once. Not before the shop's {@code escalate}, and never before that of the order's SKU. Null, the default: a person
 *     ends all of them
 */
public record OverdueSettings(@Nullable Duration refundAfter) {
    public OverdueSettings {
        if (refundAfter != null) {
            Positive.check("overdue refund after", refundAfter);
        }
    }

    /** A person ends them. */
    public static OverdueSettings defaults() {
        return new OverdueSettings(null);
    }

    /** The money of what is owed for so long goes back by itself, where that is surely safe. */
    public static OverdueSettings refundAfter(Duration owed) {
        return new OverdueSettings(owed);
    }

    /** As it is recorded with a checkout. */
    public Terms.@Nullable Overdue recorded() {
        return refundAfter == null ? null : new Terms.Overdue(refundAfter);
    }
}
