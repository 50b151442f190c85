package dev.kadao.gateways.alipay;

import dev.kadao.gateways.alipay.NumberedLines.NumberedLine;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A trade bill of Alipay (业务明细, {@code bill_type=trade}) as it is downloaded, taken out of its archive: lines of CSV in
 * GBK between lines of comment, of one day or month. {@code 交易} is money that came, {@code 退款} money that went back, each
 * with its amount in {@code 订单金额} (what the buyer paid, as in notices; not {@code 商家实收}, from which the shop's own
 * discounts are taken). Immutable and thread-safe; the source is opened anew for each reading.
 *
 * <p>Strict: a line that cannot be read is {@link Line.Unreadable} and never left out. So is an end that is missing, as
 * after a download that was cut off, and a count of lines that is not the one the bill names.
 */
public final class AlipayBill implements Statement {
    private static final Pattern PERIOD =
            Pattern.compile("#起始日期：\\[([^\\[\\]]{1,40})]\\s*终止日期：\\[([^\\[\\]]{1,40})]\\s*");
    private static final Pattern DATE =
            Pattern.compile("([0-9]{4})年([0-9]{2})月([0-9]{2})日 ([0-9]{2}):([0-9]{2}):([0-9]{2})");
    private static final Pattern COUNT = Pattern.compile("#+(交易|退款)合计：([0-9]{1,12})笔.*");
    private static final Pattern END = Pattern.compile("#-+业务明细列表结束-+.*");

    private final Supplier<InputStream> source;
    private final Charset charset;
    private final Head head;

    /** @param lines of the comment and the columns' names, at the beginning */
    private record Head(long lines, Instant from, Instant until, BillColumns columns) {}

    private AlipayBill(Supplier<InputStream> source, Charset charset, Head head) {
        this.source = source;
        this.charset = charset;
        this.head = head;
    }

    /**
     * A bill in a file, in GBK, which is what Alipay writes.
     *
     * @throws InvalidValueException if it does not begin as such a bill
     * @throws UncheckedIOException if it cannot be read
     */
    public static AlipayBill of(Path file) {
        return of(file, Charset.forName("GBK"));
    }

    /**
     * A bill in a file that was saved in another charset.
     *
     * @throws InvalidValueException if it does not begin as such a bill
     * @throws UncheckedIOException if it cannot be read
     */
    public static AlipayBill of(Path file, Charset charset) {
        return of(() -> opened(file), charset);
    }

    /**
     * A bill from anywhere.
     *
     * @param source opens it at its beginning, each time anew; what it opens is closed by whoever closes the lines
     * @throws InvalidValueException if it does not begin as such a bill
     * @throws UncheckedIOException if it cannot be read
     */
    public static AlipayBill of(Supplier<InputStream> source, Charset charset) {
        try (NumberedLines lines = new NumberedLines(source.get(), charset)) {
            return new AlipayBill(source, charset, head(lines));
        }
    }

    private static InputStream opened(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the bill cannot be opened", e);
        }
    }

    private static Head head(NumberedLines lines) {
        Instant from = null;
        Instant until = null;
        Optional<NumberedLine> line = lines.next();
        while (line.isPresent() && line.get().text().startsWith("#")) {
            Matcher period = PERIOD.matcher(line.get().text());
            if (period.matches()) {
                from = date(period.group(1));
                until = date(period.group(2));
            }
            line = lines.next();
        }
        if (line.isEmpty()) {
            throw new InvalidValueException("the Alipay bill has no line that names its columns");
        }
        BillColumns columns = new BillColumns(line.get().text());
        if (from == null || until == null || !from.isBefore(until)) {
            throw new InvalidValueException(
                    "the Alipay bill does not say in its head (#起始日期, 终止日期) from when until" + " when it is");
        }
        return new Head(line.get().number(), from, until, columns);
    }

    private static @Nullable Instant date(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return null;
        }
        int[] parts = new int[date.groupCount()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Integer.parseInt(date.group(i + 1));
        }
        try {
            return LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
                    .toInstant(AlipayTime.CHINA);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public Instant from() {
        return head.from();
    }

    @Override
    public Instant until() {
        return head.until();
    }

    @Override
    public Stream<Line> lines() {
        NumberedLines lines = new NumberedLines(source.get(), charset);
        return StreamSupport.stream(new Rows(lines, head), false).onClose(lines::close);
    }

    /** The lines behind the head, each looked at once. For one thread. */
    private static final class Rows extends Spliterators.AbstractSpliterator<Line> {
        private final NumberedLines lines;
        private final Head head;
        private long received;
        private long givenBack;
        private long last;
        private boolean atEnd;
        private boolean over;

        Rows(NumberedLines lines, Head head) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
            this.lines = lines;
            this.head = head;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Line> taker) {
            while (!over) {
                Optional<NumberedLine> next = lines.next();
                Line line = next.isPresent() ? read(next.get()) : end();
                if (line != null) {
                    taker.accept(line);
                    return true;
                }
            }
            return false;
        }

        private @Nullable Line end() {
            over = true;
            return atEnd ? null : new Line.Unreadable(last + 1, "the bill ends without its end line: was it cut off?");
        }

        private @Nullable Line read(NumberedLine line) {
            last = line.number();
            if (line.number() <= head.lines() || line.text().isBlank()) {
                return null;
            }
            if (line.text().startsWith("#")) {
                return comment(line);
            }
            if (atEnd) {
                return new Line.Unreadable(line.number(), "the line stands behind the bill's end line");
            }
            Line row = head.columns().read(line);
            if (row instanceof Line.Received) {
                received++;
            } else if (row instanceof Line.GivenBack) {
                givenBack++;
            }
            return row;
        }

        private @Nullable Line comment(NumberedLine line) {
            if (END.matcher(line.text()).matches()) {
                atEnd = true;
                return null;
            }
            Matcher count = COUNT.matcher(line.text());
            if (!count.matches()) {
                return null;
            }
            long found = count.group(1).equals(BillColumns.RECEIVED) ? received : givenBack;
            long told = Long.parseLong(count.group(2));
            return found == told
                    ? null
                    : new Line.Unreadable(
                            line.number(),
                            "the bill names " + told + " lines of " + count.group(1) + ", " + found + " were read");
        }
    }

    @Override
    public String toString() {
        return "AlipayBill(" + head.from() + " to " + head.until() + ")";
    }
}
