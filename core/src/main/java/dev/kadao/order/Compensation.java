package dev.kadao.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the buyer gets on top because the goods, or the money back, came too late: by rule, at most one for an order, decided
 * only once the wait has ended.
 *
 * @param number from 1 in its checkout
 * @param line the order it is for
 * @param amount the money or credit; null for a coupon
 * @param coupon the kind of coupon in the shop's words; null for others
 * @param refund the refund that carries a {@link Kind#REFUND_SHARE}; null for others
 * @param since when the present state was entered
 */
public record Compensation(
        int number,
        int line,
        Kind kind,
        @Nullable Money amount,
        @Nullable String coupon,
        @Nullable Integer refund,
        State state,
        Instant since) {

    /** What is given. */
    public enum Kind {
        /** A part of the price goes back by the gateway. */
        REFUND_SHARE,
        /** An amount is credited to the buyer by the shop. */
        CREDIT,
        /** The buyer gets a coupon of the shop. */
        COUPON
    }

    /** How far it is. */
    public enum State {
        /** Decided: asked for until there is a clear answer. */
        DUE,
        GRANTED,
        /** A definite no: a person sees to it. */
        DECLINED,
        /** No clear answer for too long: a person looks whether it was granted. */
        UNCLEAR,
        /** Taken back, since the gateway has given the buyer's money back without us. */
        CANCELLED
    }

    /** Under what it is known to whoever grants it, the same for every try. */
    public String reference(CheckoutId checkout) {
        return checkout.value() + "_c" + number;
    }

    public Compensation with(State newState, Instant at) {
        return new Compensation(number, line, kind, amount, coupon, refund, newState, at);
    }
}
