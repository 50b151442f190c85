package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import java.util.List;

/** The refunds of one order that still speak for it: those by which its goods are not paid for any more. */
final class Refunds {
    private Refunds() {}

    static boolean isFor(Refund refund, int line) {
        return refund.line() != null && refund.line() == line;
    }

    /** Whether it gives back what was paid for the order, and is not a compensation beside the goods. */
    static boolean isOfPrice(Checkout checkout, Refund refund, int line) {
        return isFor(refund, line) && checkout.compensationBy(refund) == null;
    }

    /** Without the cancelled ones and compensation, and without a declined one after which the same money was tried again. */
    static List<Refund> of(Checkout checkout, Order order) {
        return checkout.refunds().stream()
                .filter(refund -> isOfPrice(checkout, refund, order.line()))
                .filter(refund -> refund.state() != Refund.State.CANCELLED)
                .filter(refund -> refund.state() != Refund.State.DECLINED || isLastWord(checkout, refund))
                .toList();
    }

    private static boolean isLastWord(Checkout checkout, Refund declined) {
        return checkout.refunds().stream()
                .noneMatch(later -> later.id().number() > declined.id().number()
                        && later.state() != Refund.State.CANCELLED
                        && checkout.compensationBy(later) == null
                        && later.line() != null
                        && later.line().equals(declined.line())
                        && later.payment().equals(declined.payment())
                        && later.tradeNumber().equals(declined.tradeNumber()));
    }
}
