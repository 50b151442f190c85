package dev.kadao.order;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the buyer pays with, as the gateway answered it: the text of a QR code, a page to go to, a form or parameters.
 * At most 4 KiB.
 *
 * @param values by the gateway's own names, in its order
 */
public record PayWith(Kind kind, Map<String, String> values) {
    /** The shape in which the buyer's client shows it. */
    public enum Kind {
        QR_CODE,
        REDIRECT,
        FORM,
        PARAMETERS
    }

    public PayWith {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        int size = values.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
        InvalidValueException.require(size <= 4096, "what the buyer pays with has " + size + " characters, over 4096");
    }

    public static PayWith redirect(String url) {
        return new PayWith(Kind.REDIRECT, Map.of("url", url));
    }

    public static PayWith qrCode(String text) {
        return new PayWith(Kind.QR_CODE, Map.of("text", text));
    }
}
