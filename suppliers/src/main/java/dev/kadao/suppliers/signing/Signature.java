package dev.kadao.suppliers.signing;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
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
 * The two headers of the reference supplier protocol, and of webhooks: {@code X-Timestamp}, unix seconds, and {@code X-Signature},
 * {@code sha256=} and the lower-case hex HMAC-SHA-256 of timestamp, {@code "."} and body under the shared secret.
 */
public final class Signature {
    public static final String TIMESTAMP = "X-Timestamp";
    public static final String SIGNATURE = "X-Signature";

    /** How far a timestamp may be off (300 s), in both directions: a recorded message cannot be played again later. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private Signature() {}

    /** The value of {@code X-Signature}. */
    public static String of(Secret secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.expose().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** What speaks against the message's signature; empty if it is good. Says nothing that is in the message. */
    public static Optional<String> flawOf(InboundNotice notice, Secret secret) {
        Optional<String> timestamp = notice.header(TIMESTAMP);
        Optional<String> signature = notice.header(SIGNATURE);
        if (timestamp.isEmpty() || signature.isEmpty()) {
            return Optional.of(TIMESTAMP + " or " + SIGNATURE + " is missing or given twice");
        }
        if (!timestamp.get().matches("[0-9]{1,12}")) {
            return Optional.of(TIMESTAMP + " is no number of unix seconds");
        }
        Bytes body = notice.body();
        if (!equal(of(secret, timestamp.get(), body.toArray()), signature.get())) {
            return Optional.of(SIGNATURE + " does not match");
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
        Duration off = Duration.between(signedAt, notice.receivedAt()).abs();
        return off.compareTo(TOLERANCE) > 0
                ? Optional.of(TIMESTAMP + " is off by " + off + ", over " + TOLERANCE)
                : Optional.empty();
    }

    // Time must not tell how many characters of a guess were right.
    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
