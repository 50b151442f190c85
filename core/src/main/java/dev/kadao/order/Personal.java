package dev.kadao.order;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The erasable side of a checkout: recipients, account, address and free text, each under its commitment. Content
 * never shows in {@code toString}.
 *
 * @param salt at least 16 random bytes, made at placing; erased with the texts
 */
public record Personal(Bytes salt, Map<Commitment, String> texts) {
    /** What was erased: no salt, no texts. */
    public static final Personal ERASED = new Personal(Bytes.EMPTY, Map.of());

    public Personal {
        SortedMap<Commitment, String> sorted = new TreeMap<>(java.util.Comparator.comparing(Commitment::hex));
        sorted.putAll(texts);
        texts = java.util.Collections.unmodifiableSortedMap(sorted);
    }

    public static Personal salted(Bytes salt) {
        return new Personal(salt, Map.of());
    }

    /** The commitment to a text under this salt; the same text always gives the same one. */
    public Commitment commitTo(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt.size() == 0 ? new byte[] {0} : salt.toArray(), "HmacSHA256"));
            return new Commitment(HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    public Personal with(String text) {
        Map<Commitment, String> more = new TreeMap<>(java.util.Comparator.comparing(Commitment::hex));
        more.putAll(texts);
        more.put(commitTo(text), text);
        return new Personal(salt, more);
    }

    /** Whether the texts were erased. */
    public boolean isErased() {
        return salt.size() == 0;
    }

    /** The text behind a commitment; empty once erased. */
    public Optional<String> text(Commitment commitment) {
        return Optional.ofNullable(texts.get(commitment));
    }

    @Override
    public String toString() {
        return "Personal(" + texts.size() + " texts)";
    }
}
