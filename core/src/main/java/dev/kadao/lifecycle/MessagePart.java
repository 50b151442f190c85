package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Event.MessageTold.Telling;
import dev.kadao.order.Case;
import dev.kadao.order.Entry;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Message;
import dev.kadao.order.Message.Kind;
import dev.kadao.order.Order;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.Step.StockAnswer;
import java.util.EnumSet;
import java.util.Set;

/** Messages to the buyer: queued by what was decided before them, tried with a growing gap, given up in the end. */
final class MessagePart {
    private static final int MOST_OPEN = 50;
    private static final int MOST_EVER = 200;
    /** What repeats an earlier message, because the buyer asked or has not looked, leaves the other half to what is news. */
    private static final int MOST_OPEN_WITH_REPEATS = MOST_OPEN / 2;

    private static final int MOST_EVER_WITH_REPEATS = MOST_EVER / 2;
    /** What is only true until the next news of the order: it is not told any more once that is queued. */
    private static final Set<Kind> PASSING = EnumSet.of(Kind.PAID, Kind.LATE, Kind.NEEDS_YOU);

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
                .forEach(compensation -> queue(draft, compensation.line(), Kind.COMPENSATED));
        if (event instanceof Event.StockSaid said && !(said.answer() instanceof StockAnswer.Returned)) {
            stillToCome(draft, draft.order(said.line()));
        }
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
            queue(draft, entry.line(), Kind.DELIVERED);
        } else if (entry instanceof Entry.KeysReplaced) {
            queue(draft, entry.line(), Kind.REPLACED);
        } else if (entry instanceof Entry.OrderRefunded) {
            queue(draft, entry.line(), Kind.REFUNDED);
        } else if (entry instanceof Entry.OrderClosed) {
            queue(draft, entry.line(), Kind.CLOSED);
        } else if (entry instanceof Entry.OrderHeld) {
            queue(draft, entry.line(), isShort(draft) ? Kind.NEEDS_YOU : Kind.ON_HOLD);
        } else if (entry instanceof Entry.DisputeRejected) {
            queue(draft, entry.line(), Kind.DISPUTE_REJECTED);
        } else if (entry instanceof Entry.OrderPaid || entry instanceof Entry.HoldReleased) {
            // Keys may be handed over in this very step: whether they are still to come, the stock says.
            Order order = draft.order(entry.line());
            if (order.route().kind() != Route.Kind.KEYS) {
                stillToCome(draft, order);
            }
        } else if (entry instanceof Entry.RungReached reached) {
            reached(draft, draft.order(entry.line()), reached.rung());
        }
    }

    /** Too little came: the full amount, paid now, settles it without a person; any other hold is a person's to end. */
    private static boolean isShort(Draft draft) {
        return draft.decided(Entry.MoneyReceived.class).anyMatch(received -> received.verdict() == Verdict.SHORT);
    }

    /** The buyer is told once that the money is here, if the goods are not yet. */
    private static void stillToCome(Draft draft, Order order) {
        boolean told = draft.checkout().messages().stream()
                .anyMatch(known -> known.line() == order.line() && known.kind() == Kind.PAID);
        boolean waits = order.stage() == Stage.PAID || order.stage() == Stage.RESERVED;
        if (waits && !told && !order.moneyMovedBack()) {
            queue(draft, order.line(), Kind.PAID);
        }
    }

    private static void reached(Draft draft, Order order, Rung rung) {
        if (rung == Rung.LATE && order.stage().owesGoods() && !order.moneyMovedBack()) {
            queue(draft, order.line(), Kind.LATE);
        } else if (rung == Rung.REDISPATCH && order.stage() == Stage.DELIVERED) {
            Kind kind = ofDelivery(order);
            boolean canBeTold = draft.checkout().messages().stream()
                    .noneMatch(known -> known.line() == order.line()
                            && known.kind() == kind
                            && known.state() == Message.State.GIVEN_UP);
            if (canBeTold) {
                again(draft, order);
            }
        }
    }

    private static Kind ofDelivery(Order order) {
        return order.keys().replacement() == 0 ? Kind.DELIVERED : Kind.REPLACED;
    }

    /** Queues what is news, unless the same waits already. What finds no room is told by a person, who gets a case. */
    static void queue(Draft draft, int line, Kind kind) {
        if (waits(draft, line, kind)) {
            return;
        }
        draft.checkout().messages().stream()
                .filter(known -> known.state() == Message.State.DUE && known.line() == line)
                .filter(known -> PASSING.contains(known.kind()))
                .forEach(known -> draft.add(new Entry.MessageGivenUp(known.number())));
        if (!queued(draft, line, kind, MOST_OPEN, MOST_EVER)) {
            String fact = "no room for the message " + kind + " to the buyer: of this checkout " + MOST_OPEN
                    + " messages wait to be told, or " + MOST_EVER + " were queued; tell it yourself";
            draft.openCase(Case.Kind.OTHER, draft.order(line).id().toString(), line, null, fact);
        }
    }

    /**
     * Queues the news of a delivery once more; answers whether it is, and not whether the same waits already or it was told
     * often enough.
     */
    static boolean again(Draft draft, Order order) {
        int line = order.line();
        Kind kind = ofDelivery(order);
        return draft.checkout().resendsLeft(order) > 0
                && !waits(draft, line, kind)
                && queued(draft, line, kind, MOST_OPEN_WITH_REPEATS, MOST_EVER_WITH_REPEATS);
    }

    private static boolean waits(Draft draft, int line, Kind kind) {
        return draft.checkout().messages().stream()
                .anyMatch(known -> known.state() == Message.State.DUE && known.line() == line && known.kind() == kind);
    }

    private static boolean queued(Draft draft, int line, Kind kind, int mostOpen, int mostEver) {
        long open = draft.checkout().messages().stream()
                .filter(known -> known.state() == Message.State.DUE)
                .count();
        int number = draft.checkout().messages().size() + 1;
        if (open >= mostOpen || number > mostEver) {
            return false;
        }
        draft.add(new Entry.MessageQueued(number, line, kind));
        return true;
    }
}
