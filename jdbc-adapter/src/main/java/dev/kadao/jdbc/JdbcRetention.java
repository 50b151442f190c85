package dev.kadao.jdbc;

import dev.kadao.order.InvalidValueException;
import dev.kadao.port.StoreException;
import dev.kadao.port.StoredNotice;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Erases and deletes what a shop keeps no longer: secrets, personal data, raw bodies of notices and whole checkouts, each
 * after a time of its own. Nothing goes unless its time is set, but for places of the risk counters that have lapsed, and
 * nothing runs by itself: call {@link #run} or {@link #runFor} from a scheduler, for instance every night.
 *
 * <p>All times count from when a checkout became <em>final</em>: nothing in it is to be done any more. Whatever is
 * written to it later, a late payment or a look at a key, lets the time begin anew. Work is done in bounded transactions,
 * each of which locks its checkouts and looks at them again; so a run may be stopped or killed at any point and run again,
 * and several processes may run at once (they take turns at erasing and share the deleting). Thread-safe.
 *
 * <p>What is erased is gone from the tables; backups, replicas, and pages that the database has not yet written anew hold
 * it for their own time. Do not begin before the last process with a library of schema 1 has ended: such a one does not
 * write when a checkout became final. Those it left count from the first run on.
 */
public final class JdbcRetention {
    /** The shortest time for {@link Builder#facts}: until then the engine may still ask a gateway about a payment. */
    public static final Duration SHORTEST_FOR_FACTS = Duration.ofDays(32);
    /** The shortest time for everything else. */
    public static final Duration SHORTEST = Duration.ofDays(1);

    private static final int MOST_BATCH = 1_000;

    private final Builder settings;
    private final Database database;
    private final FinalDeeds deeds;

    private JdbcRetention(Builder settings, Database database) {
        this.settings = settings;
        this.database = database;
        this.deeds = new FinalDeeds(database, settings.inventory == null ? database : settings.inventory.database());
    }

    /** Begins to set up retention for the checkouts in this database; {@link Builder#open()} opens it. */
    public static Builder over(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /** What is kept for how long. */
    public static final class Builder {
        private final DataSource dataSource;
        private SchemaMode schema = SchemaMode.MIGRATE;
        private TableNames tables = TableNames.standard();
        private @Nullable InstantSource clock;
        private @Nullable JdbcKeyInventory inventory;
        private @Nullable JdbcRiskCounters counters;
        private @Nullable Archive archive;
        private @Nullable Duration facts;
        private @Nullable Duration secrets;
        private @Nullable Duration personalData;
        private @Nullable Duration bodies;
        private int batch = 200;

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        private Builder(Builder other) {
            this.dataSource = other.dataSource;
            this.schema = other.schema;
            this.tables = other.tables;
            this.clock = other.clock;
            this.inventory = other.inventory;
            this.counters = other.counters;
            this.archive = other.archive;
            this.facts = other.facts;
            this.secrets = other.secrets;
            this.personalData = other.personalData;
            this.bodies = other.bodies;
            this.batch = other.batch;
        }

        /** What to do about the tables; default {@link SchemaMode#MIGRATE}. */
        public Builder schema(SchemaMode mode) {
            this.schema = mode;
            return this;
        }

        /** As the store's: see {@link JdbcCheckoutStore.Builder#tables}. */
        public Builder tables(TableNames names) {
            this.tables = names;
            return this;
        }

        /** As the store's: see {@link JdbcCheckoutStore.Builder#clock}. */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /** Where the keys are, if not in the tables beside the checkouts. Default: beside them. */
        public Builder keysIn(JdbcKeyInventory keys) {
            this.inventory = keys;
            return this;
        }

        /** Where the risk counters are, if not in the tables beside the checkouts. Default: beside them. */
        public Builder countersIn(JdbcRiskCounters risk) {
            this.counters = risk;
            return this;
        }

        /** Who takes over what is deleted; default: nobody. */
        public Builder archive(Archive taker) {
            this.archive = taker;
            return this;
        }

        /**
         * How long a checkout's document, journal, index rows, notices and reservations are kept. With them goes the
         * content of its keys; the key rows stay, sold or void and nobody's, so that stock still adds up and the same key
         * is not imported again. An id that was purged must never be placed again: a gateway remembers its payments, and
         * would call the new one paid. Default: for ever.
         *
         * @param time at least {@link #SHORTEST_FOR_FACTS}
         */
        public Builder facts(Duration time) {
            this.facts = checked("facts", time, SHORTEST_FOR_FACTS);
            return this;
        }

        /**
         * How long the content of sold and void keys is kept. Then the buyer can no longer be shown them; that they were
         * sold, and to whom, stays. Default: for ever.
         *
         * @param time at least {@link #SHORTEST}
         */
        public Builder secrets(Duration time) {
            this.secrets = checked("secrets", time, SHORTEST);
            return this;
        }

        /**
         * How long recipients, accounts, addresses and free text of buyers are kept. Default: for ever.
         *
         * @param time at least {@link #SHORTEST}
         */
        public Builder personalData(Duration time) {
            this.personalData = checked("personal data", time, SHORTEST);
            return this;
        }

        /**
         * How long notices are kept as they came, for disputes with a gateway; what they said stays. Of one that matched
         * no payment it counts from its receipt. Default: for ever.
         *
         * @param time at least {@link #SHORTEST}
         */
        public Builder noticeBodies(Duration time) {
            this.bodies = checked("notice bodies", time, SHORTEST);
            return this;
        }

        /**
         * How many checkouts a transaction takes; an {@link Archive} gets as many at once, with all their rows in memory.
         *
         * @param checkouts 1 to 1,000; default 200
         */
        public Builder batch(int checkouts) {
            if (checkouts < 1 || checkouts > MOST_BATCH) {
                throw new InvalidValueException("a batch of " + checkouts + " checkouts is not 1 to " + MOST_BATCH);
            }
            this.batch = checkouts;
            return this;
        }

        /**
         * Looks at the database and prepares the tables; erases and deletes nothing.
         *
         * @throws UnusableDatabaseException if the tables do not fit
         * @throws StoreException if the database cannot be reached
         */
        public JdbcRetention open() {
            return new JdbcRetention(new Builder(this), Database.open(dataSource, schema, tables, clock));
        }

        private static Duration checked(String what, Duration time, Duration shortest) {
            if (time.compareTo(shortest) < 0) {
                throw new InvalidValueException("the time for " + what + " is " + time + ", shorter than " + shortest
                        + ": give a longer one, or none to keep them for ever");
            }
            return time;
        }
    }

    /**
     * Does at most so many batches, in turn for each kind of work. Looks that find nothing do not count.
     *
     * @throws StoreException if the database failed; what was committed stays done, call again
     * @throws UncheckedIOException if the archive did not take a batch, which is then still there
     */
    public RetentionReport run(int batches) {
        return run(done -> done < batches);
    }

    /**
     * Does batches until nothing is left or the time is over; the one under way is finished.
     *
     * @throws StoreException if the database failed; what was committed stays done, call again
     * @throws UncheckedIOException if the archive did not take a batch, which is then still there
     */
    public RetentionReport runFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return run(done -> System.nanoTime() - end < 0);
    }

    private RetentionReport run(IntPredicate goesOn) {
        Works works = new Works();
        List<RetentionWork> open = new ArrayList<>(works.all);
        int batches = 0;
        try {
            while (!open.isEmpty()) {
                for (RetentionWork work : List.copyOf(open)) {
                    if (!goesOn.test(batches)) {
                        return works.report(batches, false);
                    }
                    long before = work.done();
                    boolean mayBeMore = work.runBatch();
                    batches += mayBeMore || work.done() > before ? 1 : 0;
                    if (!mayBeMore) {
                        open.remove(work);
                    }
                }
            }
            return works.report(batches, true);
        } catch (SQLException e) {
            throw SqlFailure.thrown("what is kept no longer was erased", e);
        }
    }

    /** The work of one run. Facts come last, so that what is deleted was erased before where both times are over. */
    private final class Works {
        private final List<RetentionWork> all = new ArrayList<>();
        private final RetentionWork dates = added(new UndatedWalk(database, MOST_BATCH));
        private final RetentionWork places = added(
                new LapsedPlaces(settings.counters == null ? database : settings.counters.database(), settings.batch));
        private final @Nullable RetentionWork bodies = marked(settings.bodies, "retention_bodies", deeds::eraseBodies);
        private final @Nullable RetentionWork keys = marked(settings.secrets, "retention_keys", deeds::eraseKeys);
        private final @Nullable RetentionWork texts =
                marked(settings.personalData, "retention_texts", deeds::eraseTexts);
        private final @Nullable RetentionWork openOrphans = erasing(StoredNotice.State.ORPHAN_CASE);
        private final @Nullable RetentionWork closedOrphans = erasing(StoredNotice.State.ORPHAN_CLOSED);
        private final @Nullable RetentionWork checkouts = settings.facts == null
                ? null
                : added(FinalWalk.deleting(
                        database,
                        settings.facts,
                        settings.batch,
                        (session, finals) -> deeds.purge(session, finals, settings.archive)));
        private final @Nullable RetentionWork orphans = settings.facts == null
                ? null
                : added(OrphanWalk.deleting(database, settings.facts, settings.batch, settings.archive));

        private @Nullable RetentionWork marked(@Nullable Duration keep, String mark, FinalWalk.Deed deed) {
            return keep == null ? null : added(FinalWalk.marked(database, keep, settings.batch, mark, deed));
        }

        private @Nullable RetentionWork erasing(StoredNotice.State state) {
            return settings.bodies == null
                    ? null
                    : added(OrphanWalk.erasingBodies(database, settings.bodies, settings.batch, state));
        }

        private RetentionWork added(RetentionWork work) {
            all.add(work);
            return work;
        }

        RetentionReport report(int batches, boolean isDone) {
            return new RetentionReport(
                    batches,
                    done(dates),
                    done(bodies) + done(openOrphans) + done(closedOrphans),
                    done(keys),
                    done(texts),
                    done(checkouts),
                    done(orphans),
                    done(places),
                    isDone);
        }

        private static long done(@Nullable RetentionWork work) {
            return work == null ? 0 : work.done();
        }
    }
}
