package dev.kadao.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the checkouts that have been final for long enough, the longest first, a bounded batch a transaction. Every
 * row of a batch is locked and looked at again before anything is done to it: one that got a late payment meanwhile has
 * a due time or another final time, and is left alone. Not thread-safe.
 */
final class FinalWalk implements RetentionWork {
    private final Database database;
    private final Duration keep;
    private final int limit;
    private final @Nullable FinalMark mark;
    private final Deed deed;
    private FinalMark.Place place = FinalMark.Place.START;
    private long done;

    /** What is done to the checkouts of a batch, which are locked. */
    interface Deed {
        /**
         * May be run again after a rollback.
         *
         * @param finals final times by id
         * @return how many rows count
         */
        long on(Session session, Map<String, Long> finals) throws SQLException;
    }

    private FinalWalk(Database database, Duration keep, int limit, @Nullable FinalMark mark, Deed deed) {
        this.database = database;
        this.keep = keep;
        this.limit = limit;
        this.mark = mark;
        this.deed = deed;
    }

    /** For work that leaves the checkouts: where it ends it goes on in the next run, and nobody is passed over. */
    static FinalWalk marked(Database database, Duration keep, int limit, String mark, Deed deed) {
        return new FinalWalk(database, keep, limit, new FinalMark(mark), deed);
    }

    /** For work that deletes them: begins at the oldest each time; what others have locked is left to another run. */
    static FinalWalk deleting(Database database, Duration keep, int limit, Deed deed) {
        return new FinalWalk(database, keep, limit, null, deed);
    }

    /**
     * What came of a transaction.
     *
     * @param kept whether it may be committed
     */
    private record Batch(int listed, FinalMark.Place end, long done, boolean kept) {}

    @Override
    public boolean runBatch() throws SQLException {
        Batch batch = database.transactions().writeRepeatedly(this::batch, Batch::kept);
        if (batch.kept()) {
            place = batch.end();
            done += batch.done();
        }
        return !batch.kept() || batch.listed() == limit;
    }

    @Override
    public long done() {
        return done;
    }

    private Batch batch(Session session) throws SQLException {
        long to = Micros.of(database.clock().now(session)) - Micros.of(keep);
        FinalMark.Place from = mark == null ? place : mark.read(session);
        Map<String, Long> listed = new TreeMap<>();
        List<FinalMark.Place> page = session.list(
                Query.FINAL_PAGE,
                row -> new FinalMark.Place(row.getLong(2), row.getString(1)),
                from.finalAt(),
                to,
                from.finalAt(),
                from.id(),
                limit);
        if (page.isEmpty()) {
            return new Batch(0, from, 0, true);
        }
        page.forEach(row -> listed.put(row.id(), row.finalAt()));
        Map<String, Long> finals = locked(session, listed);
        long changed = finals.isEmpty() ? 0 : deed.on(session, finals);
        FinalMark.Place end = page.get(page.size() - 1);
        return new Batch(page.size(), end, changed, mark == null || mark.move(session, from, end));
    }

    /** In the order of ids, as commits lock them. */
    private Map<String, Long> locked(Session session, Map<String, Long> listed) throws SQLException {
        List<@Nullable Object[]> ids = new ArrayList<>();
        listed.keySet().forEach(id -> ids.add(Session.row(id)));
        Map<String, Long> locked = new TreeMap<>();
        session.listRows(
                mark == null ? Query.FINAL_LOCK : Query.FINAL_LOCK_PATIENTLY,
                row -> locked.put(row.getString(1), row.getLong(2)),
                ids);
        locked.entrySet().removeIf(row -> !row.getValue().equals(listed.get(row.getKey())));
        return locked;
    }
}
