package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of which receipt goes back for one order. With the exact amount received it is the order's amount; with a
 * wrong amount it is the order's share of what was received, and the last order to be given back takes the rest, so
 * that never more goes back than came.
 */
final class Shares {
    /** With more refunds of one receipt nearly every amount is some sum of them. */
    private static final int MOST_SUMS = 4_096;

    private Shares() {}

    /** One amount of one receipt. */
    record Share(PaymentId payment, String tradeNumber, Money amount) {}

    static List<Share> of(Checkout checkout, Order order) {
        boolean settled = checkout.isSettled();
        List<Share> shares = new ArrayList<>();
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                if (settled ? receipt.settles() : receipt.isHeld()) {
                    addShare(shares, checkout, order, payment, receipt);
                }
            }
        }
        return shares;
    }

    private static void addShare(List<Share> shares, Checkout checkout, Order order, Payment payment, Receipt receipt) {
        Money left = left(checkout, payment, receipt);
        Money wished =
                wished(checkout, order, payment, receipt, left).minus(goingBack(checkout, order, payment, receipt));
        Money amount = wished.isMoreThan(left) ? left : wished;
        if (amount.isPositive()) {
            shares.add(new Share(payment.id(), receipt.tradeNumber(), amount));
        }
    }

    private static Money wished(Checkout checkout, Order order, Payment payment, Receipt receipt, Money left) {
        if (receipt.verdict() == Verdict.MATCHED || receipt.verdict() == Verdict.LATE) {
            return order.amount();
        }
        boolean lastOne = checkout.orders().stream()
                .filter(other -> other.line() != order.line())
                .allMatch(other -> isGivenBack(checkout, other));
        if (lastOne) {
            return left.plus(goingBack(checkout, order, payment, receipt));
        }
        BigInteger share = BigInteger.valueOf(receipt.amount().minorUnits())
                .multiply(BigInteger.valueOf(order.amount().minorUnits()))
                .divide(BigInteger.valueOf(checkout.total().minorUnits()));
        return new Money(share.longValueExact(), receipt.amount().currency());
    }

    /** What of a receipt is on its way back, or back, for the order already, as compensation too: no more goes than came. */
    private static Money goingBack(Checkout checkout, Order order, Payment payment, Receipt receipt) {
        Money going = Money.zero(receipt.amount().currency());
        for (Refund refund : checkout.refunds()) {
            if (refund.counts() && Refunds.isFor(refund, order.line()) && isOf(refund, payment, receipt)) {
                going = going.plus(refund.amount());
            }
        }
        return going;
    }

    /** Also where its share was less than a minor unit, so that there is no refund to show for it. */
    private static boolean isGivenBack(Checkout checkout, Order order) {
        return order.stage() == Stage.REFUNDING
                || order.stage() == Stage.REFUNDED
                || checkout.refunds().stream()
                        .anyMatch(refund -> Refunds.isOfPrice(checkout, refund, order.line()) && refund.counts());
    }

    /** Whether any of the money that pays for the orders, or waits to, was neither moved back nor sent back by us. */
    static boolean somethingIsKept(Checkout checkout, boolean settling) {
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                Money gone = receipt.movedBack().plus(sentBack(checkout, payment, receipt));
                if ((settling ? receipt.settles() : receipt.isHeld())
                        && receipt.amount().isMoreThan(gone)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What of a receipt is neither given back, nor on its way back, nor moved back by the gateway. */
    static Money left(Checkout checkout, Payment payment, Receipt receipt) {
        Money left = receipt.amount().minus(receipt.movedBack());
        for (Refund refund : checkout.refunds()) {
            if (refund.counts() && isOf(refund, payment, receipt)) {
                left = left.minus(refund.amount());
            }
        }
        return left;
    }

    /** What we ourselves have told the gateway to give back of a receipt, done or perhaps done. */
    static Money sentBack(Checkout checkout, Payment payment, Receipt receipt) {
        Money sent = Money.zero(receipt.amount().currency());
        for (Refund refund : checkout.refunds()) {
            if (refund.counts() && !refund.isUnsent() && isOf(refund, payment, receipt)) {
                sent = sent.plus(refund.amount());
            }
        }
        return sent;
    }

    /**
     * Whether an amount that the gateway says went back in all is one that refunds of ours, each carried out or not yet, make
     * up, with what is on record as moved back without us or before that.
     */
    static boolean mayBeOurs(Checkout checkout, Payment payment, Receipt receipt, Money inAll) {
        Set<Long> sums = new HashSet<>(Set.of(0L));
        sums.add(receipt.movedBack().minorUnits());
        for (Refund refund : checkout.refunds()) {
            if (refund.counts() && !refund.isUnsent() && isOf(refund, payment, receipt)) {
                List.copyOf(sums).forEach(sum -> sums.add(sum + refund.amount().minorUnits()));
            }
            if (sums.size() > MOST_SUMS) {
                return true;
            }
        }
        return sums.contains(inAll.minorUnits());
    }

    static boolean isOf(Refund refund, Payment payment, Receipt receipt) {
        return refund.payment().equals(payment.id()) && refund.tradeNumber().equals(receipt.tradeNumber());
    }
}
