package dev.kadao.gateways.alipay;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A seller, Alipay's key pair and ours made in this process, and genuine notices. */
final class AlipaySamples {
    static final String APP_ID = "2021000000000001";
    static final String SELLER_ID = "2088000000000001";
    static final KeyPair ALIPAY = keyPair();
    static final KeyPair SHOP = keyPair();
    static final Instant NOW = Instant.parse("2026-11-23T00:30:05Z");
    static final String NOW_IN_CHINA = "2026-11-23 08:30:05";
    static final Duration CALL_LIMIT = Duration.ofSeconds(20);

    private AlipaySamples() {}

    static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    static AlipayBuilder builder(String endpoint) {
        return Alipay.builder(APP_ID, SELLER_ID, base64(ALIPAY.getPublic()), Secret.of(base64(SHOP.getPrivate())))
                .endpoint(endpoint)
                .connectTimeout(CALL_LIMIT)
                .callLimit(CALL_LIMIT)
                .clock(() -> NOW);
    }

    /** A gateway that nobody answers: for reading notices. */
    static PaymentGateway gateway() {
        return builder("http://127.0.0.1:1").build();
    }

    /** A genuine notice that payment cart42_p1 was paid with CNY 49.00, sent and received now. */
    static InboundNotice genuine(Instant now) {
        return notice(paid(now), now);
    }

    /** The parameters of such a notice, unsigned, as Alipay sends them for a face-to-face payment. */
    static Map<String, String> paid(Instant now) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("gmt_create", "2026-11-23 08:29:40");
        parameters.put("charset", "utf-8");
        parameters.put("gmt_payment", "2026-11-23 08:29:58");
        parameters.put("notify_time", AlipayTime.of(now));
        parameters.put("subject", "在线订单 #1 + 50%");
        parameters.put("buyer_id", "2088102122524333");
        parameters.put("invoice_amount", "49.00");
        parameters.put("version", "1.0");
        parameters.put("notify_id", "2026112300222082957067730506409966");
        parameters.put("fund_bill_list", "[{\"amount\":\"49.00\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
        parameters.put("notify_type", "trade_status_sync");
        parameters.put("out_trade_no", "cart42_p1");
        parameters.put("total_amount", "49.00");
        parameters.put("trade_status", "TRADE_SUCCESS");
        parameters.put("trade_no", "2026112322001460341440512041");
        parameters.put("auth_app_id", APP_ID);
        parameters.put("receipt_amount", "48.00");
        parameters.put("point_amount", "0.00");
        parameters.put("buyer_pay_amount", "48.00");
        parameters.put("app_id", APP_ID);
        parameters.put("seller_id", SELLER_ID);
        return parameters;
    }

    static InboundNotice notice(Map<String, String> unsigned, Instant receivedAt) {
        return posted(form(signed(unsigned), StandardCharsets.UTF_8), receivedAt);
    }

    static InboundNotice posted(String form, Instant receivedAt) {
        Map<String, List<String>> headers =
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded; charset=utf-8"));
        return new InboundNotice("POST", "", headers, Bytes.utf8(form), receivedAt);
    }

    /** The parameters with Alipay's signature by RSA2. */
    static Map<String, String> signed(Map<String, String> unsigned) {
        return signed(unsigned, "RSA2", "SHA256withRSA", StandardCharsets.UTF_8);
    }

    static Map<String, String> signed(
            Map<String, String> unsigned, String signType, String algorithm, Charset charset) {
        Map<String, String> signed = new TreeMap<>(unsigned);
        String content = signed.entrySet().stream()
                .filter(each -> !each.getValue().isBlank())
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
        signed.put("sign_type", signType);
        signed.put("sign", sign(content.getBytes(charset), algorithm));
        return signed;
    }

    private static String sign(byte[] content, String algorithm) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(ALIPAY.getPrivate());
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String form(Map<String, String> parameters, Charset charset) {
        return parameters.entrySet().stream()
                .map(each ->
                        URLEncoder.encode(each.getKey(), charset) + "=" + URLEncoder.encode(each.getValue(), charset))
                .collect(Collectors.joining("&"));
    }

    /** The body of an answer, signed by Alipay over the object's text as it stands. */
    static String answer(String method, String object) {
        String sign = sign(object.getBytes(StandardCharsets.UTF_8), "SHA256withRSA");
        return "{\"" + method.replace('.', '_') + "_response\":" + object + ",\"sign\":\"" + sign + "\"}";
    }
}
