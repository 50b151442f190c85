package dev.kadao.desk;

import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Snapshot;
import dev.kadao.port.StoredNotice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment of a list, or an orphan notice.
 *
 * @param id the payment's id; {@code orphan_<notice key>} for a notice
 * @param checkout the checkout's id; null for an orphan
 * @param amount what was asked for; null for an orphan
 * @param received what came, one sum per currency
 * @param refunded what went back, by us and without us, one sum per currency
 * @param tradeNumber the gateway's own number of the latest receipt; null if nothing came
 * @param payment the payment; null for an orphan
 * @param snapshot its checkout; null for an orphan
 * @param orphan the notice; null for a payment
 */
public record PaymentItem(
        String id,
        @Nullable String checkout,
        String gateway,
        PaymentStatus status,
        @Nullable Money amount,
        List<Money> received,
        List<Money> refunded,
        @Nullable String tradeNumber,
        @Nullable Payment payment,
        @Nullable Snapshot snapshot,
        @Nullable StoredNotice orphan) {
    public PaymentItem {
        received = List.copyOf(received);
        refunded = List.copyOf(refunded);
    }
}
