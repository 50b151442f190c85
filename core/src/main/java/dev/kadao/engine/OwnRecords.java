package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.engine.Tally.End;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.RefundId;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Statement;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was recorded here within a statement's period, by index rows alone, and asks the gateway about what the
 * statement lacks. Its own word decides: what it confirms lies at the edge of the period, everything else is a case.
 */
final class OwnRecords {
    private static final int PAGE = 200;
    private static final CheckoutId LOWEST = new CheckoutId("000");

    private final CheckoutStore store;
    private final Steps steps;
    private final Asking asking;
    private final StatementLines lines;

    OwnRecords(CheckoutStore store, Steps steps, Asking asking, StatementLines lines) {
        this.store = store;
        this.steps = steps;
        this.asking = asking;
        this.lines = lines;
    }

    /** What is looked for in a statement. */
    enum Kind {
        RECEIPT("received"),
        REFUND("refunded");

        private final String index;

        Kind(String index) {
            this.index = index;
        }
    }

    /** A receipt or refund as the index names it. */
    record Recorded(Kind kind, IndexHit hit, String text) {

        /** By what a statement that names it is recognised. */
        long fingerprint() {
            return kind == Kind.RECEIPT
                    ? fingerprintOfReceipt(new PaymentId(hit.checkout(), hit.number()).toString(), text)
                    : fingerprintOfRefund(text);
        }

        String subject() {
            return kind == Kind.RECEIPT ? new PaymentId(hit.checkout(), hit.number()).toString() : text;
        }
    }

    static long fingerprintOfReceipt(String payment, String tradeNumber) {
        return Fingerprints.of("receipt", payment, Codec.timedText(tradeNumber));
    }

    static long fingerprintOfRefund(String refund) {
        return Fingerprints.of("refund", refund);
    }

    /** All of one kind that were recorded for that gateway within the period, give or take a second. */
    void within(Kind kind, String gateway, Statement period, Consumer<List<Recorded>> pages) {
        String start = Codec.timedValue(gateway, period.from());
        String end = Codec.timedValue(gateway, period.until().plusSeconds(1));
        IndexHit after = new IndexHit(start, LOWEST, 0);
        boolean more = true;
        while (more) {
            IndexHit last = after;
            List<IndexHit> hits =
                    store.view(view -> view.find(new IndexQuery(kind.index, gateway + "|", true, last, PAGE)));
            List<Recorded> found = hits.stream()
                    .filter(hit -> hit.value().compareTo(end) < 0)
                    .map(hit -> new Recorded(kind, hit, hit.value().substring(start.length())))
                    .toList();
            pages.accept(found);
            more = hits.size() == PAGE && found.size() == PAGE;
            after = hits.isEmpty() ? after : hits.get(hits.size() - 1);
        }
    }

    /** Asks about one that the statement lacks; null if it was not recorded within the period after all. */
    @Nullable
    End missing(Recorded recorded, StatementLines.Source source, Statement period) {
        Held held = steps.read(recorded.hit().checkout());
        if (held == null) {
            return null;
        }
        return recorded.kind() == Kind.RECEIPT
                ? missingReceipt(held, recorded, source, period)
                : missingRefund(held, recorded, source, period);
    }

    private @Nullable End missingReceipt(Held held, Recorded recorded, StatementLines.Source source, Statement period) {
        Payment payment = NoticeMatching.opened(held, recorded.hit().number(), source.gateway());
        Receipt receipt = payment == null ? null : receipt(payment, recorded.text());
        if (payment == null || receipt == null || !isWithin(receipt.at(), period)) {
            return null;
        }
        PaymentWord word = asking.aboutPayment(held, payment.id().number());
        if (word instanceof PaymentWord.Unknown unknown) {
            return unanswered("trade number " + receipt.tradeNumber(), unknown.reason());
        }
        boolean confirms = word instanceof PaymentWord.Paid paid
                ? paid.tradeNumber().equals(receipt.tradeNumber())
                        && paid.amount().equals(receipt.amount())
                : word instanceof PaymentWord.MovedBack moved
                        && moved.tradeNumber().equals(receipt.tradeNumber());
        if (confirms) {
            return End.of(What.EDGE, "").afterAsking();
        }
        String fact = source.words() + " lacks trade number " + receipt.tradeNumber() + " of " + receipt.amount()
                + ", which is on record here, and the gateway does not confirm it when asked";
        return lines.differs(payment.id(), null, receipt.tradeNumber(), fact).afterAsking();
    }

    private static @Nullable Receipt receipt(Payment payment, String text) {
        return payment.receipts().stream()
                .filter(receipt -> Codec.timedText(receipt.tradeNumber()).equals(text))
                .findFirst()
                .orElse(null);
    }

    private @Nullable End missingRefund(Held held, Recorded recorded, StatementLines.Source source, Statement period) {
        Refund refund = held.checkout().refund(RefundId.parse(recorded.text()).number());
        if (refund.state() != Refund.State.DONE || !isWithin(refund.since(), period)) {
            return null;
        }
        RefundAnswer answer = asking.aboutRefund(held, refund.id().number());
        if (answer instanceof RefundAnswer.Unknown unknown) {
            return unanswered("refund " + refund.id(), unknown.reason());
        }
        // One that is still being worked on is the gateway's already: its line comes in a later period.
        if (answer instanceof RefundAnswer.Refunded || answer instanceof RefundAnswer.Pending) {
            return End.of(What.EDGE, "").afterAsking();
        }
        String fact = source.words() + " lacks refund " + refund.id() + " of " + refund.amount()
                + ", which is done on record here, and the gateway does not confirm it when asked";
        return lines.differs(refund.payment(), refund.line(), refund.id().toString(), fact)
                .afterAsking();
    }

    private static boolean isWithin(Instant at, Statement period) {
        return !at.isBefore(period.from()) && at.isBefore(period.until());
    }

    private static End unanswered(String what, String reason) {
        return End.of(
                        What.UNANSWERED,
                        "the statement lacks " + what + ", and the gateway did not say: " + reason + ". Run again")
                .afterAsking();
    }
}
