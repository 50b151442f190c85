package dev.kadao.jdbc;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads keys from a text, one a line: UTF-8 with or without byte order mark, LF or CRLF, white space at both ends cut,
 * blank lines skipped. Holds one line at a time, in memory that is cleared for the next.
 */
final class KeyLines {
    static final int MOST_CHARACTERS = 512;
    private static final int BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream text;
    private final byte[] line = new byte[16_384];
    private int length;
    private boolean tooLong;
    private long number;

    KeyLines(InputStream text) {
        this.text = new BufferedInputStream(text, 65_536);
    }

    /**
     * A line that is not blank.
     *
     * @param number counted from 1, blank lines included
     * @param key its bytes in UTF-8; empty if it is no key
     */
    record Line(long number, Optional<byte[]> key) {
        @Override
        public String toString() {
            return "Line(" + number + ")";
        }
    }

    /** The next line that is not blank; empty at the end. */
    Optional<Line> next() throws IOException {
        while (fill()) {
            number++;
            if (tooLong) {
                return Optional.of(new Line(number, Optional.empty()));
            }
            Optional<Line> found = read();
            if (found.isPresent()) {
                return found;
            }
        }
        Arrays.fill(line, (byte) 0);
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        length = 0;
        tooLong = false;
        int next = text.read();
        boolean any = next >= 0;
        while (next >= 0 && next != '\n') {
            if (length < line.length) {
                line[length++] = (byte) next;
            } else {
                tooLong = true;
            }
            next = text.read();
        }
        return any;
    }

    private Optional<Line> read() {
        CharBuffer characters;
        try {
            characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
        } catch (CharacterCodingException e) {
            // The exception names no content, and what it names is in the line number.
            return Optional.of(new Line(number, Optional.empty()));
        }
        try {
            int start = number == 1 && characters.length() > 0 && characters.get(0) == BYTE_ORDER_MARK ? 1 : 0;
            int end = characters.length();
            while (start < end && isBlank(characters.get(start))) {
                start++;
            }
            while (end > start && isBlank(characters.get(end - 1))) {
                end--;
            }
            return start == end ? Optional.empty() : Optional.of(new Line(number, key(characters, start, end)));
        } finally {
            Arrays.fill(characters.array(), '\0');
        }
    }

    private static Optional<byte[]> key(CharBuffer characters, int start, int end) {
        CharBuffer content = characters.duplicate().position(start).limit(end);
        if (Character.codePointCount(content, 0, content.length()) > MOST_CHARACTERS
                || content.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(content);
        byte[] key = new byte[encoded.remaining()];
        encoded.get(key).clear();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        return Optional.of(key);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
