package dev.kadao.engine;

import dev.kadao.engine.Tally.End;
import dev.kadao.insight.Reconciliation;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.PaymentId;
import dev.kadao.port.Statement;
import dev.kadao.port.Statement.Line;
import dev.kadao.port.StoreException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through a gateway's statement line by line, then through what is on record here for its period. Takes a window of
 * lines at a time, those of one checkout one after another, those of different ones side by side in a crew of its own.
 * Holds a window, the refunds that wait for the line of their payment, and digests of what the statement names; where
 * these find no room the statement is read once more for each part of them.
 */
final class Reconciling {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciling.class);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int SLOTS = 8;
    private static final int WINDOW = 64;
    private static final int MOST_DEFERRED = 10_000;
    private static final int MOST_TEXT = 128;
    private static final long TELL_EVERY = 100_000;

    private final Ports ports;
    private final StatementLines lines;
    private final OwnRecords records;
    private final Clockwork clockwork;
    private final Clockwork.Crew crew;
    private final int mostKept;
    private volatile boolean stopped;

    /** @param mostKept how many digests are held at a time, 16 bytes each */
    Reconciling(Ports ports, StatementLines lines, OwnRecords records, Clockwork clockwork, int mostKept) {
        this.ports = ports;
        this.lines = lines;
        this.records = records;
        this.clockwork = clockwork;
        this.crew = clockwork.crew("reconcile", SLOTS, WINDOW);
        this.mostKept = mostKept;
    }

    void stop() {
        stopped = true;
    }

    /**
     * @param fromLine the first line to hold against our records; those before it only count as named
     * @throws InvalidValueException if there is no such gateway, or the period is none
     */
    Reconciliation reconcile(String gateway, Statement statement, long fromLine) {
        if (ports.gateway(gateway) == null) {
            throw new InvalidValueException("gateway '" + gateway + "' is not configured: a statement is compared with"
                    + " the payments of a gateway under the name that the builder was given");
        }
        if (!statement.from().isBefore(statement.until())) {
            throw new InvalidValueException("a statement from " + statement.from() + " until " + statement.until()
                    + " covers no time: its begin must come before its end");
        }
        Run run = new Run(gateway, statement, fromLine);
        String why = run.stoppedBy();
        Reconciliation report = run.tally.report(gateway, statement, run.next(), why);
        LOG.info(
                "reconciliation of {}: {} lines, {} receipts and refunds of ours, {}, {} cases, asked {} times{}",
                run.source.words(),
                report.lines(),
                report.records(),
                report.counts(),
                report.cases(),
                report.asked(),
                why == null ? "" : "; stopped before line " + report.next() + ": " + why);
        return report;
    }

    /** The run was told to end. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException(String message) {
            super(message);
        }
    }

    /** Something that is done side by side with others; empty if nothing came of it yet. */
    private record Job<T>(T thing, CompletableFuture<@Nullable End> end) {}

    /** What is done to one thing of a window. */
    private interface Deed<T> {
        @Nullable
        End on(T thing);
    }

    private final class Run {
        private final String gateway;
        private final Statement statement;
        private final long fromLine;
        private final StatementLines.Source source;
        private final Tally tally = new Tally();
        private final List<Line> deferred = new ArrayList<>();
        private Fingerprints named = new Fingerprints(mostKept);
        private long namings;
        private long nextLine;

        Run(String gateway, Statement statement, long fromLine) {
            this.gateway = gateway;
            this.statement = statement;
            this.fromLine = fromLine;
            this.nextLine = fromLine;
            this.source = new StatementLines.Source(
                    gateway,
                    "the statement of gateway '" + gateway + "' from " + statement.from() + " until "
                            + statement.until());
        }

        /** The first line of which it is not known that it was dealt with. */
        long next() {
            return deferred.stream().mapToLong(Line::number).min().orElse(nextLine);
        }

        @Nullable
        String stoppedBy() {
            try {
                goThroughLines();
                settleDeferred();
                goThroughRecords();
                return null;
            } catch (StoppedException e) {
                return e.getMessage();
            } catch (StoreException e) {
                LOG.warn("a reconciliation stopped: {}", Thrown.named(e));
                return "the store could not be reached";
            } catch (UncheckedIOException e) {
                LOG.warn("a reconciliation stopped: {}", Thrown.named(e));
                return "the statement could not be read on";
            } catch (RuntimeException e) {
                LOG.error("a reconciliation failed: {}", Thrown.named(e));
                return "it failed with " + e.getClass().getSimpleName();
            }
        }

        private void goThroughLines() {
            try (Stream<Line> all = statement.lines()) {
                Iterator<Line> rest = all.iterator();
                List<Line> window = new ArrayList<>();
                while (rest.hasNext()) {
                    Line line = rest.next();
                    name(line, named, 1, 0);
                    if (line.number() >= fromLine) {
                        window.add(line);
                    }
                    if (window.size() == WINDOW) {
                        settle(window);
                        window.clear();
                    }
                }
                settle(window);
            }
        }

        private void settle(List<Line> window) {
            List<Line> readable = new ArrayList<>();
            for (Line line : window) {
                tally.line(line);
                String problem = problem(line);
                if (problem == null) {
                    readable.add(line);
                } else {
                    tally.unreadable(line.number(), problem);
                }
            }
            for (Job<Line> job : sideBySide(readable, Reconciling::payment, this::first)) {
                keep(job.thing(), job.end().join());
            }
            if (!window.isEmpty()) {
                nextLine = window.get(window.size() - 1).number() + 1;
                if (tally.lines() / TELL_EVERY != (tally.lines() - window.size()) / TELL_EVERY) {
                    LOG.info("reconciliation of {}: all before line {} is dealt with", source.words(), next());
                }
            }
            if (deferred.size() > MOST_DEFERRED) {
                settleDeferred();
            }
        }

        private @Nullable End first(Line line) {
            return line instanceof Line.Received received
                    ? lines.received(source, received)
                    : lines.givenBack(source, (Line.GivenBack) line, false).orElse(null);
        }

        private void settleDeferred() {
            while (!deferred.isEmpty()) {
                List<Line> window = List.copyOf(deferred.subList(0, Math.min(WINDOW, deferred.size())));
                Deed<Line> last = line ->
                        lines.givenBack(source, (Line.GivenBack) line, true).orElse(null);
                List<Job<Line>> jobs = sideBySide(window, Reconciling::payment, last);
                deferred.subList(0, window.size()).clear();
                jobs.forEach(job -> keep(job.thing(), job.end().join()));
            }
        }

        private void keep(Line line, @Nullable End end) {
            if (end == null) {
                deferred.add(line);
            } else {
                tally.end(line.number(), subject(line), end);
            }
        }

        /** Notes what a line names, as far as it belongs to this part of all digests. */
        private void name(Line line, Fingerprints into, int parts, int part) {
            if (line instanceof Line.Received received) {
                add(into, parts, part, OwnRecords.fingerprintOfReceipt(received.payment(), received.tradeNumber()));
            } else if (line instanceof Line.GivenBack back) {
                add(into, parts, part, OwnRecords.fingerprintOfReceipt(back.payment(), back.tradeNumber()));
                add(into, parts, part, OwnRecords.fingerprintOfRefund(back.refund()));
            }
        }

        private void add(Fingerprints into, int parts, int part, long fingerprint) {
            if (parts == 1) {
                namings++;
            }
            if (Math.floorMod(fingerprint, parts) == part) {
                into.add(fingerprint);
            }
        }

        private void goThroughRecords() {
            if (!named.isFull()) {
                goThroughRecords(1, 0);
                return;
            }
            // Twice as many parts as would do if all were equally large: none of them finds no room.
            int parts = Math.toIntExact(2 * (namings / mostKept + 1));
            for (int part = 0; part < parts; part++) {
                named = new Fingerprints(mostKept);
                try (Stream<Line> all = statement.lines()) {
                    for (Iterator<Line> rest = all.iterator(); rest.hasNext(); ) {
                        name(rest.next(), named, parts, part);
                    }
                }
                goThroughRecords(parts, part);
            }
        }

        private void goThroughRecords(int parts, int part) {
            for (OwnRecords.Kind kind : OwnRecords.Kind.values()) {
                records.within(kind, gateway, statement, page -> {
                    List<OwnRecords.Recorded> missing = new ArrayList<>();
                    for (OwnRecords.Recorded recorded : page) {
                        long fingerprint = recorded.fingerprint();
                        if (Math.floorMod(fingerprint, parts) == part) {
                            tally.record();
                            if (!named.contains(fingerprint)) {
                                missing.add(recorded);
                            }
                        }
                    }
                    ask(missing);
                });
            }
        }

        private void ask(List<OwnRecords.Recorded> missing) {
            for (int from = 0; from < missing.size(); from += WINDOW) {
                List<OwnRecords.Recorded> window = missing.subList(from, Math.min(from + WINDOW, missing.size()));
                Deed<OwnRecords.Recorded> deed = recorded -> records.missing(recorded, source, statement);
                for (Job<OwnRecords.Recorded> job :
                        sideBySide(window, recorded -> recorded.hit().checkout().value(), deed)) {
                    End end = job.end().join();
                    if (end != null) {
                        tally.end(0, job.thing().subject(), end);
                    }
                }
            }
        }
    }

    /** Lines of one payment are gone through one after another. */
    private static String payment(Line line) {
        return line instanceof Line.Received received ? received.payment() : ((Line.GivenBack) line).payment();
    }

    /** Our payment; where it is none of ours the gateway's number, for nobody knows what others write there. */
    private static String subject(Line line) {
        try {
            return PaymentId.parse(payment(line)).toString();
        } catch (InvalidValueException noneOfOurs) {
            return line instanceof Line.Received received
                    ? received.tradeNumber()
                    : ((Line.GivenBack) line).tradeNumber();
        }
    }

    /** Why nothing can be made of a line; null if something can. */
    private static @Nullable String problem(Line line) {
        if (line instanceof Line.Unreadable unreadable) {
            return unreadable.reason();
        }
        boolean came = line instanceof Line.Received;
        String trade = came ? ((Line.Received) line).tradeNumber() : ((Line.GivenBack) line).tradeNumber();
        boolean positive = came
                ? ((Line.Received) line).amount().isPositive()
                : ((Line.GivenBack) line).amount().isPositive();
        if (trade.isBlank() || trade.length() > MOST_TEXT) {
            return "a trade number of " + trade.length() + " characters: 1 to " + MOST_TEXT + " are read";
        }
        return positive ? null : "an amount that is not above zero";
    }

    /** Does it to all, at most so many at a time, those of one key one after another; in their order when done. */
    private <T> List<Job<T>> sideBySide(List<T> things, Function<T, String> key, Deed<T> deed) {
        if (stopped) {
            throw new StoppedException("this process is closing");
        }
        List<Job<T>> jobs = new ArrayList<>();
        Map<String, List<Job<T>>> byKey = new LinkedHashMap<>();
        for (T thing : things) {
            Job<T> job = new Job<>(thing, new CompletableFuture<>());
            jobs.add(job);
            byKey.computeIfAbsent(key.apply(thing), any -> new ArrayList<>()).add(job);
        }
        for (List<Job<T>> group : byKey.values()) {
            Runnable work = () -> group.forEach(job -> done(job, deed));
            if (!crew.submit(work)) {
                work.run();
            }
        }
        CompletableFuture<Void> all =
                CompletableFuture.allOf(jobs.stream().map(Job::end).toArray(CompletableFuture<?>[]::new));
        while (!clockwork.await(all, LONG)) {
            if (stopped || Thread.currentThread().isInterrupted()) {
                throw new StoppedException(stopped ? "this process is closing" : "its thread was interrupted");
            }
        }
        rethrow(all);
        return jobs;
    }

    private static <T> void done(Job<T> job, Deed<T> deed) {
        try {
            job.end().complete(deed.on(job.thing()));
        } catch (RuntimeException e) {
            job.end().completeExceptionally(e);
        }
    }

    private static void rethrow(CompletableFuture<Void> all) {
        try {
            all.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
