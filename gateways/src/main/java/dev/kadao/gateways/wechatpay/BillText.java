package dev.kadao.gateways.wechatpay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The numbered lines of a text, each decoded by itself, so that a broken one spoils no other. For one thread. */
final class BillText {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private long number;

    BillText(InputStream in) {
        this.in = in;
    }

    /**
     * A line.
     *
     * @param text without its end; empty if it is too long or not UTF-8
     */
    record TextLine(long number, Optional<String> text) {}

    /** The next line; empty at the end. */
    Optional<TextLine> next() {
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            number++;
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean tooLong = false;
            while (next >= 0 && next != '\n') {
                tooLong |= line.size() >= LONGEST_LINE;
                if (!tooLong) {
                    line.write(next);
                }
                next = in.read();
            }
            return Optional.of(new TextLine(number, tooLong ? Optional.empty() : decoded(line.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> decoded(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            return Optional.of(number == 1 && whole.startsWith(BYTE_ORDER_MARK) ? whole.substring(1) : whole);
        } catch (CharacterCodingException e) {
            // Told by the empty text.
            return Optional.empty();
        }
    }
}
