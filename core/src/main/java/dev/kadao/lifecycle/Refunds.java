package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import java.util.List;

/** The refunds of one order that still speak for it. */
final class Refunds {
    private Refunds() {}

    static boolean isFor(Refund refund, int line) {
        return refund.line() != null && refund.line() == line;
    }

    /** Without the cancelled ones, and without a declined one after which the same money was tried again. */
    static List<Refund> of(Checkout checkout, Order order) {
        return checkout.refunds().stream()
                .filter(refund -> isFor(refund, order.line()) && refund.state() != Refund.State.CANCELLED)
                .filter(refund -> refund.state() != Refund.State.DECLINED || isLastWord(checkout, refund))
                .toList();
    }

    private static boolean isLastWord(Checkout checkout, Refund declined) {
        return checkout.refunds().stream()
                .noneMatch(later -> later.id().number() > declined.id().number()
                        && later.state() != Refund.State.CANCELLED
                        && later.line() != null
                        && later.line().equals(declined.line())
                        && later.payment().equals(declined.payment())
                        && later.tradeNumber().equals(declined.tradeNumber()));
    }
}
