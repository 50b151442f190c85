package dev.kadao;

import dev.kadao.order.Bytes;
import dev.kadao.port.InboundNotice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a stranger may send to a notice route: messages in the forms of several gateways and suppliers which say that a
 * payment was paid or an order delivered, and which none of them has signed.
 */
final class ForgedSamples {
    private static final String PAYMENT = "selfcheck_p1";
    private static final String DISPATCH = "selfcheck_1_1";
    private static final String TRADE = "2026000000000000001";

    private ForgedSamples() {}

    /** A message and what to call it in a sentence. */
    record Sample(String name, InboundNotice notice) {}

    static List<Sample> at(Instant now) {
        Map<String, List<String>> signed = wrongSignatures(now);
        Bytes json = Bytes.utf8(json());
        return List.of(
                new Sample("an empty body", post(now, "text/plain", Map.of(), Bytes.EMPTY)),
                new Sample(
                        "an empty body with wrong signature headers",
                        post(now, "application/json", signed, Bytes.EMPTY)),
                new Sample("an unsigned JSON text", post(now, "application/json", Map.of(), json)),
                new Sample("a JSON text with wrong signature headers", post(now, "application/json", signed, json)),
                new Sample("an unsigned form", form(now, "", "")),
                new Sample("a form with a wrong RSA2 signature", form(now, "RSA2", nonsense(256))),
                new Sample("a form that is signed with MD5 and no key", form(now, "MD5", md5(pairs(fields())))),
                new Sample(
                        "a query string that is signed with MD5 and no key",
                        new InboundNotice("GET", signedText("MD5", md5(pairs(fields()))), Map.of(), Bytes.EMPTY, now)));
    }

    private static InboundNotice form(Instant now, String type, String sign) {
        String text = type.isEmpty() ? pairs(fields()) : signedText(type, sign);
        return post(now, "application/x-www-form-urlencoded", wrongSignatures(now), Bytes.utf8(text));
    }

    private static InboundNotice post(Instant now, String type, Map<String, List<String>> headers, Bytes body) {
        Map<String, List<String>> all = new TreeMap<>(headers);
        all.put("content-type", List.of(type));
        return new InboundNotice("POST", "", all, body, now);
    }

    /** Headers as gateways send them, with the right time and signatures that nobody's key made. */
    private static Map<String, List<String>> wrongSignatures(Instant now) {
        String seconds = Long.toString(now.getEpochSecond());
        String hex = HexFormat.of().formatHex(new byte[32]);
        return Map.of(
                "x-timestamp", List.of(seconds),
                "x-signature", List.of("sha256=" + hex),
                "stripe-signature", List.of("t=" + seconds + ",v1=" + hex),
                "wechatpay-timestamp", List.of(seconds),
                "wechatpay-nonce", List.of("5K8264ILTKCH16CQ2502SI8ZNMTM67VS"),
                "wechatpay-serial", List.of("5157F09EFDC096DE15EBE81A47057A7232F1B8E1"),
                "wechatpay-signature", List.of(nonsense(256)));
    }

    /** One text that says "paid" in the words of several gateways, and "delivered" in those of suppliers, at once. */
    private static String json() {
        return "{\"id\":\"evt_selfcheck\",\"noticeId\":\"selfcheck\",\"event_type\":\"TRANSACTION.SUCCESS\","
                + "\"type\":\"checkout.session.completed\",\"payment\":\"" + PAYMENT + "\",\"out_trade_no\":\""
                + PAYMENT
                + "\",\"tradeNumber\":\"" + TRADE + "\",\"transaction_id\":\"" + TRADE
                + "\",\"status\":\"paid\",\"trade_state\":\"SUCCESS\",\"amount\":\"0.01\",\"currency\":\"CNY\","
                + "\"data\":{\"object\":{\"object\":\"checkout.session\",\"client_reference_id\":\"" + PAYMENT
                + "\",\"payment_intent\":\"pi_selfcheck\",\"payment_status\":\"paid\",\"amount_total\":1,"
                + "\"currency\":\"cny\"}},\"reference\":\"" + DISPATCH + "\",\"out_no\":\"" + DISPATCH
                + "\",\"state\":\"success\",\"proof\":\"selfcheck\"}";
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        fields.put("app_id", "2021000000000000");
        fields.put("money", "0.01");
        fields.put("name", "selfcheck");
        fields.put("order_no", TRADE);
        fields.put("out_no", DISPATCH);
        fields.put("out_trade_no", PAYMENT);
        fields.put("pid", "1000");
        fields.put("seller_id", "2088000000000000");
        fields.put("serial", TRADE);
        fields.put("state", "1");
        fields.put("total_amount", "0.01");
        fields.put("trade_no", TRADE);
        fields.put("trade_status", "TRADE_SUCCESS");
        fields.put("type", "alipay");
        return fields;
    }

    private static String signedText(String type, String sign) {
        return pairs(fields()) + "&sign_type=" + type + "&sign="
                + sign.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    }

    private static String pairs(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String nonsense(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
