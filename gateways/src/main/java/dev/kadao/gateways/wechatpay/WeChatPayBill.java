package dev.kadao.gateways.wechatpay;

import dev.kadao.order.InvalidValueException;
import dev.kadao.port.Statement;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One day's trade bill of WeChat Pay (交易账单) of type ALL, as it is downloaded: CSV in UTF-8, not zipped. The gateway
 * makes it from 9 o'clock of the next day on, China Standard Time.
 *
 * <p>A line in state {@code SUCCESS} is money received: the order's amount, coupons included, as notices tell it. One in
 * state {@code REFUND} is a refund that was begun that day, with the amount that was asked for; the bill is not written
 * anew when it ends, so {@code PROCESSING} counts as given back. Everything else is {@link Statement.Line.Unreadable}: refunds
 * that failed, other states, lines of another merchant or day, of other form, over 64 KiB or not UTF-8, and at the end a
 * summary that is missing or counts other than the lines there are, since a bill that was cut short hides money.
 * Immutable.
 */
public final class WeChatPayBill implements Statement {
    private final String mchId;
    private final LocalDate day;
    private final Supplier<InputStream> source;

    private WeChatPayBill(String mchId, LocalDate day, Supplier<InputStream> source) {
        if (mchId.isBlank()) {
            throw new InvalidValueException("mchId is blank: say whose bill it is, lines of others are refused");
        }
        this.mchId = mchId;
        this.day = day;
        this.source = source;
    }

    /**
     * A bill in a file.
     *
     * @param mchId whose bill it is; lines of another merchant are unreadable
     * @param day whose bill it is ({@code bill_date}), in China
     */
    public static WeChatPayBill of(String mchId, LocalDate day, Path file) {
        return of(mchId, day, () -> {
            try {
                return Files.newInputStream(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * A bill from anywhere.
     *
     * @param mchId whose bill it is; lines of another merchant are unreadable
     * @param day whose bill it is ({@code bill_date}), in China
     * @param source opens it from its beginning, for each reading anew; the reading closes what it opened
     */
    public static WeChatPayBill of(String mchId, LocalDate day, Supplier<InputStream> source) {
        return new WeChatPayBill(mchId, day, source);
    }

    @Override
    public Instant from() {
        return day.atStartOfDay().toInstant(Orders.CHINA);
    }

    @Override
    public Instant until() {
        return day.plusDays(1).atStartOfDay().toInstant(Orders.CHINA);
    }

    /**
     * Reads the bill.
     *
     * @throws UncheckedIOException if it cannot be read, or its first line is not the header of a trade bill of type ALL:
     *     then it is another file, and none of its lines would mean anything
     */
    @Override
    public Stream<Line> lines() {
        InputStream in = new BufferedInputStream(source.get());
        try {
            BillLines lines = new BillLines(new BillText(in), mchId, from(), until());
            int traits = Spliterator.ORDERED | Spliterator.NONNULL;
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, traits), false)
                    .onClose(() -> close(in));
        } catch (UncheckedIOException e) {
            close(in);
            throw e;
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "WeChatPayBill(" + mchId + ", " + day + ")";
    }
}
