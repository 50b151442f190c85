package dev.kadao.insight;

import dev.kadao.insight.AuditReport.Invariant;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Hold;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Receipt;
import dev.kadao.order.Stage;

/** I2 of what an escrow service holds for one order: the merchant's after completion, the buyer's after a refund, once each. */
final class HoldAudit {
    private final Audit audit;
    private final Checkout checkout;
    private final Order order;

    HoldAudit(Audit audit, Order order) {
        this.audit = audit;
        this.checkout = audit.checkout();
        this.order = order;
    }

    void check() {
        Hold hold = checkout.hold(order.line());
        if (hold != null) {
            checkReleased(hold);
            checkClawedBack(hold);
            checkLeftBehind(hold);
            checkReceived(hold);
        }
    }

    private void checkReleased(Hold hold) {
        long released = Math.max(moves(Hold.State.RELEASING), isNow(hold, Hold.Move.RELEASE));
        long allowed =
                audit.count(Entry.OrderCompleted.class, order) + audit.count(Entry.EscrowReleaseDecided.class, order);
        if (released > allowed) {
            violated("its hold was released " + released + " times, and completed or decided " + allowed + " times");
        }
    }

    private void checkClawedBack(Hold hold) {
        long back = Math.max(moves(Hold.State.CLAWING_BACK), isNow(hold, Hold.Move.CLAW_BACK));
        long refunded = audit.count(Entry.OrderRefunded.class, order);
        if (back > refunded) {
            violated("its hold was clawed back " + back + " times, and its price given back " + refunded + " times");
        }
        boolean decided = audit.count(Entry.RefundDecided.class, order) > 0
                || audit.count(Entry.ReplacementDecided.class, order) > 0;
        if (back > 0 && moves(Hold.State.RELEASED) > 0 && !decided) {
            violated("its hold was clawed back after the merchant had got it, and no person decided so");
        }
    }

    /** Nobody would ask the service any more. */
    private void checkLeftBehind(Hold hold) {
        boolean kept = hold.state() == Hold.State.HELD || hold.state() == Hold.State.WISHED;
        if (order.stage() == Stage.COMPLETED && kept && !order.moneyMovedBack()) {
            violated("its hold is " + hold.state() + " although it is COMPLETED");
        } else if (order.stage() == Stage.REFUNDED && (kept || hold.state() == Hold.State.RELEASED)) {
            violated("its hold is " + hold.state() + " although it is REFUNDED");
        }
    }

    private void checkReceived(Hold hold) {
        Money none = Money.zero(hold.amount().currency());
        Money held = checkout.held().stream()
                .map(Hold::amount)
                .filter(amount -> amount.currency().equals(none.currency()))
                .reduce(none, Money::plus);
        Money received = checkout.settlingReceipts().stream()
                .map(Receipt::amount)
                .filter(amount -> amount.currency().equals(none.currency()))
                .reduce(none, Money::plus);
        if (held.isMoreThan(received)) {
            violated("holds of " + held + " were asked for, and " + received + " was received");
        }
    }

    private long moves(Hold.State state) {
        return audit.history().stream()
                .filter(entry -> entry instanceof Entry.EscrowMoved moved
                        && moved.line() == order.line()
                        && moved.state() == state)
                .count();
    }

    private static long isNow(Hold hold, Hold.Move move) {
        return hold.asked() == move ? 1 : 0;
    }

    private void violated(String sentence) {
        audit.violated(order.id(), Invariant.I2, sentence);
    }
}
