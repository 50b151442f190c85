package dev.kadao.order;

import java.time.Instant;

/**
 * What the shop's escrow service keeps from the merchant until the buyer has what was paid for: one for an order.
 *
 * @param line the order it is for
 * @param amount what is held
 * @param asked what the service was last asked for
 * @param clawBackWished whether it is to be claimed back as soon as it is known what became of its release
 * @param since when the present state was entered
 */
public record Hold(int line, Money amount, State state, Move asked, boolean clawBackWished, Instant since) {

    /** What the service is asked for, in this order. */
    public enum Move {
        HOLD,
        RELEASE,
        CLAW_BACK
    }

    /** Where the money is, or is to go. */
    public enum State {
        /** To be held: the service is asked until there is a clear answer. */
        WISHED,
        HELD,
        /** The merchant is to get it: the order is completed, or a person decided so. */
        RELEASING,
        RELEASED,
        /** The merchant is not to have it: the buyer got the price back. */
        CLAWING_BACK,
        CLAWED_BACK,
        /** A definite no of the service to what it was asked for last: a person sees to it. */
        DECLINED,
        /** No clear answer for too long to what it was asked for last: a person looks where the money is. */
        UNCLEAR
    }

    /** A hold as an order is paid. */
    public static Hold wished(int line, Money amount, Instant at) {
        return new Hold(line, amount, State.WISHED, Move.HOLD, false, at);
    }

    /** Under what the service knows it, the same for every call. */
    public String reference(CheckoutId checkout) {
        return checkout.value() + "_" + line + "_h";
    }

    /** Whether the service is to be asked for something. */
    public boolean isMoving() {
        return state == State.WISHED || state == State.RELEASING || state == State.CLAWING_BACK;
    }

    /** Whether the service said no to a move, or said nothing for too long. */
    public boolean hasFailed(Move move) {
        return asked == move && (state == State.DECLINED || state == State.UNCLEAR);
    }

    public Hold with(State newState, Instant at) {
        Move newlyAsked =
                newState == State.RELEASING ? Move.RELEASE : newState == State.CLAWING_BACK ? Move.CLAW_BACK : asked;
        return new Hold(line, amount, newState, newlyAsked, clawBackWished, at);
    }

    public Hold wishedBack() {
        return new Hold(line, amount, state, asked, true, since);
    }
}
