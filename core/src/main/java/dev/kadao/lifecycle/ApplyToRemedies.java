package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Entry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Applies the entries about what buyers get on top. */
final class ApplyToRemedies {
    private ApplyToRemedies() {}

    /** The checkout after an entry about a compensation; null if it is about something else. */
    static @Nullable Checkout apply(Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.CompensationDecided decided) {
            Compensation fresh = new Compensation(
                    decided.compensation(),
                    decided.line(),
                    decided.kind(),
                    decided.amount(),
                    decided.coupon(),
                    decided.refund(),
                    Compensation.State.DUE,
                    at);
            return Apply.changed(checkout.with(fresh), fresh.line());
        }
        if (entry instanceof Entry.CompensationGranted granted) {
            return moved(checkout, granted.compensation(), Compensation.State.GRANTED, at);
        }
        if (entry instanceof Entry.CompensationDeclined declined) {
            return moved(checkout, declined.compensation(), Compensation.State.DECLINED, at);
        }
        if (entry instanceof Entry.CompensationUnclear unclear) {
            return moved(checkout, unclear.compensation(), Compensation.State.UNCLEAR, at);
        }
        return entry instanceof Entry.CompensationCancelled cancelled
                ? moved(checkout, cancelled.compensation(), Compensation.State.CANCELLED, at)
                : null;
    }

    private static Checkout moved(Checkout checkout, int number, Compensation.State state, Instant at) {
        Compensation compensation = checkout.compensation(number).with(state, at);
        return Apply.changed(checkout.with(compensation), compensation.line());
    }
}
