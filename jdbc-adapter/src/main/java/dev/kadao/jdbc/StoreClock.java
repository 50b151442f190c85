package dev.kadao.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The store's time, cut to microseconds.
 *
 * @param source where it comes from; null for the database itself, the one clock of all processes that share it
 */
record StoreClock(@Nullable InstantSource source) {
    static StoreClock ofDatabase() {
        return new StoreClock(null);
    }

    static StoreClock of(InstantSource source) {
        return new StoreClock(source);
    }

    /** The time now, whatever was waited for since the transaction began. */
    Instant now(Session session) throws SQLException {
        return at(source == null ? asked(session) : 0);
    }

    /** The time when the transaction began, or a little later: one round trip less for those who wait for nobody. */
    Instant atBegin(Session session) throws SQLException {
        Long begun = session.begunMicros();
        return begun == null ? now(session) : at(begun);
    }

    /** What the database's time, read with a row, is on this clock. */
    Instant at(long databaseMicros) {
        return source == null
                ? Micros.instant(databaseMicros)
                : source.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static long asked(Session session) throws SQLException {
        return session.one(Query.NOW, row -> row.getLong(1))
                .orElseThrow(() -> new SQLException("the database did not say what time it is"));
    }
}
