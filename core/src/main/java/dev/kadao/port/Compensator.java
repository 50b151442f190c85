package dev.kadao.port;

import dev.kadao.order.Compensation;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives buyers what the shop's rules promise on top for what came too late: an amount credited, or a coupon. Thread-safe. One
 * call is one try, bounded in time by itself; what it throws counts as {@link Answer.Unknown}.
 *
 * <p>It must be <em>idempotent by reference</em>: Kadao asks again with the same reference until there is a clear answer,
 * also after a crash between the call and its record, and a reference that was granted before is answered
 * {@link Answer.Granted} without granting anything. A unique constraint on the reference in the shop's own table of credits
 * does that. Keep references for at least 31 days: that is how long Kadao asks.
 */
@FunctionalInterface
public interface Compensator {

    /** Grants one compensation, unless this reference was granted before. */
    Answer grant(Grant grant);

    /**
     * What is to be granted.
     *
     * @param reference the same for every try of this compensation, another one for every other: at most 32 letters, digits
     *     and underscores
     * @param order the order that came too late
     * @param kind {@link Compensation.Kind#CREDIT} or {@link Compensation.Kind#COUPON}
     * @param amount the credit; null for a coupon
     * @param coupon the kind of coupon, as the rule names it; null for a credit
     * @param account the buyer's account as the shop gave it at placing; empty if it gave none, or once erased
     * @param recipient the order's recipient; empty once erased
     */
    record Grant(
            String reference,
            OrderId order,
            Compensation.Kind kind,
            @Nullable Money amount,
            @Nullable String coupon,
            Optional<String> account,
            Optional<String> recipient) {}

    /** What came of it. */
    sealed interface Answer {
        /** The buyer has it, by this call or an earlier one with the same reference. */
        record Granted() implements Answer {}

        /**
         * A definite no: nothing was granted under this reference and nothing will be. A person gets a case.
         *
         * @param reason free of personal data; kept for ever
         */
        record Declined(String reason) implements Answer {}

        /**
         * Not known, or not now: asked again with a growing gap.
         *
         * @param reason for the log
         */
        record Unknown(String reason) implements Answer {}
    }
}
