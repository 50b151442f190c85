package dev.kadao.examples.supplier;

import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code Magpie-Sign}: the hex HMAC-SHA-256 of the body, under one key for each direction. */
final class MagpieSignature {
    static final String HEADER = "Magpie-Sign";

    private MagpieSignature() {}

    static String of(Secret key, byte[] body) {
        try {
            // A Mac is not thread-safe: one for each message.
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.expose().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Over the bytes as they came: a body that was read and written again may differ. */
    static boolean isGood(InboundNotice notice, Secret key) {
        String given = notice.header(HEADER).orElse("");
        String expected = of(key, notice.body().toArray());
        // Not equals(): its time would tell how many characters of a guess were right.
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
