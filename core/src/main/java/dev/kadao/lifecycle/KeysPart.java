package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.Reveals;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;

/** Keys of an order: taken, handed over, replaced, given back; and how long missing stock is waited for. */
final class KeysPart {
    /** The cause of a refund that is only right while the buyer has seen no key. */
    static final String UNSEEN = "decided while no key was seen";

    private KeysPart() {}

    static void react(Draft draft, Event event, int line) {
        if (event instanceof Event.StockSaid said && said.line() == line) {
            stockSaid(draft, draft.order(line), said.answer());
        } else if (event instanceof Event.KeysSetAside aside && aside.line() == line) {
            if (draft.order(line).stage() == Stage.PAID) {
                draft.add(new Entry.KeysReserved(line));
            }
        } else if (event instanceof Event.StockArrived arrived && arrived.line() == line) {
            Order order = draft.order(line);
            if (order.stage() == Stage.PAID || order.stage() == Stage.REPLACING) {
                draft.hurry(Parts.of(order));
            }
        } else if (event instanceof Event.KeysShown shown && shown.line() == line) {
            shown(draft, draft.order(line).keys(), shown);
        } else if (event instanceof Event.TimeCame) {
            timeCame(draft, draft.order(line));
        }
    }

    private static void shown(Draft draft, Keys keys, Event.KeysShown shown) {
        Reveals known = keys.reveals();
        if (!keys.revealed()) {
            draft.add(new Entry.KeysRevealed(shown.line(), shown.origin()));
        } else if (known == null || known.isNews(shown.origin(), draft.now())) {
            draft.add(new Entry.KeysRevealedAgain(shown.line(), shown.origin()));
        }
    }

    private static void stockSaid(Draft draft, Order order, StockAnswer answer) {
        if (UnpaidKeys.areMeant(answer)) {
            UnpaidKeys.said(draft, order, answer);
        } else if (answer instanceof StockAnswer.Taken) {
            taken(draft, order);
        } else if (answer instanceof StockAnswer.OutOfStock && order.stage() != Stage.RESERVED) {
            missed(draft, order);
        } else if (answer instanceof StockAnswer.Returned returned) {
            returned(draft, order, returned.answer());
        } else if (isOverdue(draft, order)) {
            Moves.park(
                    draft,
                    order.line(),
                    "the stock could not be asked for "
                            + draft.checkout().terms().stockWait());
        } else {
            String part = Parts.of(order);
            Duration gap = order.paidAt() == null
                    ? UnpaidKeys.gap(draft, part)
                    : Backoff.retry(draft.checkout().terms(), draft.tries(part));
            draft.tryAgain(part, gap, false);
        }
    }

    /** Decided when the stock fails to answer and not by time alone: after a long stop it is asked first. */
    private static boolean isOverdue(Draft draft, Order order) {
        boolean waits = order.stage() == Stage.PAID
                || order.stage() == Stage.REPLACING
                || (order.stage() == Stage.REFUNDING && order.keys().state() != Keys.State.RETURNED);
        Instant limit = order.since().plus(draft.checkout().terms().stockWait());
        return waits && order.takenBy() == null && Moves.isOver(draft, limit);
    }

    private static void taken(Draft draft, Order order) {
        int line = order.line();
        switch (order.stage()) {
            case PAID, RESERVED -> handedOver(draft, order);
            case PARKED -> {
                if (order.keys().state() == Keys.State.RESERVED) {
                    handedOver(draft, order);
                }
            }
            case REPLACING ->
                draft.add(new Entry.KeysReplaced(line, order.keys().replacement() + 1, Moves.windowEnd(draft)));
            case AWAITING_PAYMENT,
                    CLOSED,
                    ON_HOLD,
                    DISPATCHING,
                    UNCERTAIN,
                    DELIVERED,
                    DISPUTED,
                    COMPLETED,
                    REFUNDING,
                    REFUNDED -> {}
        }
    }

    private static void handedOver(Draft draft, Order order) {
        draft.add(new Entry.KeysHandedOver(order.line(), Moves.windowEnd(draft), Moves.took(draft, order.line())));
        if (order.moneyMovedBack()) {
            String fact = "the keys were handed over, and the gateway has given the money back";
            draft.openCase(Case.Kind.CONFLICT, order.id().toString(), order.line(), null, fact);
        }
    }

    private static void missed(Draft draft, Order order) {
        if (order.stage() != Stage.PAID && order.stage() != Stage.REPLACING) {
            return;
        }
        if (order.paidLate() && order.stage() == Stage.PAID) {
            Moves.refund(draft, order.line(), "paid after closing and out of stock");
            return;
        }
        if (order.keys().waitingSince() == null) {
            draft.add(new Entry.StockMissed(order.line()));
        }
        if (!waitedLongEnough(draft, draft.order(order.line()))) {
            String part = Parts.of(order);
            draft.tryAgain(part, Backoff.retry(draft.checkout().terms(), draft.tries(part)), true);
        }
    }

    private static boolean waitedLongEnough(Draft draft, Order order) {
        if (!Moves.stockWaitIsOver(draft, order)) {
            return false;
        }
        String cause = "out of stock for " + draft.checkout().terms().stockWait();
        if (draft.checkout().terms().stockWaitOver() == Terms.WaitOver.REFUND) {
            Moves.refund(draft, order.line(), cause);
        } else {
            Moves.park(draft, order.line(), cause);
        }
        return true;
    }

    private static void returned(Draft draft, Order order, ReleaseAnswer answer) {
        int line = order.line();
        if (order.stage() == Stage.REFUNDING && order.keys().state() != Keys.State.RETURNED) {
            int revealed = answer instanceof ReleaseAnswer.Voided voided ? voided.revealed() : 0;
            draft.add(new Entry.KeysReturned(line, revealed));
            boolean onlyUnseen = draft.checkout().refunds().stream()
                    .anyMatch(refund -> refund.line() != null
                            && refund.line() == line
                            && refund.isOpen()
                            && refund.cause().equals(UNSEEN));
            if (revealed > 0 && onlyUnseen) {
                String fact = "the buyer saw " + revealed + " keys while they were taken back for a refund";
                draft.openCase(Case.Kind.CONFLICT, order.id().toString(), line, null, fact);
                cancelRefunds(draft, line, fact);
                Moves.park(draft, line, fact);
            }
        } else if (order.stage() == Stage.PAID || order.stage() == Stage.RESERVED || order.stage() == Stage.REPLACING) {
            Moves.park(draft, line, "the stock says that this order's keys were taken back before");
        }
    }

    private static void cancelRefunds(Draft draft, int line, String reason) {
        draft.checkout().refunds().stream()
                .filter(refund -> Refunds.isOfPrice(draft.checkout(), refund, line) && refund.isUnsent())
                .forEach(refund ->
                        draft.add(new Entry.RefundCancelled(refund.id().number(), reason)));
    }

    private static void timeCame(Draft draft, Order order) {
        if (order.takenBy() != null) {
            return;
        }
        if (order.stage() == Stage.PAID || order.stage() == Stage.REPLACING) {
            waitedLongEnough(draft, order);
        } else if (order.stage() == Stage.RESERVED
                && Moves.isOver(
                        draft, order.since().plus(draft.checkout().terms().stockWait()))) {
            Moves.park(draft, order.line(), "the reserved keys could not be handed over");
        }
    }
}
