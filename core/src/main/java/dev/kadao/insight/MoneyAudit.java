package dev.kadao.insight;

import dev.kadao.insight.AuditReport.Invariant;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;

/** I1 and the money side of I2: where every received amount is, and that no more goes back than came. */
final class MoneyAudit {
    private final Audit audit;
    private final Checkout checkout;

    MoneyAudit(Audit audit) {
        this.audit = audit;
        this.checkout = audit.checkout();
    }

    void check() {
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                check(payment, receipt);
            }
        }
        checkSettled();
    }

    private void check(Payment payment, Receipt receipt) {
        long left = left(payment, receipt);
        String money = receipt.amount() + " of trade number " + receipt.tradeNumber();
        if (left < 0 && !isSpokenFor(payment)) {
            audit.violated(payment.id(), Invariant.I2, money + ": more of it went back than came");
        }
        if (left > 0 && receipt.verdict() == Verdict.SURPLUS && !isSpokenFor(payment)) {
            audit.violated(payment.id(), Invariant.I1, money + " is surplus, is not on its way back and has no case");
        }
        boolean ended = checkout.orders().stream().allMatch(MoneyAudit::hasEndedWithoutGoods);
        boolean mustBeGone = receipt.isHeld() || receipt.verdict() == Verdict.WAIVED;
        if (left > 0 && mustBeGone && ended && !isSpokenFor(payment)) {
            audit.violated(payment.id(), Invariant.I1, money + " is kept although every order has ended without goods");
        }
    }

    /** What came as the exact amount is kept for orders that are delivered or under way, and for nothing else. */
    private void checkSettled() {
        long kept = checkout.orders().stream().mapToLong(this::keptFor).sum();
        long left = 0;
        boolean spokenFor = false;
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                if (isExact(receipt)) {
                    left += left(payment, receipt);
                    spokenFor |= isSpokenFor(payment);
                }
            }
        }
        if (left > kept && !spokenFor) {
            String currency = checkout.total().currency().code();
            audit.violated(
                    checkout.id(),
                    Invariant.I1,
                    left + " minor units of " + currency + " are held, " + kept
                            + " belong to orders that are delivered or under way: the rest is nowhere");
        }
    }

    private long keptFor(Order order) {
        if (hasEndedWithoutGoods(order)) {
            return 0;
        }
        return Math.max(0, order.amount().minorUnits() - goingBackFor(order));
    }

    /** How much of exact receipts goes back, or went back, for the order. */
    long goingBackFor(Order order) {
        return checkout.refunds().stream()
                .filter(Refund::counts)
                .filter(refund -> refund.line() != null && refund.line() == order.line())
                .filter(this::isOfExactReceipt)
                .mapToLong(refund -> refund.amount().minorUnits())
                .sum();
    }

    private boolean isOfExactReceipt(Refund refund) {
        Receipt receipt = checkout.payment(refund.payment().number()).receipt(refund.tradeNumber());
        return receipt != null && isExact(receipt);
    }

    private static boolean isExact(Receipt receipt) {
        return receipt.verdict() == Verdict.MATCHED || receipt.verdict() == Verdict.LATE;
    }

    static boolean hasEndedWithoutGoods(Order order) {
        Stage stage = order.stage();
        return stage == Stage.REFUNDED || stage == Stage.CLOSED || stage == Stage.AWAITING_PAYMENT;
    }

    /** What of a receipt is neither given back, nor on its way back, nor moved back by the gateway. */
    private long left(Payment payment, Receipt receipt) {
        Money left = receipt.amount().minus(receipt.movedBack());
        for (Refund refund : checkout.refunds()) {
            boolean ours = refund.payment().equals(payment.id())
                    && refund.tradeNumber().equals(receipt.tradeNumber());
            if (ours && refund.counts()) {
                left = left.minus(refund.amount());
            }
        }
        return left.minorUnits();
    }

    /** Whether a person was told that the money of this payment is in disorder. */
    private boolean isSpokenFor(Payment payment) {
        int number = payment.id().number();
        return audit.hadCase(Case.Kind.REFUND_DECLINED, number) || audit.hadCase(Case.Kind.CONFLICT, number);
    }
}
