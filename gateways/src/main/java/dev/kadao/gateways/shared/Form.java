package dev.kadao.gateways.shared;

import dev.kadao.wire.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters as {@code application/x-www-form-urlencoded}, read without guessing: UTF-8, each name once, no broken
 * escapes, bounded in count and size. Immutable; {@code toString} shows no values.
 */
public final class Form {
    /** Gateways send two dozen parameters and a few KiB; what is longer is none of theirs. */
    private static final int MOST_CHARACTERS = 64 * 1024;

    private static final int MOST_PARAMETERS = 200;

    private final Map<String, String> values;

    private Form(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a body.
     *
     * @throws UnreadableException if it is no such form
     */
    public static Form read(byte[] body) throws UnreadableException {
        if (body.length > MOST_CHARACTERS) {
            throw new UnreadableException("the form has " + body.length + " bytes, over " + MOST_CHARACTERS);
        }
        return read(new String(body, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a query string or a body.
     *
     * @param text the raw query string or body, a character for each byte
     * @throws UnreadableException if it is no such form
     */
    public static Form read(String text) throws UnreadableException {
        if (text.length() > MOST_CHARACTERS) {
            throw new UnreadableException("the form has " + text.length() + " characters, over " + MOST_CHARACTERS);
        }
        Map<String, String> values = new LinkedHashMap<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('&', from);
            int until = end < 0 ? text.length() : end;
            if (until > from) {
                put(values, text.substring(from, until));
            }
            from = until + 1;
        }
        return new Form(values);
    }

    private static void put(Map<String, String> values, String pair) throws UnreadableException {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw new UnreadableException("a parameter has no value");
        }
        String name = decoded(pair.substring(0, equals));
        if (values.put(name, decoded(pair.substring(equals + 1))) != null) {
            throw new UnreadableException("a parameter is given twice");
        }
        if (values.size() > MOST_PARAMETERS) {
            throw new UnreadableException("the form has over " + MOST_PARAMETERS + " parameters");
        }
    }

    private static String decoded(String raw) throws UnreadableException {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char next = raw.charAt(i);
            if (next == '%') {
                bytes[length++] = (byte) (hex(raw, i + 1) << 4 | hex(raw, i + 2));
                i += 2;
            } else if (next <= 0xff) {
                bytes[length++] = (byte) (next == '+' ? ' ' : next);
            } else {
                throw new UnreadableException("the form holds a character that is no byte");
            }
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableException("a parameter is not UTF-8");
        }
    }

    private static int hex(String raw, int at) throws UnreadableException {
        char digit = at < raw.length() ? raw.charAt(at) : ' ';
        // Not Character.digit: it takes the digits of every script.
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        int letter = digit | 0x20;
        if (letter < 'a' || letter > 'f') {
            throw new UnreadableException("a parameter has a broken escape");
        }
        return letter - 'a' + 10;
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * A parameter that must be there.
     *
     * @throws UnreadableException if there is none
     */
    public String required(String name) throws UnreadableException {
        String value = values.get(name);
        if (value == null) {
            throw new UnreadableException("parameter '" + name + "' is missing");
        }
        return value;
    }

    /** All parameters, sorted by name. */
    public SortedMap<String, String> sorted() {
        return new TreeMap<>(values);
    }

    @Override
    public String toString() {
        return "Form(" + values.size() + " parameters)";
    }
}
