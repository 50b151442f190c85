package dev.kadao.support.answer;

import dev.kadao.order.Checkout;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of money that was paid more than once.
 *
 * @param amount of the first receipt that this is about; null if there is none
 */
record Surplus(State state, @Nullable Money amount) {

    /** How far it is; of several receipts that of the one that is least far. */
    enum State {
        NONE,
        BACK,
        UNDER_WAY,
        DECLINED
    }

    static Surplus of(Checkout checkout) {
        Surplus worst = new Surplus(State.NONE, null);
        for (Payment payment : checkout.payments()) {
            for (Receipt receipt : payment.receipts()) {
                if (receipt.verdict() == Receipt.Verdict.SURPLUS) {
                    State state = state(checkout, payment, receipt);
                    worst = state.compareTo(worst.state) > 0 ? new Surplus(state, receipt.amount()) : worst;
                }
            }
        }
        return worst;
    }

    private static State state(Checkout checkout, Payment payment, Receipt receipt) {
        if (!receipt.amount().isMoreThan(receipt.movedBack())) {
            return State.BACK;
        }
        List<Refund> refunds = checkout.refunds().stream()
                .filter(refund -> refund.payment().equals(payment.id())
                        && refund.tradeNumber().equals(receipt.tradeNumber())
                        && refund.state() != Refund.State.CANCELLED)
                .toList();
        if (refunds.isEmpty() || refunds.stream().anyMatch(refund -> refund.state() == Refund.State.DECLINED)) {
            return State.DECLINED;
        }
        return refunds.stream().allMatch(refund -> refund.state() == Refund.State.DONE) ? State.BACK : State.UNDER_WAY;
    }
}
