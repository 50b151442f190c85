package dev.kadao.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The store's time, cut to microseconds. */
interface StoreClock {
    Instant now(Session session) throws SQLException;

    /** The database's own time: one clock for all processes that share it. */
    static StoreClock ofDatabase() {
        return session -> Micros.instant(session.one(Query.NOW, row -> row.getLong(1))
                .orElseThrow(() -> new SQLException("the database did not say what time it is")));
    }

    static StoreClock of(InstantSource source) {
        return session -> source.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
