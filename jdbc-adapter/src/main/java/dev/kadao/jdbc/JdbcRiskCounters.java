package dev.kadao.jdbc;

import dev.kadao.port.RiskCounters;
import dev.kadao.port.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Risk counters over JDBC, exact across all processes that share the database, for the databases of
 * {@link JdbcCheckoutStore}. The tables are the store's; they may lie in another database. Taking locks a row for each
 * key, in the order of the keys, so that no two takers wait for each other; a lock is waited for 200 ms (1 s on MariaDB
 * and MySQL) and taking is tried eight times. Lapsed places are deleted by the way, a few hundred at a time, and by {@link JdbcRetention}. Thread-safe.
 */
public final class JdbcRiskCounters implements RiskCounters {
    private static final int TAKES_BETWEEN_PURGES = 64;
    private static final int MOST_PURGED = 256;
    private static final Logger LOG = LoggerFactory.getLogger(JdbcRiskCounters.class);

    private final Database database;
    private final AtomicLong takes = new AtomicLong();

    private JdbcRiskCounters(Database database) {
        this.database = database;
    }

    /** Begins to set up counters; {@link Builder#open()} opens them. */
    public static Builder over(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /** How counters are opened. */
    public static final class Builder {
        private final DataSource dataSource;
        private SchemaMode schema = SchemaMode.MIGRATE;
        private TableNames tables = TableNames.standard();
        private @Nullable InstantSource clock;

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /** What to do about the tables; default {@link SchemaMode#MIGRATE}. */
        public Builder schema(SchemaMode mode) {
            this.schema = mode;
            return this;
        }

        /** Where the tables lie and what they are called; default {@link TableNames#standard()}. */
        public Builder tables(TableNames names) {
            this.tables = names;
            return this;
        }

        /** The clock; default: the database's own. Give another one only where a single process uses the database. */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /**
         * Looks at the database, prepares the tables and opens the counters.
         *
         * @throws UnusableDatabaseException if the tables do not fit
         * @throws StoreException if the database cannot be reached
         */
        public JdbcRiskCounters open() {
            return new JdbcRiskCounters(Database.open(dataSource, schema, tables, clock));
        }
    }

    @Override
    public TakeAnswer take(List<Ticket> tickets) {
        List<Ticket> sorted = new ArrayList<>(tickets);
        sorted.sort(Comparator.comparing(Ticket::key));
        TakeAnswer answer;
        try {
            answer = database.transactions()
                    .writeHastily(session -> take(session, sorted), taken -> taken instanceof TakeAnswer.Taken);
        } catch (SQLException e) {
            if (SqlFailure.of(e).isWorthRepeating() && !(e instanceof CommitLostException)) {
                return TakeAnswer.busy();
            }
            throw SqlFailure.thrown("risk was counted", e);
        }
        if (takes.incrementAndGet() % TAKES_BETWEEN_PURGES == 0) {
            purge();
        }
        return answer;
    }

    /** All guards first: a taker that has them all meets no other one at the tickets. */
    private TakeAnswer take(Session session, List<Ticket> sorted) throws SQLException {
        Instant now = database.clock().atBegin(session);
        for (Ticket ticket : sorted) {
            long until = Micros.of(now.plus(ticket.lasting()));
            if (session.update(Query.RISK_GUARD_RAISE, until, ticket.key()) == 0) {
                // Where two are first, one is told of a duplicate and begins again.
                session.updateExactly(1, Query.RISK_GUARD_INSERT, ticket.key(), until);
            }
        }
        for (Ticket ticket : sorted) {
            if (!take(session, ticket, Micros.of(now), Micros.of(now.plus(ticket.lasting())))) {
                return TakeAnswer.full(ticket.key());
            }
        }
        return TakeAnswer.taken();
    }

    /** What counts under a key, the holder's own included. */
    private record Taken(long weight, @Nullable Long ownUntil, int ownWeight) {}

    private static boolean take(Session session, Ticket ticket, long now, long until) throws SQLException {
        Taken taken = session.one(
                        Query.RISK_TAKEN, JdbcRiskCounters::taken, now, ticket.holder(), ticket.holder(), ticket.key())
                .orElseThrow();
        Long own = taken.ownUntil();
        boolean has = own != null && own > now;
        int more = has ? ticket.weight() - taken.ownWeight() : ticket.weight();
        if (more > 0 && taken.weight() + more > ticket.limit()) {
            return false;
        }
        if (has
                && session.update(Query.RISK_TICKET_EXTEND, until, ticket.weight(), ticket.key(), ticket.holder())
                        > 0) {
            return true;
        }
        int whileOpen = ticket.whileOpen() ? 1 : 0;
        boolean renewed = own != null
                && session.update(
                                Query.RISK_TICKET_RENEW,
                                ticket.weight(),
                                until,
                                whileOpen,
                                ticket.key(),
                                ticket.holder())
                        > 0;
        if (!renewed) {
            // It had none, or its lapsed row was deleted since it was read.
            session.updateExactly(
                    1, Query.RISK_TICKET_INSERT, ticket.key(), ticket.holder(), ticket.weight(), until, whileOpen);
        }
        return true;
    }

    private static Taken taken(ResultSet row) throws SQLException {
        long weight = row.getLong(1);
        long until = row.getLong(2);
        Long ownUntil = row.wasNull() ? null : until;
        return new Taken(weight, ownUntil, row.getInt(3));
    }

    @Override
    public void prolong(String holder, Duration lasting) {
        try {
            database.transactions()
                    .writeHastily(
                            session -> {
                                Instant now = database.clock().atBegin(session);
                                long until = Micros.of(now.plus(lasting));
                                return session.update(Query.RISK_PROLONG, until, holder, Micros.of(now));
                            },
                            prolonged -> prolonged > 0);
        } catch (SQLException e) {
            throw SqlFailure.thrown("places of a checkout were kept for longer", e);
        }
    }

    @Override
    public void release(String holder) {
        delete(Query.RISK_RELEASE, holder);
    }

    @Override
    public void cancel(String holder) {
        delete(Query.RISK_CANCEL, holder);
    }

    private void delete(Query query, String holder) {
        try {
            database.transactions().writeHastily(session -> session.update(query, holder), deleted -> deleted > 0);
        } catch (SQLException e) {
            throw SqlFailure.thrown("places of a checkout were given back", e);
        }
    }

    /** What fails here is tried again after some more takes: lapsed rows count for nothing. */
    private void purge() {
        try {
            new LapsedPlaces(database, MOST_PURGED).runBatchHastily();
        } catch (SQLException e) {
            LOG.debug("Lapsed places of the risk counters were not deleted: {}", e.getMessage());
        }
    }

    Database database() {
        return database;
    }
}
