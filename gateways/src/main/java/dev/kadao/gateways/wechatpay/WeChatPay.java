package dev.kadao.gateways.wechatpay;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.wire.Exchange;

/**
 * WeChat Pay by its API v3 as a payment gateway: Native orders, which the buyer pays by scanning a QR code, their
 * notices, queries, closing and refunds ({@code domestic/refunds}), for one merchant ({@code mchid}) and app
 * ({@code appid}) that trade by themselves (直连商户, not for sub-merchants). Thread-safe, keeps no state between calls but
 * pooled connections, and needs no closing.
 *
 * <p><b>Notices.</b> The gateway's signature is checked over the raw bytes, under the key whose serial it names and no
 * other, then its time, less than five minutes off in both directions; signature probes ({@code WECHATPAY/SIGNTEST/})
 * are refused as the gateway wants it. Then the content is read strictly, opened with the APIv3 key, and must be of this
 * merchant and app. A notice is enough to count as paid. {@code amount.total} is what the order was opened with; what
 * the gateway's own coupons paid of it is in there. Notices of refunds made in the gateway's console are
 * {@code MovedBack} with that refund's amount, "at least so much"; those of our own refunds are acknowledged, no more.
 *
 * <p><b>Answers</b> are verified like notices. One without a good signature is unknown, whatever it says, and so is
 * every error that the documents do not call final. An order in state {@code REFUND} is unknown: something was given
 * back, and how much the API does not tell; the bill does ({@link WeChatPayBill}). A refund that the gateway holds back
 * because the buyer's card is closed ({@code ABNORMAL}) is pending until a person sends it on in the merchant platform.
 *
 * <p>A call ends within the call limit, {@code refund} with its two or three exchanges, too. Requests whose deadline has
 * passed are not sent. Reasons name a status, an error code or the kind of a failure, and nothing of the buyer.
 */
public final class WeChatPay implements PaymentGateway {
    private static final Traits TRAITS = new Traits(new GatewayTerms(true, true, true, true), false);

    private final Api api;
    private final NoticeReader notices;
    private final Orders orders;
    private final Refunds refunds;

    WeChatPay(String endpoint, MerchantKey merchant, PlatformKeys platform, WeChatPayBuilder settings) {
        Account account = settings.account();
        Exchange exchange = new Exchange(settings.connectTimeout(), settings.callLimit());
        this.api = new Api(endpoint, merchant, platform, settings.clock(), exchange);
        this.notices = new NoticeReader(account, platform, new SealedResource(settings.apiV3Key()));
        this.orders = new Orders(api, account, settings.description(), settings.notifyUrl(), settings.callLimit());
        this.refunds = new Refunds(api, orders, settings.callLimit());
    }

    /** Starts describing an account at WeChat Pay. */
    public static WeChatPayBuilder builder() {
        return new WeChatPayBuilder();
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        return orders.open(request, deadline);
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        return notices.read(notice);
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        return orders.query(payment);
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        return orders.close(payment);
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        return refunds.refund(request, deadline);
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return refunds.query(refund, payment);
    }

    @Override
    public String toString() {
        return "WeChatPay(" + api + ")";
    }
}
