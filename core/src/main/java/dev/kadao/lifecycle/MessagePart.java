package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Event.MessageTold.Telling;
import dev.kadao.order.Entry;
import dev.kadao.order.Message;

/** Messages to the buyer: queued by what was decided before them, tried with a growing gap, given up in the end. */
final class MessagePart {
    private static final int MOST_OPEN = 50;
    private static final int MOST_EVER = 200;

    private MessagePart() {}

    static void react(Draft draft, Event event) {
        if (event instanceof Event.MessageTold told) {
            told(draft, draft.checkout().message(told.message()), told.telling());
        }
        if (!draft.checkout().terms().notifies()) {
            return;
        }
        draft.decided(Entry.OfOrder.class).forEach(entry -> queueFor(draft, entry));
        draft.decided(Entry.CompensationGranted.class)
                .map(granted -> draft.checkout().compensation(granted.compensation()))
                .forEach(compensation -> queue(draft, compensation.line(), Message.Kind.COMPENSATED));
    }

    private static void told(Draft draft, Message message, Telling telling) {
        if (message.state() != Message.State.DUE) {
            return;
        }
        String part = Parts.of(message);
        if (telling == Telling.TOLD) {
            draft.add(new Entry.MessageSent(message.number()));
        } else if (telling == Telling.NEVER || draft.tries(part) + 1 >= Effect.SendMessage.MOST_TRIES) {
            draft.add(new Entry.MessageGivenUp(message.number()));
        } else {
            draft.tryAgain(part, Backoff.message(draft.checkout().terms(), draft.tries(part)), false);
        }
    }

    private static void queueFor(Draft draft, Entry.OfOrder entry) {
        if (entry instanceof Entry.OrderDelivered
                || entry instanceof Entry.KeysHandedOver
                || entry instanceof Entry.DeliveryAttested) {
            queue(draft, entry.line(), Message.Kind.DELIVERED);
        } else if (entry instanceof Entry.KeysReplaced) {
            queue(draft, entry.line(), Message.Kind.REPLACED);
        } else if (entry instanceof Entry.OrderRefunded) {
            queue(draft, entry.line(), Message.Kind.REFUNDED);
        } else if (entry instanceof Entry.OrderClosed) {
            queue(draft, entry.line(), Message.Kind.CLOSED);
        } else if (entry instanceof Entry.OrderHeld) {
            queue(draft, entry.line(), Message.Kind.ON_HOLD);
        } else if (entry instanceof Entry.DisputeRejected) {
            queue(draft, entry.line(), Message.Kind.DISPUTE_REJECTED);
        }
    }

    /** Queues a message unless the same one waits already or too many do. */
    static boolean queue(Draft draft, int line, Message.Kind kind) {
        long open = draft.checkout().messages().stream()
                .filter(message -> message.state() == Message.State.DUE)
                .count();
        boolean waits = draft.checkout().messages().stream()
                .anyMatch(message ->
                        message.state() == Message.State.DUE && message.line() == line && message.kind() == kind);
        int number = draft.checkout().messages().size() + 1;
        if (waits || open >= MOST_OPEN || number > MOST_EVER) {
            return false;
        }
        draft.add(new Entry.MessageQueued(number, line, kind));
        return true;
    }
}
