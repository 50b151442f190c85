package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keys to import, one a line. Whether one is a duplicate, of this text or of the stock, the inventory decides.
 *
 * @param rejected the numbers of the lines that are no keys, from 1 on
 */
public record KeyImport(List<Secret> keys, List<Integer> rejected) {
    private static final int MOST_CHARACTERS = 512;

    public KeyImport {
        keys = List.copyOf(keys);
        rejected = List.copyOf(rejected);
    }

    static KeyImport read(byte[] text) {
        List<Secret> keys = new ArrayList<>();
        List<Integer> rejected = new ArrayList<>();
        int number = 1;
        for (int start = afterMark(text); start <= text.length; number++) {
            int end = endOfLine(text, start);
            // Line by line, so that broken UTF-8 costs its own line only.
            Optional<String> line = decoded(text, start, end).map(KeyImport::trimmed);
            if (line.isEmpty() || !isKey(line.get())) {
                rejected.add(number);
            } else if (!line.get().isEmpty()) {
                keys.add(new Secret(line.get()));
            }
            start = end + 1;
        }
        return new KeyImport(keys, rejected);
    }

    /** Whether this is a key or a blank line. */
    private static boolean isKey(String line) {
        return line.codePointCount(0, line.length()) <= MOST_CHARACTERS
                && line.codePoints().noneMatch(Character::isISOControl);
    }

    private static int afterMark(byte[] text) {
        boolean marked = text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static int endOfLine(byte[] text, int start) {
        int end = start;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return end;
    }

    private static Optional<String> decoded(byte[] text, int start, int end) {
        int length = end - start - (end > start && text[end - 1] == '\r' ? 1 : 0);
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, start, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Without what spreadsheets leave at the ends: spaces, tabs, and the wide and the unbreakable space. */
    private static String trimmed(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && isSpace(line.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\u00A0' || c == '\u3000';
    }
}
