package dev.kadao.engine;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.port.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A statement of the first day of the rig's time. Counts how often it was read. */
final class ScriptedStatement implements Statement {
    private static final Instant AT = ManualClockwork.START.plusSeconds(1);

    private final Instant from;
    private final Instant until;
    private final List<Line> lines = new ArrayList<>();
    private long breaksBefore = Long.MAX_VALUE;
    int readings;

    ScriptedStatement() {
        this(ManualClockwork.START);
    }

    ScriptedStatement(Instant from) {
        this(from, Duration.ofDays(1));
    }

    ScriptedStatement(Instant from, Duration period) {
        this.from = from;
        this.until = from.plus(period);
    }

    static Money cny(String amount) {
        return Money.parse(amount, Currency.CNY);
    }

    private long next() {
        return lines.size() + 1L;
    }

    ScriptedStatement received(String payment, String trade, String amount) {
        lines.add(new Line.Received(next(), payment, trade, cny(amount), AT));
        return this;
    }

    ScriptedStatement givenBack(String payment, String trade, String refund, String amount) {
        lines.add(new Line.GivenBack(next(), payment, trade, refund, cny(amount), AT));
        return this;
    }

    ScriptedStatement unreadable(String reason) {
        lines.add(new Line.Unreadable(next(), reason));
        return this;
    }

    ScriptedStatement breakingBefore(long line) {
        breaksBefore = line;
        return this;
    }

    @Override
    public Instant from() {
        return from;
    }

    @Override
    public Instant until() {
        return until;
    }

    @Override
    public Stream<Line> lines() {
        readings++;
        return List.copyOf(lines).stream().peek(line -> {
            if (line.number() >= breaksBefore) {
                throw new UncheckedIOException(new IOException("broken off"));
            }
        });
    }
}
