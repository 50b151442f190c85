package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Bytes;
import dev.kadao.port.InboundNotice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A notice as the gateway would send it, with anything in it changed before it is signed. Immutable. */
record Draft(byte[] body, Instant signedAt, Instant receivedAt, String nonce, String serial, PrivateKey key) {
    static final String RESOURCE_NONCE = "fdasflkja484";

    /** A notice that a payment of 49.00 was made. */
    static Draft paid(String payment, Instant now) {
        return transaction(
                trade(payment, "SUCCESS", "{\"total\":4900,\"currency\":\"CNY\",\"payer_total\":4800}"), now);
    }

    static String trade(String payment, String state, String amount) {
        return "{\"mchid\":\"" + TestKeys.MCH_ID + "\",\"appid\":\"" + TestKeys.APP_ID + "\",\"out_trade_no\":\""
                + payment
                + "\",\"transaction_id\":\"4200001234202611230001\",\"trade_type\":\"NATIVE\",\"trade_state\":\""
                + state + "\",\"trade_state_desc\":\"支付成功\",\"bank_type\":\"CMC\",\"attach\":\"\",\"success_time\":"
                + "\"2026-11-23T12:00:00+08:00\",\"payer\":{\"openid\":\"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o\"},\"amount\":"
                + amount + "}";
    }

    /** A notice of a refund that was made without us. */
    static String refund(String payment, String refund, String status, String amount) {
        return "{\"mchid\":\"" + TestKeys.MCH_ID + "\",\"out_trade_no\":\"" + payment
                + "\",\"transaction_id\":\"4200001234202611230001\",\"out_refund_no\":\"" + refund
                + "\",\"refund_id\":\"50200207182018070300011301001\",\"refund_status\":\"" + status
                + "\",\"user_received_account\":\"招商银行信用卡0403\",\"amount\":" + amount + "}";
    }

    static Draft transaction(String resource, Instant now) {
        return of("TRANSACTION.SUCCESS", resource, now);
    }

    static Draft of(String event, String resource, Instant now) {
        String sealed = TestKeys.seal(TestKeys.API_V3_KEY, RESOURCE_NONCE, "transaction", resource);
        return raw(
                notice(
                        event,
                        "{\"original_type\":\"transaction\",\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\""
                                + sealed + "\",\"associated_data\":\"transaction\",\"nonce\":\"" + RESOURCE_NONCE
                                + "\"}"),
                now);
    }

    static String notice(String event, String resource) {
        return "{\"id\":\"EV-2018022511223320873\",\"create_time\":\"2026-11-23T12:00:01+08:00\",\"event_type\":\""
                + event + "\",\"resource_type\":\"encrypt-resource\",\"summary\":\"支付成功\",\"resource\":" + resource
                + "}";
    }

    static Draft raw(String body, Instant now) {
        return new Draft(
                body.getBytes(StandardCharsets.UTF_8),
                now,
                now,
                "EcGIUDLTRXNNFxGtdiwPU5HqNLPPwrIB",
                TestKeys.PLATFORM_SERIAL,
                TestKeys.PLATFORM.getPrivate());
    }

    Draft body(byte[] other) {
        return new Draft(other, signedAt, receivedAt, nonce, serial, key);
    }

    Draft signedAt(Instant other) {
        return new Draft(body, other, receivedAt, nonce, serial, key);
    }

    Draft nonce(String other) {
        return new Draft(body, signedAt, receivedAt, other, serial, key);
    }

    Draft key(String otherSerial, PrivateKey other) {
        return new Draft(body, signedAt, receivedAt, nonce, otherSerial, other);
    }

    String timestamp() {
        return Long.toString(signedAt.getEpochSecond());
    }

    String signature() {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((timestamp() + "\n" + nonce + "\n").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        signed.write('\n');
        return TestKeys.sign(key, signed.toByteArray());
    }

    Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Content-Type", List.of("application/json"));
        headers.put("Wechatpay-Serial", List.of(serial));
        headers.put("Wechatpay-Nonce", List.of(nonce));
        headers.put("Wechatpay-Timestamp", List.of(timestamp()));
        headers.put("Wechatpay-Signature", List.of(signature()));
        headers.put("Wechatpay-Signature-Type", List.of("WECHATPAY2-SHA256-RSA2048"));
        return headers;
    }

    InboundNotice notice() {
        return with(headers());
    }

    InboundNotice with(Map<String, List<String>> headers) {
        return new InboundNotice("POST", "", headers, Bytes.of(body), receivedAt);
    }

    /** With one header changed after signing; no values take it away. */
    InboundNotice withHeader(String name, String... values) {
        Map<String, List<String>> headers = headers();
        if (values.length == 0) {
            headers.remove(name);
        } else {
            headers.put(name, List.of(values));
        }
        return with(headers);
    }
}
