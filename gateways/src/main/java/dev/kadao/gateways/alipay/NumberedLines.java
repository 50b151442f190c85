package dev.kadao.gateways.alipay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/**
 * The lines of a text with their numbers, read one by one. One that is longer than any line of a bill is cut, so that it
 * does not fill the memory, and bytes that are not of the charset become U+FFFD: both are told with the line.
 */
final class NumberedLines implements AutoCloseable {
    private static final int LONGEST = 16 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private final Reader reader;
    private long number;

    /** @param isWhole whether it is all there and was written in the charset that it is read in */
    record NumberedLine(long number, String text, boolean isWhole) {}

    NumberedLines(InputStream source, Charset charset) {
        this.reader = new BufferedReader(new InputStreamReader(
                source,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }

    /**
     * The next line, empty at the end.
     *
     * @throws UncheckedIOException if the source cannot be read
     */
    Optional<NumberedLine> next() {
        try {
            StringBuilder text = new StringBuilder();
            boolean isCut = false;
            int next = reader.read();
            if (next < 0) {
                return Optional.empty();
            }
            while (next >= 0 && next != '\n') {
                if (text.length() < LONGEST) {
                    text.append((char) next);
                } else {
                    isCut = true;
                }
                next = reader.read();
            }
            number++;
            return Optional.of(line(text, isCut));
        } catch (IOException e) {
            throw new UncheckedIOException("the bill cannot be read", e);
        }
    }

    private NumberedLine line(StringBuilder text, boolean isCut) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) == '\r') {
            text.setLength(text.length() - 1);
        }
        if (number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text.deleteCharAt(0);
        }
        return new NumberedLine(number, text.toString(), !isCut && text.indexOf(String.valueOf(REPLACEMENT)) < 0);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the bill cannot be closed", e);
        }
    }
}
