package dev.kadao.examples.gateway;

import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code X-Lantern-Time}, unix seconds, and {@code X-Lantern-Signature}, the hex HMAC-SHA-256 of time, "." and body. */
final class LanternSignature {
    static final String TIME = "X-Lantern-Time";
    static final String SIGNATURE = "X-Lantern-Signature";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private LanternSignature() {}

    static String of(Secret secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.expose().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Over the bytes as they came, and not far from now in either direction. */
    static boolean isGood(InboundNotice notice, Secret secret) {
        String time = notice.header(TIME).orElse("");
        String given = notice.header(SIGNATURE).orElse("");
        if (!notice.method().equals("POST") || !time.matches("[0-9]{1,12}")) {
            return false;
        }
        String expected = of(secret, time, notice.body().toArray());
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(time));
        Duration off = Duration.between(signedAt, notice.receivedAt()).abs();
        // Not equals(): its time would tell how many characters of a guess were right.
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))
                && off.compareTo(TOLERANCE) <= 0;
    }
}
