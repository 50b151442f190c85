package dev.kadao.testkit;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The fakes' notices: lines of {@code name=value} with an HMAC-SHA-256 in a header. */
final class SignedText {
    private static final String HEADER = "fake-signature";
    private final Secret key;

    SignedText(Secret key) {
        this.key = key;
    }

    InboundNotice sign(Map<String, String> values, Instant now) {
        String body = new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n"));
        Bytes bytes = Bytes.utf8(body);
        return new InboundNotice("POST", "", Map.of(HEADER, List.of(signature(bytes))), bytes, now);
    }

    /** The values of a notice that was signed with this key; empty if it was not. */
    Optional<Map<String, String>> read(InboundNotice notice) {
        Optional<String> given = notice.header(HEADER);
        if (given.isEmpty() || !isSame(given.get(), signature(notice.body()))) {
            return Optional.empty();
        }
        return Optional.of(notice.body()
                .asUtf8()
                .lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> first)));
    }

    /** The same notice as somebody without the key would sign it. */
    static InboundNotice forged(InboundNotice notice) {
        String wrong = new SignedText(Secret.of("not the key")).signature(notice.body());
        return new InboundNotice(
                notice.method(), notice.query(), Map.of(HEADER, List.of(wrong)), notice.body(), notice.receivedAt());
    }

    private static boolean isSame(String left, String right) {
        return MessageDigest.isEqual(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(Bytes body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.expose().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
