package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Payment;
import java.time.Instant;

/** When unpaid orders close: at the last payment's deadline once every payment has ended, and after a grace anyway. */
final class Closing {
    private Closing() {}

    static Instant at(Checkout checkout) {
        Instant deadline = checkout.payBy();
        boolean watched = checkout.payments().stream().anyMatch(Payment::isWatched);
        return watched ? deadline.plus(checkout.terms().closeGrace()) : deadline;
    }
}
