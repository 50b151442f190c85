package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Entry;
import dev.kadao.order.Hold;
import dev.kadao.order.InvalidValueException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Applies the entries about what buyers get on top, and what is held for them. */
final class ApplyToRemedies {
    private ApplyToRemedies() {}

    /** The checkout after an entry about a compensation or hold; null if it is about something else. */
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
                : escrow(checkout, entry, at);
    }

    private static @Nullable Checkout escrow(Checkout checkout, Entry entry, Instant at) {
        if (entry instanceof Entry.EscrowBegun begun) {
            return checkout.with(Hold.wished(begun.line(), begun.amount(), at));
        }
        if (entry instanceof Entry.EscrowMoved moved) {
            return checkout.with(known(checkout, moved.line()).with(moved.state(), at));
        }
        return entry instanceof Entry.EscrowClawBackWished wished
                ? checkout.with(known(checkout, wished.line()).wishedBack())
                : null;
    }

    private static Hold known(Checkout checkout, int line) {
        Hold hold = checkout.hold(line);
        if (hold == null) {
            throw new InvalidValueException("checkout " + checkout.id() + " has no hold for order " + line);
        }
        return hold;
    }

    private static Checkout moved(Checkout checkout, int number, Compensation.State state, Instant at) {
        Compensation compensation = checkout.compensation(number).with(state, at);
        return Apply.changed(checkout.with(compensation), compensation.line());
    }
}
