package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Verdict.Refusal;
import dev.kadao.order.Commitment;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.order.RecipientHistory;

/**
 * Who gets the goods: confirmed or corrected by the buyer until they may be on their way. A correction and the intent of the
 * first dispatch are steps on one document, so whichever is written first wins, and the supplier gets what stands there.
 */
final class RecipientPart {
    static final int MOST_CORRECTIONS = 10;

    private RecipientPart() {}

    static void react(Draft draft, Event event, int line) {
        if (event instanceof Event.RecipientConfirmed confirmed && confirmed.line() == line) {
            confirmed(draft, draft.order(line), confirmed.recipient());
        } else if (event instanceof Event.RecipientCorrected corrected && corrected.line() == line) {
            corrected(draft, draft.order(line), corrected.recipient());
        }
    }

    private static void confirmed(Draft draft, Order order, Commitment recipient) {
        RecipientHistory history = order.recipientHistory();
        if (!recipient.equals(order.recipient())) {
            draft.refuse(
                    Refusal.OTHER_RECIPIENT,
                    "what was confirmed is not the recipient of order " + order.id()
                            + ": show the buyer the one on record, and have it corrected if it is wrong");
        } else if (history != null && history.confirmedAt() != null) {
            return;
        } else if (!order.isUnsent()) {
            refuseNow(draft, order, "confirmed");
        } else {
            draft.add(new Entry.RecipientConfirmed(order.line(), recipient));
        }
    }

    private static void corrected(Draft draft, Order order, Commitment recipient) {
        RecipientHistory history = order.recipientHistory();
        if (recipient.equals(order.recipient())) {
            return;
        }
        if (!order.isUnsent()) {
            refuseNow(draft, order, "corrected");
        } else if (history != null && history.corrections() >= MOST_CORRECTIONS) {
            draft.refuse(
                    Refusal.LIMIT_REACHED,
                    "the recipient of order " + order.id() + " was corrected " + history.corrections()
                            + " times, which is the most: ask our staff");
        } else {
            draft.add(new Entry.RecipientCorrected(order.line(), order.recipient(), recipient));
        }
    }

    private static void refuseNow(Draft draft, Order order, String what) {
        draft.refuse(
                Refusal.WRONG_STAGE,
                "order " + order.id() + " is " + order.stage()
                        + (order.dispatches().isEmpty() ? "" : " and was sent to a supplier")
                        + ": its recipient can be " + what
                        + " only before the goods are on their way, in AWAITING_PAYMENT, ON_HOLD and PAID");
    }
}
