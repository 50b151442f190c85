package dev.kadao.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives a final time to quiet checkouts that have none: a library of schema 1 wrote them. It is the time at which they
 * were found, never one in the past, so that everything counts from then on. Others are walked over too, so a whole
 * walk is begun a day after one that found some, and a month after one that found none. Not thread-safe.
 */
final class UndatedWalk implements RetentionWork {
    private static final String MARK = "retention_undated";
    /** After every id. */
    private static final String ENDED = "~";

    private static final Duration AFTER_SOME = Duration.ofDays(1);
    private static final Duration AFTER_NONE = Duration.ofDays(30);

    private final Database database;
    private final int limit;
    private long done;

    UndatedWalk(Database database, int limit) {
        this.database = database;
        this.limit = limit;
    }

    /** A checkout without a final time. */
    private record Undated(String id, boolean isQuiet) {}

    /**
     * How far the walk is, written as {@code <micros>/<found>/<id>}.
     *
     * @param since when it came there
     * @param found how many it has found
     */
    private record Mark(long since, long found, String after) {
        static final Mark START = new Mark(0, 0, "");

        static Mark of(String text) {
            List<String> parts = List.of(text.split("/", 3));
            return new Mark(Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1)), parts.get(2));
        }

        boolean isEnded() {
            return after.equals(ENDED);
        }

        boolean isToBeBegun(long now) {
            return now - since >= Micros.of(found > 0 ? AFTER_SOME : AFTER_NONE);
        }

        String text() {
            return since + "/" + found + "/" + after;
        }
    }

    private record Batch(boolean more, long done, boolean kept) {}

    @Override
    public boolean runBatch() throws SQLException {
        Batch batch = database.transactions().writeRepeatedly(this::batch, Batch::kept);
        if (batch.kept()) {
            done += batch.done();
        }
        return !batch.kept() || batch.more();
    }

    @Override
    public long done() {
        return done;
    }

    private Batch batch(Session session) throws SQLException {
        long now = Micros.of(database.clock().now(session));
        Optional<String> known = session.one(Query.META_READ, row -> row.getString(1), MARK);
        Mark last = known.map(Mark::of).orElse(Mark.START);
        if (last.isEnded() && !last.isToBeBegun(now)) {
            return new Batch(false, 0, true);
        }
        Mark mark = last.isEnded() ? Mark.START : last;
        List<Undated> page = session.list(
                Query.UNDATED_PAGE,
                row -> new Undated(row.getString(1), row.getObject(2) == null),
                mark.after(),
                limit);
        List<@Nullable Object[]> quiet = new ArrayList<>();
        page.stream().filter(Undated::isQuiet).forEach(row -> quiet.add(Session.row(now, row.id())));
        long dated = quiet.isEmpty() ? 0 : session.updateRows(Query.UNDATED_SET, quiet);
        boolean more = page.size() == limit;
        String next = new Mark(
                        now,
                        mark.found() + dated,
                        more ? page.get(page.size() - 1).id() : ENDED)
                .text();
        boolean kept = known.isEmpty()
                ? session.update(Query.META_INSERT, MARK, next) == 1
                : session.update(Query.META_UPDATE, next, MARK, known.get()) == 1;
        return new Batch(more, dated, kept);
    }
}
