package dev.kadao.examples.cardshop.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two headers that sign a message: {@code X-Timestamp}, unix seconds, and {@code X-Signature}, {@code sha256=} and
 * the lower-case hex HMAC-SHA-256 of timestamp, a dot and the body, under the UTF-8 bytes of the shared secret.
 */
record Signature(String timestamp, String signature) {
    static final String TIMESTAMP_HEADER = "X-Timestamp";
    static final String SIGNATURE_HEADER = "X-Signature";

    private static final long TOLERANCE_SECONDS = Duration.ofMinutes(5).toSeconds();

    static Signature of(String secret, Instant at, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        return new Signature(timestamp, signature(secret, timestamp, body));
    }

    /** Whether these headers sign this body, not more than 300 s ago and not more than 300 s ahead. */
    static boolean isGood(
            String secret, Optional<String> timestamp, Optional<String> signature, byte[] body, Instant now) {
        if (timestamp.isEmpty() || signature.isEmpty() || !timestamp.get().matches("[0-9]{1,12}")) {
            return false;
        }
        byte[] expected = signature(secret, timestamp.get(), body).getBytes(StandardCharsets.UTF_8);
        byte[] given = signature.get().getBytes(StandardCharsets.UTF_8);
        long off = Math.abs(now.getEpochSecond() - Long.parseLong(timestamp.get()));
        return MessageDigest.isEqual(expected, given) && off <= TOLERANCE_SECONDS;
    }

    private static String signature(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256, this one does not.", e);
        }
    }
}
