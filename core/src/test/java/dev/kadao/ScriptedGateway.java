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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in memory. Its notices are plain text: {@code payment trade minor-units currency}, {@code payment pending},
 * {@code payment closed}, {@code payment back trade minor-units currency}. It throws at {@code explode} and does not
 * believe anything else.
 */
public class ScriptedGateway implements PaymentGateway {
    public static final NoticeReply STORED = NoticeReply.text(200, "stored");
    public static final NoticeReply NOT_STORED = NoticeReply.text(500, "not stored");
    public static final NoticeReply FORGED = NoticeReply.text(401, "no");
    private static final Pattern GENUINE =
            Pattern.compile("(?<payment>\\S+) (?:(?<word>pending|closed)|(?<back>back )?(?<trade>\\S+) "
                    + "(?<minor>\\d+) (?<currency>[A-Z]+))");

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

    /** @param amount what went back of that trade so far in all */
    public static InboundNotice movedBack(String payment, String trade, Money amount) {
        return notice(payment + " back " + trade + " " + amount.minorUnits() + " "
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
        if (text.equals("explode")) {
            throw new StackOverflowError();
        }
        Matcher parts = GENUINE.matcher(text);
        return parts.matches()
                ? new NoticeReading.Genuine(parts.group("payment"), word(parts), STORED, NOT_STORED)
                : new NoticeReading.Forged("bad signature", FORGED);
    }

    private static PaymentWord word(Matcher parts) {
        if (parts.group("word") != null) {
            return parts.group("word").equals("closed") ? new PaymentWord.Closed() : new PaymentWord.Pending();
        }
        Money amount =
                new Money(Long.parseLong(parts.group("minor")), dev.kadao.order.Currency.of(parts.group("currency")));
        return parts.group("back") != null
                ? new PaymentWord.MovedBack(parts.group("trade"), amount)
                : new PaymentWord.Paid(parts.group("trade"), amount);
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
