package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.order.Stage;

/**
 * Risk once the money is here: advisers are asked before anything is handed over, and what they hold waits for a person.
 * The first answer that is written counts; a paid order is never refused.
 */
final class RiskPart {
    private RiskPart() {}

    /** Whether what is paid waits for the advisers: nothing is taken from stock or sent for it so long. */
    static boolean isAwaited(Checkout checkout) {
        return Boolean.TRUE.equals(checkout.asksOncePaid());
    }

    /** Nobody is asked before anything is paid: what is said then answers nothing. */
    private static boolean isAsked(Checkout checkout) {
        return isAwaited(checkout) && checkout.orders().stream().anyMatch(order -> order.paidAt() != null);
    }

    static void react(Draft draft, Event event) {
        if (!(event instanceof Event.RiskSaid said) || !isAsked(draft.checkout())) {
            return;
        }
        if (said.again()) {
            int tries = draft.tries(Parts.RISK);
            draft.tryAgain(Parts.RISK, Backoff.retry(draft.checkout().terms(), tries), true);
            return;
        }
        draft.add(new Entry.RiskAssessed(said.hold()));
        if (said.hold() != null) {
            draft.checkout().orders().stream()
                    // One that is on hold for an amount, beside one that a person released, is held for this too.
                    .filter(order -> order.stage() == Stage.PAID || order.stage() == Stage.ON_HOLD)
                    .mapToInt(Order::line)
                    .forEach(line -> draft.add(new Entry.OrderHeld(line)));
        }
    }
}
