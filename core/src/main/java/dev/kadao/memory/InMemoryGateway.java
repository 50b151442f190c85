package dev.kadao.memory;

import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A gateway that exists in this process alone, for the quickstart and for trying things: payments open at once,
 * {@link #pay} makes the money arrive and gives the signed notice that a real gateway would send over HTTP. Thread-safe.
 */
public final class InMemoryGateway implements PaymentGateway {
    private static final GatewayTerms TERMS = new GatewayTerms(true, true, true, true);
    private static final String SIGNATURE = "x-signature";

    private final Map<PaymentId, Money> opened = new ConcurrentHashMap<>();
    private final Map<PaymentId, PaymentWord> words = new ConcurrentHashMap<>();
    private final Map<RefundId, Money> refunds = new ConcurrentHashMap<>();
    private final byte[] secret = new byte[32];

    public InMemoryGateway() {
        new SecureRandom().nextBytes(secret);
    }

    /**
     * The buyer pays. Repeated: the same notice.
     *
     * @return the notice to be handed to {@code Fulfillment.receive}
     * @throws InvalidValueException if the payment was never opened here or is closed
     */
    public InboundNotice pay(PaymentId payment) {
        Money amount = Optional.ofNullable(opened.get(payment))
                .orElseThrow(() -> new InvalidValueException("payment " + payment + " was never opened here"));
        PaymentWord paid = new PaymentWord.Paid("trade-" + payment, amount);
        PaymentWord word = words.merge(payment, paid, (known, fresh) -> known);
        if (!(word instanceof PaymentWord.Paid)) {
            throw new InvalidValueException("payment " + payment + " is closed: it can no longer be paid");
        }
        Bytes body = Bytes.utf8(payment + " " + amount.minorUnits() + " "
                + amount.currency().code() + " " + amount.currency().decimals());
        return new InboundNotice("POST", "", Map.of(SIGNATURE, List.of(sign(body))), body, Instant.now());
    }

    @Override
    public Traits traits() {
        return new Traits(TERMS, true);
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        opened.putIfAbsent(request.payment(), request.amount());
        return new OpenAnswer.Opened(PayWith.qrCode("memory:" + request.payment()));
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        String given = notice.header(SIGNATURE).orElse("");
        byte[] expected = sign(notice.body()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            return new NoticeReading.Forged("wrong signature", NoticeReply.text(401, "refused"));
        }
        String[] parts = notice.body().asUtf8().split(" ", -1);
        Money amount = new Money(Long.parseLong(parts[1]), new Currency(parts[2], Integer.parseInt(parts[3])));
        return new NoticeReading.Genuine(
                parts[0],
                new PaymentWord.Paid("trade-" + parts[0], amount),
                NoticeReply.text(200, "ok"),
                NoticeReply.text(503, "again"));
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        PaymentWord word = words.get(payment);
        if (word != null) {
            return word;
        }
        return opened.containsKey(payment) ? new PaymentWord.Pending() : new PaymentWord.NotFound();
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        PaymentWord word = words.merge(payment, new PaymentWord.Closed(), (known, fresh) -> known);
        return word instanceof PaymentWord.Closed ? new CloseAnswer.Closed() : new CloseAnswer.AlreadyPaid();
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        refunds.putIfAbsent(request.refund(), request.amount());
        return new RefundAnswer.Refunded();
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return refunds.containsKey(refund) ? new RefundAnswer.Refunded() : new RefundAnswer.NotFound();
    }

    private String sign(Bytes body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
