package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two headers that the supplier protocol and the sandbox gateway sign every message with. */
record SignedHeaders(String timestamp, String signature) {
    static final String TIMESTAMP = "X-Timestamp";
    static final String SIGNATURE = "X-Signature";

    /** Signs {@code body} as sent at {@code at}. */
    static SignedHeaders of(String secret, Instant at, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        return new SignedHeaders(timestamp, sign(secret, timestamp, body));
    }

    /** Signs {@code body} as sent now. */
    static SignedHeaders of(String secret, String body) {
        return of(secret, Instant.now(), body.getBytes(UTF_8));
    }

    /** Tells whether these headers were made for {@code body} with {@code secret}, whatever the time. */
    boolean fits(String secret, byte[] body) {
        byte[] wanted = sign(secret, timestamp, body).getBytes(UTF_8);
        return MessageDigest.isEqual(wanted, signature.getBytes(UTF_8));
    }

    /** The same time with a signature that no secret makes. */
    SignedHeaders forged() {
        char last = signature.charAt(signature.length() - 1);
        return new SignedHeaders(timestamp, signature.substring(0, signature.length() - 1) + (last == '0' ? '1' : '0'));
    }

    private static String sign(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(UTF_8));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256.", e);
        }
    }
}
