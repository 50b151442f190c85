package dev.kadao;

import dev.kadao.desk.PaymentItem;
import dev.kadao.engine.Reads;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.Snapshot;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.StoredNotice;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Payments and orphan notices as the desk lists them. */
final class PaymentRows {
    private PaymentRows() {}

    static PaymentItem of(Snapshot snapshot, Payment payment) {
        List<Receipt> receipts = payment.receipts();
        Stream<Money> byUs = snapshot.checkout().refunds().stream()
                .filter(refund -> refund.payment().equals(payment.id()) && refund.state() == Refund.State.DONE)
                .map(Refund::amount);
        Stream<Money> withoutUs = receipts.stream().map(Receipt::movedBack).filter(Money::isPositive);
        return new PaymentItem(
                payment.id().toString(),
                snapshot.checkout().id().value(),
                payment.gateway(),
                PaymentStatus.of(payment),
                payment.amount(),
                sums(receipts.stream().map(Receipt::amount)),
                sums(Stream.concat(byUs, withoutUs)),
                receipts.isEmpty() ? null : receipts.get(receipts.size() - 1).tradeNumber(),
                payment,
                snapshot,
                null);
    }

    static PaymentItem ofOrphan(StoredNotice notice) {
        PaymentWord word = Reads.wordOf(notice);
        List<Money> received = word instanceof PaymentWord.Paid paid ? List.of(paid.amount()) : List.of();
        List<Money> refunded = word instanceof PaymentWord.MovedBack moved ? List.of(moved.amount()) : List.of();
        String trade = word instanceof PaymentWord.Paid paid
                ? paid.tradeNumber()
                : word instanceof PaymentWord.MovedBack moved ? moved.tradeNumber() : null;
        String gateway = notice.source().substring(notice.source().indexOf(':') + 1);
        return new PaymentItem(
                "orphan_" + notice.key(),
                null,
                gateway,
                PaymentStatus.ORPHAN,
                null,
                received,
                refunded,
                trade,
                null,
                null,
                notice);
    }

    private static List<Money> sums(Stream<Money> amounts) {
        Map<Currency, Money> sums = new TreeMap<>(Comparator.comparing(Currency::code));
        amounts.forEach(amount -> sums.merge(amount.currency(), amount, Money::plus));
        return List.copyOf(sums.values());
    }
}
