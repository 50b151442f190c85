package dev.kadao.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money to be given back: one amount of one receipt.
 *
 * @param line the order it is for; null for surplus money
 * @param cause why, in the words of the entry that wished it
 * @param started the current or last send; null until the first
 * @param since when the present state was entered
 */
public record Refund(
        RefundId id,
        PaymentId payment,
        String tradeNumber,
        Money amount,
        @Nullable Integer line,
        String cause,
        State state,
        @Nullable Started started,
        Instant wishedAt,
        Instant since) {

    /** How far the refund is. Cancellable until STARTED. */
    public enum State {
        /** Wished, but a dispatch is open or keys are not yet back. */
        WISHED,
        /** May be sent; also again after a send without effect. */
        DUE,
        /** The right to one send is written; the gateway may have it. */
        STARTED,
        /** No clear answer: the gateway is asked, or sent the same reference again if it takes it once only. */
        UNKNOWN,
        /** The gateway has it and is working on it. */
        PENDING,
        DONE,
        /** A definite no: a person pays back by other means. */
        DECLINED,
        /** Taken back before it was sent. */
        CANCELLED
    }

    public boolean isOpen() {
        return state != State.DONE && state != State.DECLINED && state != State.CANCELLED;
    }

    /** Whether the gateway cannot have been told yet, so that the refund may still be taken back. */
    public boolean isUnsent() {
        return state == State.WISHED || (state == State.DUE && started == null);
    }

    /** Whether this money is on its way or back: it counts against what was received. */
    public boolean counts() {
        return state != State.DECLINED && state != State.CANCELLED;
    }

    public Refund with(State newState, Instant at) {
        return new Refund(id, payment, tradeNumber, amount, line, cause, newState, started, wishedAt, at);
    }

    public Refund with(State newState, Started newStarted, Instant at) {
        return new Refund(id, payment, tradeNumber, amount, line, cause, newState, newStarted, wishedAt, at);
    }
}
