package dev.kadao.testkit;

import dev.kadao.order.Money;
import dev.kadao.port.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A statement whose lines a test writes down, numbered from 1; its source can be made to break off. */
public final class ListedStatement implements Statement {
    private final Instant from;
    private final Instant until;
    private final List<Line> lines = new ArrayList<>();
    private long breaksBefore = Long.MAX_VALUE;

    public ListedStatement(Instant from, Instant until) {
        this.from = from;
        this.until = until;
    }

    /** Adds a line: money came. */
    public ListedStatement received(String payment, String tradeNumber, Money amount, Instant at) {
        lines.add(new Line.Received(lines.size() + 1L, payment, tradeNumber, amount, at));
        return this;
    }

    /** Adds a line: money went back. */
    public ListedStatement givenBack(String payment, String tradeNumber, String refund, Money amount, Instant at) {
        lines.add(new Line.GivenBack(lines.size() + 1L, payment, tradeNumber, refund, amount, at));
        return this;
    }

    /** Adds a line that cannot be read. */
    public ListedStatement unreadable(String reason) {
        lines.add(new Line.Unreadable(lines.size() + 1L, reason));
        return this;
    }

    /** From now on the source cannot be read beyond the line before this one. */
    public ListedStatement breakingBefore(long line) {
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
        long last = breaksBefore;
        return List.copyOf(lines).stream().peek(line -> {
            if (line.number() >= last) {
                throw new UncheckedIOException(new IOException("the source broke off"));
            }
        });
    }
}
