package dev.kadao.port;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One account at one payment gateway. Implementations are thread-safe, keep no state of their own, honour interruption
 * and answer within the call limit they are configured with; whatever they throw counts as unknown. Every method may be
 * called again with the same arguments, after a crash too: {@code open} and {@code close} are idempotent by payment id,
 * {@code refund} by refund id where {@link GatewayTerms#refundsRepeatably()} says so.
 */
public interface PaymentGateway {

    /** What this gateway can do. Pure; recorded with each payment. */
    Traits traits();

    /** Opens a payment at the gateway, so that the buyer can pay. Not a promise of money. Repeated: the same payment. */
    OpenAnswer open(OpenRequest request, Deadline deadline);

    /**
     * Verifies and reads an inbound notice. Pure but for key look-up; calls nobody, changes nothing. It answers whether
     * the notice is genuine, not whether it counts as paid: that is decided in one place, by Kadao.
     */
    NoticeReading read(InboundNotice notice);

    /** Asks what became of a payment. A read; may be repeated at will. */
    PaymentWord query(PaymentId payment);

    /** Tells the gateway that the payment may no longer be paid. */
    CloseAnswer close(PaymentId payment);

    /** Gives money back. Called once per committed intent; see {@link GatewayTerms#refundsRepeatably()}. */
    RefundAnswer refund(RefundRequest request, Deadline deadline);

    /** Asks what became of a refund. A read; may be repeated at will. */
    RefundAnswer queryRefund(RefundId refund, PaymentId payment);

    /**
     * What a gateway can do.
     *
     * @param opensLocally whether {@code open} makes no foreign call, so that it can be done while placing
     */
    record Traits(GatewayTerms terms, boolean opensLocally) {}

    /** A payment to open. */
    record OpenRequest(PaymentId payment, Money amount, Instant deadline) {}

    /** Money to give back, of one transaction of one payment. */
    record RefundRequest(RefundId refund, PaymentId payment, String tradeNumber, Money amount) {}

    /** What came of opening. */
    sealed interface OpenAnswer {
        record Opened(PayWith payWith) implements OpenAnswer {}

        /** The gateway will not open this payment, definitely. */
        record Refused(String reason) implements OpenAnswer {}

        record Unknown(String reason) implements OpenAnswer {}
    }

    /** What the gateway says of a payment, in a notice or when asked. */
    sealed interface PaymentWord {
        /** Paid: this amount arrived under this trade number. */
        record Paid(String tradeNumber, Money amount) implements PaymentWord {}

        record Pending() implements PaymentWord {}

        /** Closed without money; it can no longer be paid. */
        record Closed() implements PaymentWord {}

        /** The gateway has no such payment (yet): never final. */
        record NotFound() implements PaymentWord {}

        /**
         * Money of this trade was given back: console, charge-back, our own refunds. {@code amount} is all of it so far,
         * what we gave back ourselves included: what exceeds that went back without us.
         *
         * @param received what had come under this trade number, where the gateway tells it: a payment that was given back
         *     in part before anybody saw it is then recorded in full
         */
        record MovedBack(
                String tradeNumber, Money amount, @Nullable Money received) implements PaymentWord {
            public MovedBack(String tradeNumber, Money amount) {
                this(tradeNumber, amount, null);
            }
        }

        record Unknown(String reason) implements PaymentWord {}
    }

    /** What came of closing. */
    sealed interface CloseAnswer {
        record Closed() implements CloseAnswer {}

        /** Too late: it was paid. The payment is then queried. */
        record AlreadyPaid() implements CloseAnswer {}

        /**
         * The gateway has nothing to close, since its buyer has not begun to pay. Only for a gateway at which a payment
         * cannot be paid after the deadline that it was opened with: it counts as closed a while after that deadline, and
         * until then as unknown.
         */
        record NotFound() implements CloseAnswer {}

        record Unknown(String reason) implements CloseAnswer {}
    }

    /** What became of a refund. */
    sealed interface RefundAnswer {
        record Refunded() implements RefundAnswer {}

        record Pending() implements RefundAnswer {}

        /** Definitely not, and never under this reference. */
        record Declined(String reason) implements RefundAnswer {}

        /** The gateway does not know this reference. Only a query answers so. */
        record NotFound() implements RefundAnswer {}

        record Unknown(String reason) implements RefundAnswer {}
    }

    /** What an inbound message is. */
    sealed interface NoticeReading {
        /**
         * Signed by the gateway.
         *
         * @param payment the reference it names, as text: it may be none of ours
         * @param whenStored the answer once it is safely stored
         * @param whenNot the answer that makes the gateway send it again
         */
        record Genuine(String payment, PaymentWord word, NoticeReply whenStored, NoticeReply whenNot)
                implements NoticeReading {}

        /** Genuine but of no concern to us. */
        record Irrelevant(NoticeReply reply) implements NoticeReading {}

        /**
         * Not believed, or unreadable. The reason is for our log only and holds no secret; the reply tells none.
         */
        record Forged(String reason, NoticeReply reply) implements NoticeReading {}
    }
}
