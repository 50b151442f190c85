package dev.kadao.gateways.wechatpay;

import dev.kadao.gateways.shared.Rsa;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The gateway's public keys by serial, and whether a message, notice or answer, carries the gateway's signature: over
 * {@code timestamp \n nonce \n body \n}, with SHA256withRSA, in base64 ("签名验证", pay.weixin.qq.com,
 * {@code wiki/doc/api_external/ch/wechatpay/wechatpay4_1.shtml}). Immutable.
 */
final class PlatformKeys {
    static final String SERIAL = "Wechatpay-Serial";
    static final String SIGNATURE = "Wechatpay-Signature";
    static final String TIMESTAMP = "Wechatpay-Timestamp";
    static final String NONCE = "Wechatpay-Nonce";

    /** Names the algorithm; may be absent, and then it is {@link #ALGORITHM}. */
    static final String SIGNATURE_TYPE = "Wechatpay-Signature-Type";

    static final String ALGORITHM = "WECHATPAY2-SHA256-RSA2048";

    /**
     * How the gateway begins signatures that are wrong on purpose, to see whether they are checked (the same document
     * calls it 签名探测流量). Whoever takes one for good has switched the check off.
     */
    static final String PROBE = "WECHATPAY/SIGNTEST/";

    /** From here on a timestamp is too far off, in both directions: a recorded message cannot be played again later. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final List<String> REQUIRED = List.of(SERIAL, SIGNATURE, TIMESTAMP, NONCE);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    // No line break: it would let the border between nonce and body move under the same signature.
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern SERIAL_FORM = Pattern.compile("[0-9A-Za-z_]{1,64}");
    private static final int LONGEST_SIGNATURE = 1_024;
    private static final String PUBLIC_KEY_ID = "PUB_KEY_ID_";

    private final Map<String, Key> keys;

    /**
     * One key.
     *
     * @param serial a certificate's serial, or the id of a public key ({@code PUB_KEY_ID_…})
     * @param lastValid after it the key is refused; {@link Instant#MAX} if it has no end
     */
    record Key(String serial, PublicKey key, Instant lastValid) {}

    /** The values of a header by its name in any case. */
    interface Headers {
        List<String> all(String name);
    }

    PlatformKeys(List<Key> keys) {
        Map<String, Key> bySerial = new LinkedHashMap<>();
        keys.forEach(key -> bySerial.put(key.serial(), key));
        this.keys = bySerial;
    }

    static boolean isSerial(String text) {
        return SERIAL_FORM.matcher(text).matches();
    }

    /**
     * The serial of the key with which the gateway is asked to sign its answers, empty if none is valid any more: a
     * public key before a certificate, as the gateway asks of merchants that move from one to the other, and the one
     * that lasts longest.
     */
    Optional<String> preferred(Instant now) {
        Comparator<Key> worth = Comparator.comparing((Key key) -> key.serial().startsWith(PUBLIC_KEY_ID))
                .thenComparing(Key::lastValid);
        return keys.values().stream()
                .filter(key -> !now.isAfter(key.lastValid()))
                .max(worth)
                .map(Key::serial);
    }

    /** What speaks against a message; empty if the gateway signed it just now. Quotes nothing but serials. */
    Optional<String> flawOf(Headers headers, byte[] body, Instant now) {
        for (String name : REQUIRED) {
            if (headers.all(name).size() != 1) {
                return Optional.of(name + " is missing or given twice");
            }
        }
        List<String> types = headers.all(SIGNATURE_TYPE);
        if (types.size() > 1 || (types.size() == 1 && !types.get(0).equals(ALGORITHM))) {
            return Optional.of(SIGNATURE_TYPE + " is another than " + ALGORITHM);
        }
        String timestamp = headers.all(TIMESTAMP).get(0);
        String nonce = headers.all(NONCE).get(0);
        if (!SECONDS.matcher(timestamp).matches() || !PLAIN.matcher(nonce).matches()) {
            return Optional.of(TIMESTAMP + " is no number of unix seconds, or " + NONCE + " no plain text");
        }
        Optional<String> unsigned = notSigned(headers, signed(timestamp, nonce, body), now);
        return unsigned.isPresent() ? unsigned : notNow(timestamp, now);
    }

    private Optional<String> notSigned(Headers headers, byte[] signed, Instant now) {
        String serial = headers.all(SERIAL).get(0);
        String signature = headers.all(SIGNATURE).get(0);
        if (signature.startsWith(PROBE)) {
            return Optional.of("the gateway probes with a wrong signature whether signatures are checked");
        }
        Key key = keys.get(serial);
        if (key == null) {
            return Optional.of((isSerial(serial) ? "serial " + serial : SERIAL) + " is of no configured platform key");
        }
        if (now.isAfter(key.lastValid())) {
            return Optional.of("platform key " + serial + " was valid until " + key.lastValid());
        }
        boolean good = signature.length() <= LONGEST_SIGNATURE && Rsa.isSigned(key.key(), signed, signature);
        return good ? Optional.empty() : Optional.of(SIGNATURE + " does not match");
    }

    private static Optional<String> notNow(String timestamp, Instant now) {
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        return off.compareTo(TOLERANCE) >= 0
                ? Optional.of(TIMESTAMP + " is off by " + off + "; less than " + TOLERANCE + " is allowed")
                : Optional.empty();
    }

    /** What is signed. */
    static byte[] signed(String timestamp, String nonce, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 64);
        signed.writeBytes((timestamp + "\n" + nonce + "\n").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        signed.write('\n');
        return signed.toByteArray();
    }

    /** Shows serials alone. */
    @Override
    public String toString() {
        return "PlatformKeys" + keys.keySet();
    }
}
