package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Generated names and digests. */
final class Ids {
    private static final String BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_CHARACTERS = 10;
    private static final int RANDOM_CHARACTERS = 16;

    private final Clockwork clockwork;

    Ids(Clockwork clockwork) {
        this.clockwork = clockwork;
    }

    /** 26 lower-case base-32 characters: milliseconds, then 80 random bits; so ids sort by time. */
    String ordered() {
        StringBuilder id = new StringBuilder(TIME_CHARACTERS + RANDOM_CHARACTERS);
        long millis = clockwork.wall().millis();
        for (int shift = (TIME_CHARACTERS - 1) * 5; shift >= 0; shift -= 5) {
            id.append(BASE_32.charAt((int) (millis >>> shift) & 31));
        }
        for (byte random : clockwork.random(RANDOM_CHARACTERS)) {
            id.append(BASE_32.charAt(random & 31));
        }
        return id.toString();
    }

    CheckoutId checkout() {
        return new CheckoutId(ordered());
    }

    /** 256 random bits. */
    Secret token() {
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(clockwork.random(32)));
    }

    static String sha256(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // The length in front, so that no two lists of parts give the same bytes.
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String tokenHash(Secret token) {
        return HexFormat.of().formatHex(sha256().digest(token.expose().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
