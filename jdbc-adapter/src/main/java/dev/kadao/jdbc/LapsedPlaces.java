package dev.kadao.jdbc;

import java.sql.SQLException;
import java.util.List;

/**
 * Deletes places of the risk counters whose time is over, and keys that nobody counts under any more. They count for
 * nothing; one that is prolonged or taken again meanwhile is looked at again as it is deleted, and stays. Not thread-safe.
 */
final class LapsedPlaces implements RetentionWork {
    private final Database database;
    private final int limit;
    private long done;

    /** @param limit rows of each kind in a transaction */
    LapsedPlaces(Database database, int limit) {
        this.database = database;
        this.limit = limit;
    }

    @Override
    public boolean runBatch() throws SQLException {
        int places = database.transactions().writeRepeatedly(this::places, any -> true);
        done += places;
        int keys = database.transactions().writeRepeatedly(this::keys, any -> true);
        return keys == limit || places == limit;
    }

    /** As {@link #runBatch}, but without waiting for others for long, as befits work by the way. */
    void runBatchHastily() throws SQLException {
        database.transactions().writeHastily(this::places, any -> true);
        database.transactions().writeHastily(this::keys, any -> true);
    }

    @Override
    public long done() {
        return done;
    }

    private record Place(String key, String holder) {}

    private int places(Session session) throws SQLException {
        long now = Micros.of(database.clock().atBegin(session));
        List<Place> lapsed =
                session.list(Query.RISK_TICKETS_OVER, row -> new Place(row.getString(1), row.getString(2)), now, limit);
        for (Place place : lapsed) {
            session.update(Query.RISK_TICKET_PURGE, place.key(), place.holder(), now);
        }
        return lapsed.size();
    }

    private int keys(Session session) throws SQLException {
        long now = Micros.of(database.clock().atBegin(session));
        List<String> unused = session.list(Query.RISK_GUARDS_OVER, row -> row.getString(1), now, limit);
        for (String key : unused) {
            session.update(Query.RISK_GUARD_PURGE, key, now);
        }
        return unused.size();
    }
}
