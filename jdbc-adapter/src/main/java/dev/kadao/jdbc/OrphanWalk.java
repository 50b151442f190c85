package dev.kadao.jdbc;

import dev.kadao.port.StoredNotice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Erases or deletes old notices that no checkout will ever take along: orphans that a person has or had. Not thread-safe. */
final class OrphanWalk implements RetentionWork {
    private final Database database;
    private final Duration keep;
    private final int limit;
    private final StoredNotice.State state;
    private final @Nullable Archive archive;
    private final boolean deletes;
    private String after = "";
    private long done;

    private OrphanWalk(
            Database database,
            Duration keep,
            int limit,
            StoredNotice.State state,
            @Nullable Archive archive,
            boolean deletes) {
        this.database = database;
        this.keep = keep;
        this.limit = limit;
        this.state = state;
        this.archive = archive;
        this.deletes = deletes;
    }

    static OrphanWalk deleting(Database database, Duration keep, int limit, @Nullable Archive archive) {
        return new OrphanWalk(database, keep, limit, StoredNotice.State.ORPHAN_CLOSED, archive, true);
    }

    static OrphanWalk erasingBodies(Database database, Duration keep, int limit, StoredNotice.State state) {
        return new OrphanWalk(database, keep, limit, state, null, false);
    }

    private record Batch(int listed, String last, long done) {}

    @Override
    public boolean runBatch() throws SQLException {
        Batch batch = database.transactions().writeRepeatedly(this::batch, any -> true);
        after = batch.last();
        done += batch.done();
        return batch.listed() == limit;
    }

    @Override
    public long done() {
        return done;
    }

    private Batch batch(Session session) throws SQLException {
        long to = Micros.of(database.clock().now(session)) - Micros.of(keep);
        List<StoredNotice> page = session.list(Query.NOTICE_PAGE, Rows::notice, state.name(), after, limit);
        List<StoredNotice> old = page.stream()
                .filter(notice -> Micros.of(notice.receivedAt()) <= to)
                .filter(notice -> deletes || notice.raw().size() > 0)
                .toList();
        String last = page.isEmpty() ? after : page.get(page.size() - 1).key();
        if (old.isEmpty()) {
            return new Batch(page.size(), last, 0);
        }
        if (archive != null) {
            handOver(archive, old);
        }
        List<@Nullable Object[]> keys = new ArrayList<>();
        old.forEach(notice -> keys.add(Session.row(notice.key())));
        return new Batch(
                page.size(), last, session.updateRows(deletes ? Query.NOTICE_DELETE : Query.NOTICE_ERASE_BODY, keys));
    }

    private static void handOver(Archive archive, List<StoredNotice> old) {
        try {
            archive.orphans(old);
        } catch (IOException e) {
            throw new UncheckedIOException("The archive did not take " + old.size() + " notices: none was deleted.", e);
        }
    }
}
