package dev.kadao.gateways.alipay;

import dev.kadao.gateways.shared.Form;
import dev.kadao.gateways.shared.Rsa;
import dev.kadao.order.Money;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.wire.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies and reads Alipay's asynchronous notices ({@code trade_status_sync}): a POST of a form, signed by RSA2 over
 * its decoded parameters. Thread-safe.
 *
 * <p><b>Time.</b> {@code notify_time} is "when the notice was sent" (Alipay's document on notices), and it is set anew
 * each time a notice is sent again: recorded ones that were repeated bear the same {@code notify_id} as the first and a
 * {@code notify_time} 14 minutes and 24.5 hours after {@code gmt_payment}, just where Alipay's gaps (4 m, 10 m, 10 m,
 * 1 h, 2 h, 6 h, 15 h) put them. So the rule of 300 s in both directions refuses no late notice, but only those that
 * someone else kept back. What is refused for a clock that is wrong comes again, and the payment is asked about besides.
 */
final class NoticeReader {
    /** How far {@code notify_time} may be off, in both directions. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    // Exactly these seven characters; whatever else is answered makes Alipay send again.
    private static final NoticeReply STORED = NoticeReply.text(200, "success");
    private static final NoticeReply NOT_STORED = NoticeReply.text(503, "fail");
    private static final NoticeReply NOT_BELIEVED = NoticeReply.text(401, "unauthorized");
    private static final NoticeReply NOT_READ = NoticeReply.text(400, "bad request");
    private static final int LONGEST_REFERENCE = 64;

    private static final List<String> READ = List.of(
            "app_id",
            "charset",
            "gmt_payment",
            "gmt_refund",
            "notify_time",
            "notify_type",
            "out_trade_no",
            "refund_fee",
            "seller_id",
            "total_amount",
            "trade_no",
            "trade_status",
            "trans_currency");

    private final String appId;
    private final String sellerId;
    private final PublicKey alipayKey;

    NoticeReader(String appId, String sellerId, PublicKey alipayKey) {
        this.appId = appId;
        this.sellerId = sellerId;
        this.alipayKey = alipayKey;
    }

    NoticeReading read(InboundNotice notice) {
        try {
            Form form = form(notice);
            Optional<String> flaw = signatureFlaw(form);
            if (flaw.isEmpty()) {
                flaw = timeFlaw(form, notice.receivedAt());
            }
            if (flaw.isEmpty()) {
                flaw = addresseeFlaw(form);
            }
            return flaw.isPresent() ? new NoticeReading.Forged(flaw.get(), NOT_BELIEVED) : reading(form);
        } catch (UnreadableException e) {
            return new NoticeReading.Forged(String.valueOf(e.getMessage()), NOT_READ);
        }
    }

    private static Form form(InboundNotice notice) throws UnreadableException {
        if (!notice.method().equals("POST")) {
            throw new UnreadableException("the method is not POST");
        }
        List<String> types = notice.headers().getOrDefault("content-type", List.of());
        if (types.size() > 1) {
            throw new UnreadableException("the header Content-Type is given twice");
        }
        String type =
                types.isEmpty() ? "" : types.get(0).toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
        if (type.contains("charset=") && !type.contains("charset=utf-8")) {
            throw new UnreadableException("the header Content-Type names another charset than utf-8");
        }
        return Form.read(notice.body().toArray());
    }

    private Optional<String> signatureFlaw(Form form) {
        Optional<String> sign = form.value("sign");
        if (sign.isEmpty() || !form.value("sign_type").equals(Optional.of("RSA2"))) {
            return Optional.of("the notice is not signed by RSA2");
        }
        if (couldBeReadOtherwise(form)) {
            return Optional.of("a parameter holds what would be another one in the text that is signed");
        }
        byte[] content = signedContent(form).getBytes(StandardCharsets.UTF_8);
        return Rsa.isSigned(alipayKey, content, sign.get())
                ? Optional.empty()
                : Optional.of("the signature does not match: it is not Alipay's, or the public key is not the one that"
                        + " Alipay shows for this app");
    }

    /**
     * What Alipay signs: all parameters but {@code sign} and {@code sign_type}, decoded, sorted by name, without those that
     * are blank. So does {@code AlipaySignature.rsaCheckV1} of the official SDK (alipay-sdk-java 4.40; versions of years ago
     * took the blank ones too). Blank ones are therefore not signed, and nothing is read from them.
     */
    private static String signedContent(Form form) {
        StringBuilder content = new StringBuilder();
        for (Map.Entry<String, String> each : form.sorted().entrySet()) {
            String name = each.getKey();
            boolean isSigned = !name.equals("sign") && !name.equals("sign_type");
            if (isSigned && !name.isBlank() && !each.getValue().isBlank()) {
                content.append(content.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(each.getValue());
            }
        }
        return content.toString();
    }

    // The text that is signed does not tell a=1&b=2 from a="1&b=2": with a genuine notice in hand one could hide a
    // refund_fee in the value before it. Nothing of ours (subject, references) holds such a text.
    private static boolean couldBeReadOtherwise(Form form) {
        for (Map.Entry<String, String> each : form.sorted().entrySet()) {
            String name = each.getKey();
            String value = each.getValue();
            boolean inName = name.contains("&") || name.contains("=");
            if (inName || READ.stream().anyMatch(other -> value.contains("&" + other + "="))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> said(Form form, String name) {
        return form.value(name).filter(text -> !text.isBlank());
    }

    private static String required(Form form, String name) throws UnreadableException {
        return said(form, name)
                .orElseThrow(() -> new UnreadableException("parameter '" + name + "' is missing or blank"));
    }

    private static Optional<String> timeFlaw(Form form, Instant receivedAt) throws UnreadableException {
        Optional<String> time = said(form, "notify_time");
        if (time.isEmpty()) {
            // The signature has no time of its own, and nobody can take this one out of a notice that has it.
            return Optional.empty();
        }
        Instant sentAt = AlipayTime.read("notify_time", time.get());
        Duration off = Duration.between(sentAt, receivedAt).abs();
        return off.compareTo(TOLERANCE) > 0
                ? Optional.of("notify_time is off by " + off + ", over " + TOLERANCE)
                : Optional.empty();
    }

    // Alipay's document on notices asks for both: the key is Alipay's own, and signs the notices of every merchant.
    private Optional<String> addresseeFlaw(Form form) throws UnreadableException {
        if (!required(form, "app_id").equals(appId)) {
            return Optional.of("app_id is another app's");
        }
        return required(form, "seller_id").equals(sellerId)
                ? Optional.empty()
                : Optional.of("seller_id is another seller's");
    }

    private static NoticeReading reading(Form form) throws UnreadableException {
        if (!said(form, "charset").orElse("utf-8").equalsIgnoreCase("utf-8")) {
            throw new UnreadableException("'charset' is another one than utf-8");
        }
        if (!said(form, "notify_type").orElse("trade_status_sync").equals("trade_status_sync")) {
            return new NoticeReading.Irrelevant(STORED);
        }
        String payment = required(form, "out_trade_no");
        if (payment.length() > LONGEST_REFERENCE) {
            throw new UnreadableException("'out_trade_no' has over " + LONGEST_REFERENCE + " characters");
        }
        Optional<String> currency = said(form, "trans_currency");
        Optional<Money> total = Trade.money("total_amount", Optional.of(required(form, "total_amount")), currency);
        Optional<Money> givenBack = Trade.money("refund_fee", said(form, "refund_fee"), currency);
        Trade trade =
                new Trade(required(form, "trade_status"), said(form, "trade_no"), total, givenBack, wasPaid(form));
        return new NoticeReading.Genuine(payment, trade.word(), STORED, NOT_STORED);
    }

    private static boolean wasPaid(Form form) {
        return said(form, "gmt_payment").isPresent() || said(form, "gmt_refund").isPresent();
    }
}
