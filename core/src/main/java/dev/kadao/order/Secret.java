package dev.kadao.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be seen by accident: a key that is sold, a token, a shared secret. Prints as
 * {@code Secret(***)}, is no record and has no getter by bean convention, so that no serializer takes its content.
 */
public final class Secret {
    private final String content;

    private Secret(String content) {
        this.content = content;
    }

    public static Secret of(String content) {
        return new Secret(content);
    }

    /** The content itself. Hand it on, never log or store it. */
    public String expose() {
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        content.getBytes(StandardCharsets.UTF_8), secret.content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return "Secret(***)";
    }
}
