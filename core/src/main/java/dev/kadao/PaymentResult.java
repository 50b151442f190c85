package dev.kadao;

import dev.kadao.order.Payment;
import dev.kadao.order.Snapshot;

/** What came of asking for a further payment. */
public sealed interface PaymentResult {

    /**
     * A payment is on record. Its {@code payWith} is null if the gateway has not answered in time: read the checkout
     * again.
     */
    record Opened(Snapshot snapshot, Payment payment) implements PaymentResult {}

    /** Not possible: paid or closed already, five payments open, no such gateway; or not found, or busy. */
    record NotOpened(Answer why) implements PaymentResult {}

    /**
     * The payment.
     *
     * @throws RefusedException if there is none
     */
    default Payment orThrow() {
        if (this instanceof Opened opened) {
            return opened.payment();
        }
        ((NotOpened) this).why().orThrow();
        throw new IllegalStateException("an answer that refused nothing");
    }
}
