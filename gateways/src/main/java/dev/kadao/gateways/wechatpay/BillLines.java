package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.port.Statement.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a bill line by line: header, trades, the summary's header, the summary. For one thread. */
final class BillLines implements Iterator<Line> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z_\\-|*@]{1,64}");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,12}");

    /** Begun counts: the bill is not written anew when a refund ends. */
    private static final Set<String> GIVEN_BACK = Set.of("SUCCESS", "PROCESSING");

    private final BillText text;
    private final BillColumns columns;
    private final String mchId;
    private final Instant from;
    private final Instant until;
    private Part part = Part.TRADES;
    private long trades;
    private long last;
    private Optional<Line> ahead = Optional.empty();

    private enum Part {
        TRADES,
        SUMMARY,
        AFTER,
        OVER
    }

    BillLines(BillText text, String mchId, Instant from, Instant until) {
        this.text = text;
        this.mchId = mchId;
        this.from = from;
        this.until = until;
        this.columns = text.next()
                .flatMap(BillText.TextLine::text)
                .flatMap(BillColumns::read)
                .orElseThrow(() -> new UncheckedIOException(new IOException(
                        "the first line is not the header of a trade bill of WeChat Pay of type ALL: is it the right"
                                + " file, unzipped?")));
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && part != Part.OVER) {
            Optional<BillText.TextLine> line = text.next();
            ahead = line.isPresent() ? read(line.get()) : end();
        }
        return ahead.isPresent();
    }

    @Override
    public Line next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the bill is over");
        }
        Line line = ahead.orElseThrow();
        ahead = Optional.empty();
        return line;
    }

    private Optional<Line> end() {
        boolean whole = part == Part.AFTER;
        part = Part.OVER;
        return whole ? Optional.empty() : unreadable(last + 1, "the bill ends before its summary: it is not whole");
    }

    private Optional<Line> read(BillText.TextLine line) {
        last = line.number();
        if (line.text().isEmpty()) {
            trades += part == Part.TRADES ? 1 : 0;
            return unreadable(last, "the line is not UTF-8, or too long");
        }
        String content = line.text().get();
        if (content.isBlank()) {
            return Optional.empty();
        }
        return switch (part) {
            case TRADES -> trade(content);
            case SUMMARY -> summary(content);
            case AFTER, OVER -> unreadable(last, "there is a line behind the summary");
        };
    }

    private Optional<Line> trade(String content) {
        if (content.startsWith(BillColumns.SUMMARY)) {
            part = Part.SUMMARY;
            return Optional.empty();
        }
        trades++;
        Optional<List<String>> cells = columns.cells(content);
        try {
            return cells.isEmpty()
                    ? unreadable(last, "the line has other cells than the header")
                    : Optional.of(trade(cells.get()));
        } catch (InvalidValueException | DateTimeException e) {
            // Their messages would quote the cell.
            return unreadable(last, "time, currency, amount or number is not in the bill's form");
        }
    }

    private Line trade(List<String> cells) {
        String payment = columns.cell(cells, BillColumns.PAYMENT);
        String trade = columns.cell(cells, BillColumns.TRADE);
        Instant at =
                LocalDateTime.parse(columns.cell(cells, BillColumns.TIME), TIME).toInstant(Orders.CHINA);
        if (!columns.cell(cells, BillColumns.MERCHANT).equals(mchId)) {
            return new Line.Unreadable(last, "the line is another merchant's");
        }
        if (at.isBefore(from) || !at.isBefore(until)) {
            return new Line.Unreadable(last, "the line is of another day");
        }
        if (!NUMBER.matcher(payment).matches() || !NUMBER.matcher(trade).matches()) {
            return new Line.Unreadable(last, "the order's numbers are not in the gateway's form");
        }
        Currency currency = Currency.of(columns.cell(cells, BillColumns.CURRENCY));
        String state = columns.cell(cells, BillColumns.STATE);
        if (state.equals("SUCCESS")) {
            return new Line.Received(last, payment, trade, positive(columns.total(cells), currency), at);
        }
        if (!state.equals("REFUND")) {
            return new Line.Unreadable(last, "the line is in another state than SUCCESS and REFUND");
        }
        if (!GIVEN_BACK.contains(columns.cell(cells, BillColumns.REFUND_STATE))) {
            return new Line.Unreadable(last, "the refund is neither SUCCESS nor PROCESSING: look it up at the gateway");
        }
        Money back = positive(columns.refunded(cells), currency);
        return new Line.GivenBack(last, payment, trade, refund(cells), back, at);
    }

    private static Money positive(String amount, Currency currency) {
        Money money = Money.parse(amount, currency);
        if (!money.isPositive()) {
            throw new InvalidValueException("a trade of nothing");
        }
        return money;
    }

    /** The merchant's number of the refund; the bill writes 0 where there is none. */
    private String refund(List<String> cells) {
        String refund = columns.cell(cells, BillColumns.REFUND);
        if (refund.isEmpty() || refund.equals("0")) {
            return "";
        }
        if (!NUMBER.matcher(refund).matches()) {
            throw new InvalidValueException("the refund's number is not in the gateway's form");
        }
        return refund;
    }

    private Optional<Line> summary(String content) {
        part = Part.AFTER;
        String count =
                BillColumns.cellsOf(content).map(cells -> cells.get(0).strip()).orElse("");
        if (!COUNT.matcher(count).matches()) {
            return unreadable(last, "the summary tells no number of trades");
        }
        return Long.parseLong(count) == trades
                ? Optional.empty()
                : unreadable(
                        last,
                        "the summary counts " + count + " trades, and there are " + trades
                                + " lines: the bill is not whole");
    }

    private static Optional<Line> unreadable(long number, String reason) {
        return Optional.of(new Line.Unreadable(number, reason));
    }
}
