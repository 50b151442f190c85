package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the supplier of the storm writes about itself, in a file that is only ever appended to. A line is on the disk
 * before what it tells is done or answered.
 */
final class StormRecord {
    /** What was done: the order came in, was handed over, … */
    enum Word {
        CAME,
        /** Its time was older than the margin. */
        LATE,
        REFUSED,
        SUPPLIED,
        DECLINED,
        FORGED,
        /** The shop did not take a notice, and it was no lack of time. */
        UNWELCOME
    }

    /**
     * One line.
     *
     * @param signed the time that the sender of the order signed
     */
    record Line(Instant at, Word word, String supplier, String reference, Instant signed) {
        /** The order that the reference belongs to: all dispatches of it, at whatever supplier, are for the same goods. */
        String order() {
            String[] parts = reference.split("_", -1);
            return parts[0] + "." + parts[1];
        }

        private String written() {
            return at + " " + word + " " + supplier + " " + reference + " signed " + signed + "\n";
        }

        private static Line read(String text) {
            String[] parts = text.split(" ", -1);
            return new Line(
                    Instant.parse(parts[0]), Word.valueOf(parts[1]), parts[2], parts[3], Instant.parse(parts[5]));
        }
    }

    private final FileChannel file;

    private StormRecord(FileChannel file) {
        this.file = file;
    }

    static StormRecord appendTo(Path path) throws IOException {
        return new StormRecord(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    synchronized void write(Line line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.written().getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Line> read(Path path) {
        try {
            return Files.readAllLines(path, UTF_8).stream().map(Line::read).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
