package dev.kadao.order;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One numbered attempt to get an order's goods handed over by a supplier, under a reference of its own.
 *
 * @param started the current or last send
 * @param unanswered whether the caller of the last send has not reported yet, so that the request may still be on its
 *     way until {@code started.quietAt}
 * @param firstSentAt when the first send was started
 * @param supplierOrder the supplier's own number, once known
 * @param doubtful whether some send of it had no clear answer, so that a later "not sent" proves nothing
 * @param vouched whether a person gave the word that, if the supplier does not know it, it was not executed
 */
public record Dispatch(
        DispatchId id,
        String supplier,
        SupplierTerms supplierTerms,
        State state,
        Started started,
        boolean unanswered,
        Instant firstSentAt,
        Instant since,
        @Nullable String supplierOrder,
        boolean vouched,
        boolean doubtful) {

    /** What is known of the attempt. */
    public enum State {
        /** The right to one send is written; the supplier may have it. */
        STARTED,
        /** Surely not sent: the same reference goes out again, after a back-off. */
        NOT_SENT,
        /** The supplier has it and is working on it. */
        ACCEPTED,
        /** No clear answer: asked or resent as the supplier declared, never guessed. */
        UNKNOWN,
        DELIVERED,
        /** A definite no for this order. */
        DECLINED,
        /** A definite no because of the supplier as a whole: it may be tried again later. */
        UNAVAILABLE,
        /** Delivered in part, or without a valid proof. */
        PARTIAL,
        /** No more sends; nothing was executed as far as we know. */
        STOPPED,
        /** Delivered, and a person decided that the keys it brought are to be replaced. */
        REPLACED
    }

    /** Whether the supplier may still execute it. */
    public boolean isOpen() {
        return state == State.STARTED || state == State.ACCEPTED || state == State.UNKNOWN || state == State.NOT_SENT;
    }

    /** By when the shop's own people, who have it, are to hand it over; null if nobody of them has it. */
    public @Nullable Instant dueWithPeople() {
        Duration within = supplierTerms.byPeopleWithin();
        return state == State.ACCEPTED && within != null ? since.plus(within) : null;
    }

    /** Until when the same reference may be sent again, as far as the supplier goes; null if it never may. */
    public @Nullable Instant resendableUntil() {
        if (!(supplierTerms.guarantee() instanceof Guarantee.Idempotent idempotent)) {
            return null;
        }
        Duration sendWindow = Duration.between(started.at(), started.sendBefore());
        return firstSentAt
                .plus(idempotent.keyLifetime())
                .minus(margin(idempotent.keyLifetime()))
                .minus(sendWindow)
                .minus(supplierTerms.callLimit());
    }

    /** A tenth of the lifetime, at most ten minutes: clocks differ. */
    private static Duration margin(Duration lifetime) {
        Duration tenth = lifetime.dividedBy(10);
        Duration most = Duration.ofMinutes(10);
        return tenth.compareTo(most) > 0 ? most : tenth;
    }

    /** Whether the supplier has handed over under it, replaced since or not. */
    public boolean wasDelivered() {
        return state == State.DELIVERED || state == State.REPLACED;
    }

    /** Whether no send of it can be under way any more at the given time of the store. */
    public boolean isQuiet(Instant now) {
        return !unanswered || !now.isBefore(started.quietAt());
    }

    public Dispatch with(State newState, boolean stillUnanswered, Instant at) {
        return new Dispatch(
                id,
                supplier,
                supplierTerms,
                newState,
                started,
                stillUnanswered,
                firstSentAt,
                at,
                supplierOrder,
                vouched,
                doubtful);
    }

    public Dispatch resent(Started newStarted, Instant at) {
        return new Dispatch(
                id,
                supplier,
                supplierTerms,
                State.STARTED,
                newStarted,
                true,
                firstSentAt,
                at,
                supplierOrder,
                vouched,
                doubtful);
    }

    public Dispatch known(@Nullable String number) {
        String known = number == null ? supplierOrder : number;
        return new Dispatch(
                id, supplier, supplierTerms, state, started, unanswered, firstSentAt, since, known, vouched, doubtful);
    }

    /** This dispatch with a person's word that, if the supplier does not know it, it was not executed. */
    public Dispatch vouchedFor() {
        return new Dispatch(
                id,
                supplier,
                supplierTerms,
                state,
                started,
                unanswered,
                firstSentAt,
                since,
                supplierOrder,
                true,
                doubtful);
    }

    /** This dispatch after a send without a clear answer. */
    public Dispatch unclear(Instant at) {
        return new Dispatch(
                id,
                supplier,
                supplierTerms,
                State.UNKNOWN,
                started,
                false,
                firstSentAt,
                at,
                supplierOrder,
                vouched,
                true);
    }
}
