package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Bytes;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads notices: first the signature over the raw bytes, then its time, then the content. The gateway takes status 200
 * or 204 for "received" and sends again after anything else, 15 times within a day; of the body it wants
 * {@code {"code":"FAIL","message":…}} where it is not ("支付成功回调通知" and "退款结果通知", pay.weixin.qq.com).
 *
 * <p>Of refund notices ({@code REFUND.*}) each tells one refund alone. One of our own is of no concern: it is asked
 * about until it is done. One that succeeded and is none of ours was made in the gateway's console, and what it says
 * is {@code MovedBack} with that refund's amount: "in all so far" at least so much went back, all of it where the
 * whole payment was given back, and less than all after several refunds in part, or some of our own. A bound from
 * below never takes for gone what is still here; the bill tells the sum. {@code ABNORMAL} has not reached the buyer and
 * may come back to the merchant, {@code CLOSED} never left: neither moved money. Thread-safe.
 */
final class NoticeReader {
    /** No document gives a limit for the whole; notices of single payments have some 2 KiB. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final NoticeReply STORED = NoticeReply.text(200, "");
    private static final NoticeReply NOT_STORED = failure(503, "try again later");
    private static final NoticeReply NOT_BELIEVED = failure(401, "not accepted");
    private static final NoticeReply NOT_READ = failure(400, "not readable");

    private final Account account;
    private final PlatformKeys platform;
    private final SealedResource sealed;

    NoticeReader(Account account, PlatformKeys platform, SealedResource sealed) {
        this.account = account;
        this.platform = platform;
        this.sealed = sealed;
    }

    private static NoticeReply failure(int status, String message) {
        String body = "{\"code\":\"FAIL\",\"message\":\"" + message + "\"}";
        return new NoticeReply(status, "application/json; charset=utf-8", Bytes.utf8(body));
    }

    NoticeReading read(InboundNotice notice) {
        if (!notice.method().equals("POST")) {
            return new NoticeReading.Forged("the notice came by another method than POST", NOT_READ);
        }
        if (notice.body().size() > MOST_BYTES) {
            return new NoticeReading.Forged(
                    "the notice has " + notice.body().size() + " bytes, over " + MOST_BYTES, NOT_READ);
        }
        byte[] body = notice.body().toArray();
        PlatformKeys.Headers headers = name -> notice.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        Optional<String> flaw = platform.flawOf(headers, body, notice.receivedAt());
        if (flaw.isPresent()) {
            return new NoticeReading.Forged(flaw.get(), NOT_BELIEVED);
        }
        try {
            return believed(StrictJson.read(body));
        } catch (UnreadableException e) {
            return new NoticeReading.Forged("signed by the gateway, but " + e.getMessage(), NOT_READ);
        }
    }

    private NoticeReading believed(StrictJson notice) throws UnreadableException {
        String event = Members.requiredText(notice, "event_type");
        boolean refund = event.startsWith("REFUND.");
        if (!refund && !event.startsWith("TRANSACTION.")) {
            return new NoticeReading.Irrelevant(STORED);
        }
        StrictJson resource = sealed.open(notice.object("resource").orElseThrow(() -> Members.missing("resource")));
        if (refund) {
            return refund(resource);
        }
        Members.requiredText(resource, "appid");
        Trade trade = Trade.read(resource, account);
        return new NoticeReading.Genuine(trade.payment(), trade.word(), STORED, NOT_STORED);
    }

    private NoticeReading refund(StrictJson json) throws UnreadableException {
        Members.requireOurs(json, account);
        String payment = Members.requiredNumber(json, "out_trade_no");
        String trade = Members.requiredNumber(json, "transaction_id");
        String refund = Members.requiredNumber(json, "out_refund_no");
        String status = Members.requiredText(json, "refund_status");
        StrictJson amounts = json.object("amount").orElseThrow(() -> Members.missing("amount"));
        Money amount = Members.money(amounts, "refund").orElseThrow(() -> Members.missing("amount.refund"));
        if (!status.equals("SUCCESS") || !amount.isPositive() || isOurs(refund, payment)) {
            return new NoticeReading.Irrelevant(STORED);
        }
        Money received =
                Members.money(amounts, "total").filter(Money::isPositive).orElse(null);
        PaymentWord word = new PaymentWord.MovedBack(trade, amount, received);
        return new NoticeReading.Genuine(payment, word, STORED, NOT_STORED);
    }

    private static boolean isOurs(String refund, String payment) {
        try {
            return RefundId.parse(refund)
                    .checkout()
                    .equals(PaymentId.parse(payment).checkout());
        } catch (InvalidValueException e) {
            // Not our form of a reference: nothing that we have sent.
            return false;
        }
    }
}
