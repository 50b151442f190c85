package dev.kadao.port;

import dev.kadao.order.Money;
import dev.kadao.order.OrderId;

/**
 * A service that keeps what was paid for an order from the merchant until the buyer has confirmed, or the dispute window is
 * over. A dispute asks nothing of it: what is held stays held, and what was released is claimed back only after a person has
 * refunded the order. Thread-safe. One call is one try, bounded in time by itself; what it throws counts as {@link Answer.Unknown}.
 *
 * <p>Every call is <em>idempotent by reference</em>: without a clear answer, and after a crash, Kadao makes the same call
 * again, for up to 31 days. Calls of one reference come in the order hold, release, claw back, but a slow one may arrive after
 * a later one, so the service must keep to the latest: after a {@code release} or {@code clawBack} a {@code hold} of that
 * reference moves nothing, whether or not there was one before, and after a {@code clawBack} a {@code release} moves nothing.
 */
public interface Escrow {

    /** Holds the money of one order. */
    Answer hold(Held held);

    /** Gives the merchant what is held; {@link Answer.Done} too if nothing is, and then nothing ever will be. */
    Answer release(Held held);

    /**
     * Takes it from the merchant's reach: what is held goes back to where it came from; what was released is claimed back, or
     * {@link Answer.Declined} if that cannot be. Asked for once the buyer has the price back. {@link Answer.Done} too if nothing
     * was ever held, and then nothing ever will be.
     */
    Answer clawBack(Held held);

    /**
     * What is held.
     *
     * @param reference one for an order, for ever: at most 32 letters, digits and underscores
     */
    record Held(String reference, OrderId order, Money amount) {}

    /** What came of it. */
    sealed interface Answer {
        /** It is so now, by this call or an earlier one. */
        record Done() implements Answer {}

        /**
         * A definite no: this call moved nothing and will not. A person gets a case.
         *
         * @param reason free of personal data; kept for ever
         */
        record Declined(String reason) implements Answer {}

        /**
         * Not known, or not now: the same call is made again with a growing gap.
         *
         * @param reason for the log
         */
        record Unknown(String reason) implements Answer {}
    }
}
