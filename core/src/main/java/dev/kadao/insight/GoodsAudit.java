package dev.kadao.insight;

import dev.kadao.insight.AuditReport.Invariant;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import java.util.List;

/** I2 and I4 of one order: handed over at most once, never goods and money both, and paid before. */
final class GoodsAudit {
    private final Audit audit;
    private final Checkout checkout;
    private final Order order;

    GoodsAudit(Audit audit, Order order) {
        this.audit = audit;
        this.checkout = audit.checkout();
        this.order = order;
    }

    void check() {
        checkHandedOverOnce();
        checkReplacements();
        checkRefundedOnce();
        checkNotBoth();
        checkCompensated();
        checkPaid();
    }

    /** By rule and on top: once, below the price, and after the goods had come or the money had gone back. */
    private void checkCompensated() {
        List<Compensation> ours = checkout.compensated().stream()
                .filter(compensation -> compensation.line() == order.line())
                .toList();
        if (ours.size() > 1) {
            audit.violated(order.id(), Invariant.I2, "compensated " + ours.size() + " times");
        }
        if (!ours.isEmpty() && !hadOutcome()) {
            audit.violated(
                    order.id(),
                    Invariant.I2,
                    "compensated although neither the goods nor the money had come to the buyer");
        }
        for (Compensation compensation : ours) {
            Money amount = compensation.amount();
            boolean below = amount == null
                    || (amount.currency().equals(order.amount().currency())
                            && order.amount().isMoreThan(amount));
            if (!below) {
                audit.violated(
                        order.id(),
                        Invariant.I2,
                        "compensated with " + amount + ", which is not below the price of " + order.amount());
            }
        }
    }

    private boolean hadOutcome() {
        return audit.count(Entry.OrderDelivered.class, order) > 0
                || audit.count(Entry.KeysHandedOver.class, order) > 0
                || audit.count(Entry.KeysReplaced.class, order) > 0
                || audit.count(Entry.DeliveryAttested.class, order) > 0
                || audit.count(Entry.OrderRefunded.class, order) > 0;
    }

    private void checkHandedOverOnce() {
        boolean sourced = order.route().kind() == Route.Kind.SOURCED;
        // Sourced keys come with a dispatch each time, and each replacement was decided by a person.
        long keys = sourced ? 0 : audit.count(Entry.KeysHandedOver.class, order);
        long replacements = sourced ? audit.count(Entry.ReplacementDecided.class, order) : 0;
        long dispatches = Math.max(0, deliveredDispatches() - replacements);
        if (keys + dispatches > 1 && !audit.hadCase(Case.Kind.SUPPLIED_TWICE, order)) {
            audit.violated(
                    order.id(),
                    Invariant.I2,
                    "handed over " + (keys + dispatches) + " times without a case for a person: keys " + keys
                            + ", dispatches " + dispatches);
        }
    }

    private long deliveredDispatches() {
        return audit.history().stream()
                .filter(entry -> entry instanceof Entry.DispatchDelivered delivered && delivered.line() == order.line())
                .map(entry -> ((Entry.DispatchDelivered) entry).dispatch())
                .distinct()
                .count();
    }

    private void checkReplacements() {
        long replaced = audit.count(Entry.KeysReplaced.class, order);
        long decided = audit.count(Entry.ReplacementDecided.class, order);
        if (replaced > decided) {
            audit.violated(
                    order.id(),
                    Invariant.I2,
                    "replaced " + replaced + " times, persons decided " + decided + " replacements");
        }
    }

    private void checkRefundedOnce() {
        long back = new MoneyAudit(audit).goingBackFor(order);
        if (back > order.amount().minorUnits() && !audit.hadCase(Case.Kind.CONFLICT, order)) {
            audit.violated(order.id(), Invariant.I2, back + " minor units go back for an order of " + order.amount());
        }
    }

    private void checkNotBoth() {
        boolean decided = audit.count(Entry.RefundDecided.class, order) > 0
                || audit.count(Entry.ReplacementDecided.class, order) > 0
                || audit.count(Entry.DeliveryAttested.class, order) > 0;
        boolean toldToAPerson =
                audit.hadCase(Case.Kind.CONFLICT, order) || audit.hadCase(Case.Kind.SUPPLIED_TWICE, order);
        if (buyerHasGoods() && moneyIsBack() && !decided && !toldToAPerson) {
            audit.violated(
                    order.id(),
                    Invariant.I2,
                    "the buyer has the goods and the full amount, and no person decided or was told so");
        }
    }

    private boolean buyerHasGoods() {
        boolean hadKeys = audit.count(Entry.KeysHandedOver.class, order) > 0;
        boolean sawReturnedKeys = hadKeys
                && audit.history().stream()
                        .anyMatch(entry -> entry instanceof Entry.KeysReturned returned
                                && returned.line() == order.line()
                                && returned.revealedSlots() > 0);
        return order.keys().state() == Keys.State.HANDED_OVER || sawReturnedKeys || deliveredDispatches() > 0;
    }

    private boolean moneyIsBack() {
        long done = checkout.refunds().stream()
                .filter(refund -> refund.state() == Refund.State.DONE)
                .filter(refund -> refund.line() != null && refund.line() == order.line())
                .filter(refund ->
                        refund.amount().currency().equals(order.amount().currency()))
                .mapToLong(refund -> refund.amount().minorUnits())
                .sum();
        return done >= order.amount().minorUnits() || order.moneyMovedBack();
    }

    private void checkPaid() {
        boolean delivered =
                order.isDelivered() || audit.count(Entry.KeysHandedOver.class, order) > 0 || deliveredDispatches() > 0;
        boolean waived = audit.count(Entry.HoldReleased.class, order) > 0
                || audit.count(Entry.DeliveryAttested.class, order) > 0;
        if (delivered && !waived && !isPaidExactly()) {
            audit.violated(
                    order.id(),
                    Invariant.I4,
                    "delivered although no receipt has the exact amount of " + checkout.total()
                            + " and no person waived it");
        }
    }

    private boolean isPaidExactly() {
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                boolean settles = receipt.verdict() == Verdict.MATCHED || receipt.verdict() == Verdict.LATE;
                if (settles
                        && receipt.amount().equals(checkout.total())
                        && receipt.amount().equals(payment.amount())) {
                    return true;
                }
            }
        }
        return false;
    }
}
