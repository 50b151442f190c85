package dev.kadao.examples.cardshop.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Bearer tokens (RFC 6750), compared in a time that does not depend on where they differ. */
public final class Bearer {
    private Bearer() {}

    /** The token of the Authorization header; empty if there is none, or another scheme, or more than one header. */
    public static Optional<String> of(Request request) {
        return request.header("Authorization").flatMap(Bearer::token);
    }

    static Optional<String> token(String header) {
        String scheme = "bearer ";
        if (!header.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.empty();
        }
        String token = header.substring(scheme.length()).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
