package dev.kadao.port;

import dev.kadao.order.Money;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * What a gateway's own books say of one account in one period: the bill that it offers for download, or what its API
 * lists. Reconciliation starts from it, so that it finds what we do not have. Immutable; each reading starts at the
 * first line and says the same, line numbers included; they rise from line to line.
 */
public interface Statement {

    /** When the period begins, by the gateway's clock. */
    Instant from();

    /** When the period is over; this moment is no part of it. */
    Instant until();

    /**
     * Reads the lines one by one, in their order, without holding them all. Whoever asked closes the stream.
     *
     * @throws java.io.UncheckedIOException if the source cannot be read (any more)
     */
    Stream<Line> lines();

    /** One line; its number is what a person finds it by in the source. */
    sealed interface Line {
        long number();

        /**
         * Money came.
         *
         * @param payment the reference it came for ({@code out_trade_no}), as text: it may be none of ours
         */
        record Received(long number, String payment, String tradeNumber, Money amount, Instant at) implements Line {}

        /**
         * Money went back.
         *
         * @param payment the reference of the payment that it is given back of, as for {@link Received}
         * @param refund the reference of the refund ({@code out_refund_no}); empty if the source has none. One that is none
         *     of ours was made at the gateway's console or by a charge-back; two lines with the same reference and amount are one refund
         * @param amount of this line alone
         * @param at the same in every reading, for without a reference a refund is known by it
         */
        record GivenBack(long number, String payment, String tradeNumber, String refund, Money amount, Instant at)
                implements Line {}

        /** A line that should say something of money and cannot be read; the reason quotes no personal data. */
        record Unreadable(long number, String reason) implements Line {}
    }
}
