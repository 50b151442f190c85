package dev.kadao.gateways.wechatpay;

import com.google.gson.JsonParseException;
import com.wechat.pay.java.core.exception.WechatPayException;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.payments.model.Transaction;
import dev.kadao.port.InboundNotice;
import java.util.Optional;

/** The official library, asked what it makes of a notice. */
final class Official {
    private static final NotificationParser PARSER = new NotificationParser(new RSAPublicKeyNotificationConfig.Builder()
            .publicKey(TestKeys.PLATFORM.getPublic())
            .publicKeyId(TestKeys.PLATFORM_SERIAL)
            .apiV3Key(TestKeys.API_V3_KEY)
            .build());

    private Official() {}

    /** The transaction that it reads; empty if it refuses the notice, in whatever way. */
    static Optional<Transaction> read(InboundNotice notice) {
        RequestParam request = new RequestParam.Builder()
                .serialNumber(header(notice, "Wechatpay-Serial"))
                .nonce(header(notice, "Wechatpay-Nonce"))
                .timestamp(header(notice, "Wechatpay-Timestamp"))
                .signature(header(notice, "Wechatpay-Signature"))
                .signType(header(notice, "Wechatpay-Signature-Type"))
                .body(notice.body().asUtf8())
                .build();
        try {
            return Optional.ofNullable(PARSER.parse(request, Transaction.class));
        } catch (WechatPayException | JsonParseException | IllegalArgumentException | NullPointerException e) {
            // All the ways in which it was seen to refuse: its own exceptions, and those of Gson and Base64.
            return Optional.empty();
        }
    }

    private static String header(InboundNotice notice, String name) {
        return notice.header(name).orElse(null);
    }
}
