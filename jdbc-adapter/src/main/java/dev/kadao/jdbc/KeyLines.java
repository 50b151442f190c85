package dev.kadao.jdbc;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.KeyText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads keys from a text, one a line: UTF-8 with or without byte order mark, LF or CRLF, white space at both ends cut,
 * blank lines skipped. Holds one line at a time, in memory that is cleared for the next. A text in another encoding is
 * refused as a whole: found by its byte order mark, or by half of a part's lines, ten at least, not being UTF-8; fewer are
 * lines that are no key.
 */
final class KeyLines {
    static final int MOST_CHARACTERS = KeyText.MOST_CHARACTERS;
    private static final int FEWEST_OTHER = 10;
    private static final int BYTE_ORDER_MARK = '\uFEFF';
    private static final String REMEDY =
            " Save it as UTF-8 and import it again under the same batch name: keys that are"
                    + " in the stock already are recognised.";

    private final InputStream text;
    private final byte[] line = new byte[16_384];
    private int length;
    private boolean tooLong;
    private boolean begun;
    private long number;

    KeyLines(InputStream text) {
        this.text = new BufferedInputStream(text, 65_536);
    }

    /** What a line is. */
    private enum Sort {
        KEY,
        /** Too long, or with control characters. */
        NO_KEY,
        /** Not UTF-8, or with the zero bytes that UTF-16 has. */
        OTHER_ENCODING
    }

    /**
     * A line that is not blank.
     *
     * @param number counted from 1, blank lines included
     * @param key its bytes in UTF-8; empty if it is no key
     */
    record Line(long number, Optional<byte[]> key, boolean isOtherEncoding) {
        private static Line of(long number, Sort sort) {
            return new Line(number, Optional.empty(), sort == Sort.OTHER_ENCODING);
        }

        @Override
        public String toString() {
            return "Line(" + number + ")";
        }
    }

    /** How many lines were read, blank ones included. */
    long read() {
        return number;
    }

    /**
     * The next lines that are not blank, at most so many; none at the end.
     *
     * @throws InvalidValueException if the text is in another encoding
     */
    List<Line> next(int most) throws IOException {
        if (!begun) {
            refuseOtherMarks();
            begun = true;
        }
        List<Line> lines = new ArrayList<>();
        for (Optional<Line> line = next(); line.isPresent(); line = next()) {
            lines.add(line.get());
            if (lines.size() == most) {
                break;
            }
        }
        refuseOtherEncoding(lines);
        return lines;
    }

    private Optional<Line> next() throws IOException {
        while (fill()) {
            number++;
            if (tooLong) {
                return Optional.of(Line.of(number, Sort.NO_KEY));
            }
            Optional<Line> found = parse();
            if (found.isPresent()) {
                return found;
            }
        }
        Arrays.fill(line, (byte) 0);
        return Optional.empty();
    }

    private void refuseOtherMarks() throws IOException {
        text.mark(4);
        byte[] start = text.readNBytes(4);
        text.reset();
        String found = markOf(start);
        if (!found.isEmpty()) {
            throw new InvalidValueException("the text begins with the byte order mark of " + found
                    + ", so its first line cannot be read." + REMEDY);
        }
    }

    private static String markOf(byte[] start) {
        if (begins(start, 0xFF, 0xFE, 0, 0)) {
            return "UTF-32 (little-endian)";
        }
        if (begins(start, 0, 0, 0xFE, 0xFF)) {
            return "UTF-32 (big-endian)";
        }
        if (begins(start, 0xFF, 0xFE)) {
            return "UTF-16 (little-endian, 'Unicode' in Windows)";
        }
        if (begins(start, 0xFE, 0xFF)) {
            return "UTF-16 (big-endian)";
        }
        return begins(start, 0x84, 0x31, 0x95, 0x33) ? "GB18030" : "";
    }

    private static boolean begins(byte[] start, int... mark) {
        if (start.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (start[i] != (byte) mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static void refuseOtherEncoding(List<Line> lines) {
        List<Line> other = lines.stream().filter(Line::isOtherEncoding).toList();
        if (other.size() >= FEWEST_OTHER && other.size() * 2 >= lines.size()) {
            lines.forEach(line -> line.key().ifPresent(key -> Arrays.fill(key, (byte) 0)));
            throw new InvalidValueException("line " + other.get(0).number() + " is not UTF-8, nor are "
                    + (other.size() - 1) + " of the " + (lines.size() - 1) + " lines beside it: the text is in another"
                    + " encoding, such as GBK or UTF-16." + REMEDY);
        }
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

    private Optional<Line> parse() {
        CharBuffer characters;
        try {
            characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
        } catch (CharacterCodingException e) {
            // The exception names no content, and what it names is in the line number.
            return Optional.of(Line.of(number, Sort.OTHER_ENCODING));
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
            return start == end ? Optional.empty() : Optional.of(line(characters, start, end));
        } finally {
            Arrays.fill(characters.array(), '\0');
        }
    }

    private Line line(CharBuffer characters, int start, int end) {
        CharBuffer content = characters.duplicate().position(start).limit(end);
        Sort sort = sortOf(content);
        if (sort != Sort.KEY) {
            return Line.of(number, sort);
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(content);
        byte[] key = new byte[encoded.remaining()];
        encoded.get(key).clear();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        return new Line(number, Optional.of(key), false);
    }

    private static Sort sortOf(CharBuffer content) {
        if (content.chars().anyMatch(character -> character == 0)) {
            return Sort.OTHER_ENCODING;
        }
        boolean fits = Character.codePointCount(content, 0, content.length()) <= MOST_CHARACTERS
                && content.chars().noneMatch(Character::isISOControl);
        return fits ? Sort.KEY : Sort.NO_KEY;
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
