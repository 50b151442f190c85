package dev.kadao.suppliers.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a buyer's system tells a genuine message, on the JDK alone; shown in docs/notifiers.md. */
final class WebhookReceiver {
    private WebhookReceiver() {}

    /** Whether the shop sent this, within the last five minutes: the headers as they came, the body's bytes as they came. */
    static boolean isGenuine(String secret, String timestamp, String signature, byte[] body, Instant now)
            throws GeneralSecurityException {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        String expected = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        // Not equals(): its time would tell how many characters of a guess were right.
        return MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8))
                && off.compareTo(Duration.ofMinutes(5)) <= 0;
    }
}
