package dev.kadao.gateways.wechatpay;

import dev.kadao.gateways.shared.Rsa;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The merchant's key, which signs requests: over {@code method \n path?query \n timestamp \n nonce \n body \n}, with
 * SHA256withRSA, in base64, told in the header {@code Authorization} (as the official Java library does it in
 * {@code WechatPay2Credential}). Thread-safe.
 */
final class MerchantKey {
    private static final int NONCE_BYTES = 16;

    private final Account account;
    private final String serial;
    private final PrivateKey key;
    private final SecureRandom random = new SecureRandom();

    MerchantKey(Account account, String serial, PrivateKey key) {
        this.account = account;
        this.serial = serial;
        this.key = key;
    }

    /** The value of {@code Authorization} for one request. */
    String authorization(String method, URI url, byte[] body, Instant now) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = HexFormat.of().withUpperCase().formatHex(bytes);
        String timestamp = Long.toString(now.getEpochSecond());
        String signature = Rsa.sign(key, signed(method, url, timestamp, nonce, body));
        return PlatformKeys.ALGORITHM + " mchid=\"" + account.mchId() + "\",nonce_str=\"" + nonce + "\",timestamp=\""
                + timestamp + "\",serial_no=\"" + serial + "\",signature=\"" + signature + "\"";
    }

    private static byte[] signed(String method, URI url, String timestamp, String nonce, byte[] body) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String head = method + "\n" + url.getRawPath() + query + "\n" + timestamp + "\n" + nonce + "\n";
        ByteArrayOutputStream signed = new ByteArrayOutputStream(head.length() + body.length + 1);
        signed.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        signed.write('\n');
        return signed.toByteArray();
    }
}
