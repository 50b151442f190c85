package dev.kadao.gateways.stripe;

import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header {@code Stripe-Signature}: {@code t=}unix seconds, then one {@code v1=} for each signing secret that is valid
 * just now, the lower-case hex HMAC-SHA-256 of {@code t}, {@code "."} and the raw body. Other schemes ({@code v0}) do not
 * count. Source: docs.stripe.com/webhooks, "Verify webhook signatures manually".
 */
final class StripeSignature {
    static final String HEADER = "Stripe-Signature";

    /** How far the time may be off, in both directions; Stripe's libraries check the past alone. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int LONGEST_HEADER = 4_096;
    private static final int MOST_SIGNATURES = 16;

    private final String timestamp;
    private final List<String> signatures;

    private StripeSignature(String timestamp, List<String> signatures) {
        this.timestamp = timestamp;
        this.signatures = signatures;
    }

    /** What speaks against the notice's signature or time; empty if both are good. Says nothing that is in the notice. */
    static Optional<String> flawOf(InboundNotice notice, List<Secret> secrets) {
        Optional<String> header = notice.header(HEADER);
        if (header.isEmpty()) {
            return Optional.of(HEADER + " is missing or given twice");
        }
        Optional<StripeSignature> read = read(header.get());
        if (read.isEmpty()) {
            return Optional.of(HEADER + " is not in the form t=seconds,v1=signature");
        }
        if (!read.get().matches(notice.body().toArray(), secrets)) {
            return Optional.of(HEADER + " matches under none of the signing secrets");
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(read.get().timestamp));
        Duration off = Duration.between(signedAt, notice.receivedAt()).abs();
        return off.compareTo(TOLERANCE) > 0
                ? Optional.of("the time in " + HEADER + " is off by " + off + ", over " + TOLERANCE)
                : Optional.empty();
    }

    private static Optional<StripeSignature> read(String header) {
        String timestamp = "";
        List<String> signatures = new ArrayList<>();
        if (header.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        for (String item : header.split(",", -1)) {
            if (item.startsWith("t=")) {
                if (!timestamp.isEmpty()) {
                    return Optional.empty();
                }
                timestamp = item.substring(2);
            } else if (item.startsWith("v1=")) {
                signatures.add(item.substring(3));
            }
        }
        boolean plain = timestamp.matches("[1-9][0-9]{0,11}");
        return plain && !signatures.isEmpty() && signatures.size() <= MOST_SIGNATURES
                ? Optional.of(new StripeSignature(timestamp, signatures))
                : Optional.empty();
    }

    private boolean matches(byte[] body, List<Secret> secrets) {
        boolean found = false;
        for (Secret secret : secrets) {
            byte[] expected = of(secret, timestamp, body).getBytes(StandardCharsets.UTF_8);
            for (String signature : signatures) {
                // Time must tell neither how much of a guess was right nor which secret it was.
                found |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    /** A signature of scheme v1. */
    static String of(Secret secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.expose().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
