package dev.kadao.gateways.alipay;

import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.wire.Exchange;
import dev.kadao.wire.UnreadableException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One seller at Alipay (支付宝), open platform, with RSA2 signatures and public keys: a QR code that the buyer scans
 * ({@code alipay.trade.precreate}), in CNY. Thread-safe, keeps no state between calls but pooled connections, and needs
 * no closing.
 *
 * <p><b>Notices</b> count by themselves. They are verified as the official SDK does ({@code rsaCheckV1}) and then for
 * app, seller and time; the answer to a stored one is {@code success}. What is refused is not told why.
 *
 * <p><b>Two meanings of TRADE_CLOSED.</b> Not paid in time is {@code Closed}; paid and given back in full is
 * {@code MovedBack}. A notice tells them apart by {@code refund_fee}, {@code gmt_refund} or {@code gmt_payment}, an answer
 * by {@code send_pay_date}.
 *
 * <p><b>Money given back in part</b> is a notice {@code TRADE_SUCCESS} with a {@code refund_fee}, the sum so far, our own
 * refunds among it. It is {@code MovedBack} with that sum and what had come: the payment itself is not lost if its own
 * notice was. An answer does not tell the sum: a payment that is asked about is {@code Paid} until all of it is back.
 *
 * <p><b>A code that nobody scanned</b> is no trade yet: Alipay creates one when the code is scanned, and until then
 * answers {@code ACQ.TRADE_NOT_EXIST} to questions and to being told to close. It can be paid until the payment's deadline,
 * which goes with it as {@code time_expire}. So that answer is {@code NotFound} to either, and Kadao waits out the deadline.
 *
 * <p><b>Refunds</b> are idempotent by {@code out_request_no}. {@code fund_change=Y} is done; without it, as for every
 * repetition, the refund query tells ("code=10000 does not mean that the refund succeeded", Alipay's document). A
 * definite no are only the reasons whose remedy in that document is another request or another way to pay back; a
 * balance that does not suffice is none, since the same request is to be sent again.
 *
 * <p>Answers are signed by Alipay; what is not, or cannot be read, is unknown. Reasons name a method, a code or the kind
 * of a failure, and quote neither secrets nor what concerns the buyer.
 *
 * @see <a href="https://opendocs.alipay.com/open/02ekfg">alipay.trade.precreate</a>
 * @see <a href="https://opendocs.alipay.com/open/194/103296">notices of face-to-face payments</a>
 */
public final class Alipay implements PaymentGateway {
    // Each is about the order or the contract, and the same request is refused for ever: nothing can be paid.
    private static final Set<String> NEVER_OPENED = Set.of(
            "ACQ.INVALID_PARAMETER",
            "ACQ.ACCESS_FORBIDDEN",
            "ACQ.EXIST_FORBIDDEN_WORD",
            "ACQ.PARTNER_ERROR",
            "ACQ.TOTAL_FEE_EXCEED",
            "ACQ.INVALID_RECEIVE_ACCOUNT",
            "ACQ.SELLER_NOT_EXIST",
            "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR");

    // "Past the time for refunds, pay back by other means", "not allowed for this trade", "check the amount".
    private static final Set<String> NEVER_REFUNDED = Set.of(
            "ACQ.TRADE_HAS_FINISHED",
            "ACQ.TRADE_NOT_ALLOW_REFUND",
            "ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND",
            "ACQ.NOT_ALLOW_PARTIAL_REFUND",
            "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
            "ACQ.REASON_TRADE_REFUND_FEE_ERR",
            "ACQ.REFUND_FEE_ERROR");

    // "Only a trade that waits for its buyer can be closed": paid, or closed before.
    private static final Set<String> NOT_WAITING = Set.of(
            "ACQ.REASON_TRADE_STATUS_INVALID",
            "ACQ.REASON_ILLEGAL_STATUS",
            "ACQ.TRADE_STATUS_ERROR",
            "ACQ.TRADE_HAS_SUCCESS",
            "ACQ.TRADE_HAS_FINISHED",
            "ACQ.TRADE_HAS_CLOSE");

    private static final Traits TRAITS = new Traits(new GatewayTerms(true, true, true, true), false);
    private static final int LONGEST_QR_CODE = 1024;

    private final String url;
    private final String sellerId;
    private final String subject;
    private final Optional<String> notifyUrl;
    private final Duration callLimit;
    private final NoticeReader notices;
    private final AlipayApi api;

    Alipay(String url, PublicKey alipayKey, PrivateKey ourKey, AlipayBuilder settings) {
        this.url = url;
        this.sellerId = settings.sellerId();
        this.subject = settings.subject();
        this.notifyUrl = settings.notifyUrl();
        this.callLimit = settings.callLimit();
        this.notices = new NoticeReader(settings.appId(), settings.sellerId(), alipayKey);
        Exchange exchange = new Exchange(settings.connectTimeout(), callLimit);
        this.api = new AlipayApi(url, settings.appId(), ourKey, alipayKey, settings.clock(), exchange);
    }

    /**
     * Starts describing a seller.
     *
     * @param appId the app's number at the open platform
     * @param sellerId the seller's number (PID, {@code 2088…}); notices of others are refused
     * @param alipayPublicKey <em>Alipay's</em> public key, as the open platform shows it for this app; base64 or PEM. Not
     *     the app's own public key
     * @param privateKey the app's private key, PKCS#8 in base64 or PEM
     */
    public static AlipayBuilder builder(String appId, String sellerId, String alipayPublicKey, Secret privateKey) {
        return new AlipayBuilder(appId, sellerId, alipayPublicKey, privateKey);
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        Money amount = request.amount();
        if (!amount.currency().equals(Currency.CNY)) {
            return new OpenAnswer.Refused(
                    "Alipay is paid in CNY here, not in " + amount.currency().code());
        }
        String payment = request.payment().toString();
        Map<String, String> order = new LinkedHashMap<>();
        order.put("out_trade_no", payment);
        order.put("total_amount", amount.toDecimal());
        order.put("subject", subject);
        order.put("seller_id", sellerId);
        order.put("time_expire", AlipayTime.of(request.deadline()));
        Map<String, String> more =
                notifyUrl.map(there -> Map.of("notify_url", there)).orElse(Map.of());
        AlipayApi.Reply reply = api.send("alipay.trade.precreate", order, more, callLimit, deadline);
        if (reply instanceof AlipayApi.Reply.Nothing nothing) {
            return new OpenAnswer.Unknown(nothing.why());
        }
        AlipayAnswer answer = ((AlipayApi.Reply.Said) reply).answer();
        if (answer.isRefused(NEVER_OPENED)) {
            return new OpenAnswer.Refused("Alipay: " + answer.words());
        }
        try {
            Optional<String> code = answer.members().text("qr_code").filter(text -> text.length() <= LONGEST_QR_CODE);
            if (answer.isDone() && code.isPresent() && answer.says("out_trade_no", payment)) {
                return new OpenAnswer.Opened(PayWith.qrCode(code.get()));
            }
            return new OpenAnswer.Unknown(unclear("alipay.trade.precreate", answer));
        } catch (UnreadableException e) {
            return new OpenAnswer.Unknown("alipay.trade.precreate: " + e.getMessage());
        }
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        return notices.read(notice);
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        return query(payment, callLimit);
    }

    private PaymentWord query(PaymentId payment, Duration within) {
        AlipayApi.Reply reply = api.call("alipay.trade.query", reference(payment), within);
        if (reply instanceof AlipayApi.Reply.Nothing nothing) {
            return new PaymentWord.Unknown(nothing.why());
        }
        AlipayAnswer answer = ((AlipayApi.Reply.Said) reply).answer();
        if (answer.hasNoTrade()) {
            return new PaymentWord.NotFound();
        }
        try {
            if (answer.isDone() && answer.says("out_trade_no", payment.toString())) {
                return trade(answer).word();
            }
            return new PaymentWord.Unknown(unclear("alipay.trade.query", answer));
        } catch (UnreadableException e) {
            return new PaymentWord.Unknown("alipay.trade.query: " + e.getMessage());
        }
    }

    private static Trade trade(AlipayAnswer answer) throws UnreadableException {
        Optional<Money> total = Trade.money(
                "total_amount",
                answer.members().text("total_amount"),
                answer.members().text("trans_currency"));
        boolean wasPaid = !answer.members().text("send_pay_date").orElse("").isEmpty();
        String status = answer.members()
                .text("trade_status")
                .orElseThrow(() -> new UnreadableException("member 'trade_status' is missing"));
        return new Trade(status, answer.members().text("trade_no"), total, Optional.empty(), wasPaid);
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        long begun = System.nanoTime();
        AlipayApi.Reply reply = api.call("alipay.trade.close", reference(payment), callLimit);
        if (reply instanceof AlipayApi.Reply.Nothing nothing) {
            return new CloseAnswer.Unknown(nothing.why());
        }
        AlipayAnswer answer = ((AlipayApi.Reply.Said) reply).answer();
        if (answer.isRefused(NOT_WAITING)) {
            return closedBefore(payment, callLimit.minusNanos(System.nanoTime() - begun));
        }
        if (answer.hasNoTrade()) {
            return new CloseAnswer.NotFound();
        }
        return closed(payment, answer);
    }

    private static CloseAnswer closed(PaymentId payment, AlipayAnswer answer) {
        try {
            // The document lets an answer go without the reference; with another one it is not about this payment.
            Optional<String> reference = answer.members().text("out_trade_no");
            return answer.isDone() && reference.orElse(payment.toString()).equals(payment.toString())
                    ? new CloseAnswer.Closed()
                    : new CloseAnswer.Unknown(unclear("alipay.trade.close", answer));
        } catch (UnreadableException e) {
            return new CloseAnswer.Unknown("alipay.trade.close: " + e.getMessage());
        }
    }

    private CloseAnswer closedBefore(PaymentId payment, Duration within) {
        if (within.isNegative() || within.isZero()) {
            return new CloseAnswer.Unknown("the trade does not wait for its buyer: ask what became of it");
        }
        PaymentWord word = query(payment, within);
        if (word instanceof PaymentWord.Closed) {
            return new CloseAnswer.Closed();
        }
        return word instanceof PaymentWord.Paid || word instanceof PaymentWord.MovedBack
                ? new CloseAnswer.AlreadyPaid()
                : new CloseAnswer.Unknown("the trade does not wait for its buyer, and is neither paid nor closed");
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        if (!request.amount().currency().equals(Currency.CNY)) {
            return new RefundAnswer.Declined("Alipay gives back CNY here, not "
                    + request.amount().currency().code());
        }
        Map<String, String> refund = new LinkedHashMap<>();
        refund.put("out_trade_no", request.payment().toString());
        refund.put("trade_no", request.tradeNumber());
        refund.put("refund_amount", request.amount().toDecimal());
        refund.put("out_request_no", request.refund().toString());
        AlipayApi.Reply reply = api.send("alipay.trade.refund", refund, Map.of(), callLimit, deadline);
        if (reply instanceof AlipayApi.Reply.Nothing nothing) {
            return new RefundAnswer.Unknown(nothing.why());
        }
        AlipayAnswer answer = ((AlipayApi.Reply.Said) reply).answer();
        if (answer.isRefused(NEVER_REFUNDED)) {
            return new RefundAnswer.Declined("Alipay: " + answer.words());
        }
        try {
            if (!answer.isDone()
                    || !answer.says("out_trade_no", request.payment().toString())) {
                return new RefundAnswer.Unknown(unclear("alipay.trade.refund", answer));
            }
            return answer.says("fund_change", "Y") ? new RefundAnswer.Refunded() : new RefundAnswer.Pending();
        } catch (UnreadableException e) {
            return new RefundAnswer.Unknown("alipay.trade.refund: " + e.getMessage());
        }
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        Map<String, String> question = new LinkedHashMap<>(reference(payment));
        question.put("out_request_no", refund.toString());
        AlipayApi.Reply reply = api.call("alipay.trade.fastpay.refund.query", question, callLimit);
        if (reply instanceof AlipayApi.Reply.Nothing nothing) {
            return new RefundAnswer.Unknown(nothing.why());
        }
        AlipayAnswer answer = ((AlipayApi.Reply.Said) reply).answer();
        if (answer.hasNoTrade()) {
            return new RefundAnswer.NotFound();
        }
        try {
            return answer.isDone()
                    ? found(refund, payment, answer)
                    : new RefundAnswer.Unknown(unclear("alipay.trade.fastpay.refund.query", answer));
        } catch (UnreadableException e) {
            return new RefundAnswer.Unknown("alipay.trade.fastpay.refund.query: " + e.getMessage());
        }
    }

    // "A missing refund_status means that the request was not received or failed; asked too early, it may still
    // succeed"
    // (Alipay's document): never final, and the same request may be sent again.
    private static RefundAnswer found(RefundId refund, PaymentId payment, AlipayAnswer answer)
            throws UnreadableException {
        boolean isOurs =
                answer.says("out_request_no", refund.toString()) && answer.says("out_trade_no", payment.toString());
        Optional<String> status = answer.members().text("refund_status").filter(text -> !text.isEmpty());
        if (isOurs && status.equals(Optional.of("REFUND_SUCCESS"))) {
            return new RefundAnswer.Refunded();
        }
        if (status.isPresent()) {
            return new RefundAnswer.Unknown(unclear("alipay.trade.fastpay.refund.query", answer));
        }
        // Only the documents of before say that an amount alone means success.
        return answer.members().text("refund_amount").orElse("").isEmpty()
                ? new RefundAnswer.NotFound()
                : new RefundAnswer.Pending();
    }

    private static Map<String, String> reference(PaymentId payment) {
        return Map.of("out_trade_no", payment.toString());
    }

    private static String unclear(String method, AlipayAnswer answer) {
        return method + ": " + (answer.isDone() ? "done, but not said of this reference" : answer.words());
    }

    @Override
    public String toString() {
        return "Alipay(" + url + ")";
    }
}
