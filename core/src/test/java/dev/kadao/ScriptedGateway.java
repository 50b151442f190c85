package dev.kadao;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway in memory. Its notices are plain text: {@code payment trade minor-units}, or {@code forged}. */
public class ScriptedGateway implements PaymentGateway {
    public static final NoticeReply STORED = NoticeReply.text(200, "stored");
    public static final NoticeReply NOT_STORED = NoticeReply.text(500, "not stored");
    public static final NoticeReply FORGED = NoticeReply.text(401, "no");

    public final Map<PaymentId, PaymentWord> words = new ConcurrentHashMap<>();
    public final List<RefundRequest> refunds = new CopyOnWriteArrayList<>();
    public final List<PaymentId> queries = new CopyOnWriteArrayList<>();
    private final Set<RefundId> refunded = ConcurrentHashMap.newKeySet();
    private final GatewayTerms terms;
    private final boolean opensLocally;

    public ScriptedGateway() {
        this(new GatewayTerms(true, true, true, true), true);
    }

    public ScriptedGateway(GatewayTerms terms, boolean opensLocally) {
        this.terms = terms;
        this.opensLocally = opensLocally;
    }

    public static InboundNotice paid(String payment, String trade, Money amount) {
        return notice(payment + " " + trade + " " + amount.minorUnits() + " "
                + amount.currency().code());
    }

    public static InboundNotice notice(String text) {
        return new InboundNotice(
                "POST", "", Map.of(), dev.kadao.order.Bytes.utf8(text), Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Override
    public Traits traits() {
        return new Traits(terms, opensLocally);
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        return new OpenAnswer.Opened(PayWith.qrCode("pay " + request.payment()));
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        String text = notice.body().asUtf8();
        if (text.equals("forged")) {
            return new NoticeReading.Forged("bad signature", FORGED);
        }
        if (text.equals("explode")) {
            throw new StackOverflowError();
        }
        String[] parts = text.split(" ");
        PaymentWord word = parts[1].equals("pending")
                ? new PaymentWord.Pending()
                : new PaymentWord.Paid(
                        parts[1], new Money(Long.parseLong(parts[2]), dev.kadao.order.Currency.of(parts[3])));
        return new NoticeReading.Genuine(parts[0], word, STORED, NOT_STORED);
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        queries.add(payment);
        return words.getOrDefault(payment, new PaymentWord.Pending());
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        return new CloseAnswer.Closed();
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        refunds.add(request);
        refunded.add(request.refund());
        return new RefundAnswer.Refunded();
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return refunded.contains(refund) ? new RefundAnswer.Refunded() : new RefundAnswer.NotFound();
    }
}
