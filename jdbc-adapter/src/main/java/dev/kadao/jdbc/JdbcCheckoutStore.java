package dev.kadao.jdbc;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A checkout store over JDBC, for PostgreSQL 13, MariaDB 10.6, MySQL 8.0 (not tested), H2 2.2, and newer ones. Takes a
 * connection from the data source for each call and gives it back as it was; a pool is the caller's, and is needed: H2
 * opens and closes the whole file with its first and last connection. Thread-safe; several stores, of several processes,
 * may share one database. Settings with which acknowledged steps would be lost are refused.
 *
 * <p>An H2 file must be opened with {@code WRITE_DELAY=0}: then a killed process loses no acknowledged step. H2
 * does not force the disk at each commit, so a power cut may take the last moments ({@code CHECKPOINT SYNC} forces it).
 * Open it as {@code jdbc:h2:async:<path>;WRITE_DELAY=0;TRACE_LEVEL_FILE=0} where your own threads use the database too:
 * an interrupt within {@code jdbc:h2:file:} closes it for the whole process (the store keeps interrupts away from its own
 * work), and a trace file may hold what buyers wrote.
 */
public final class JdbcCheckoutStore implements CheckoutStore {
    private static final int CLAIM_ROUNDS = 3;

    private final Database database;
    private final SupplySeals seals;
    private final GroupCommit commit;
    private final GroupRead reads;
    /** Of the database; asked for by the first that joins. */
    private volatile @Nullable String identity;

    private JdbcCheckoutStore(Database database, boolean groupCommit) {
        this.database = database;
        this.seals = new SupplySeals(database);
        this.commit = new GroupCommit(new StepCommit(database, seals), groupCommit ? GroupCommit.WRITERS : 0);
        this.reads = new GroupRead(database, groupCommit);
    }

    /** Begins to set up a store; {@link Builder#open()} opens it. */
    public static Builder over(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /** How a store is opened. */
    public static final class Builder {
        private final DataSource dataSource;
        private SchemaMode schema = SchemaMode.MIGRATE;
        private TableNames tables = TableNames.standard();
        private boolean groupCommit = true;
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

        /**
         * Whether steps that come while others are being committed share the next commit; default true. A lone step is
         * committed at once on its caller's thread either way. Without it each step has a transaction of its own, on
         * as many connections at once as there are callers.
         */
        public Builder groupCommit(boolean shared) {
            this.groupCommit = shared;
            return this;
        }

        /**
         * The store's clock; default: the database's own, the one clock that all processes of a database share. Give
         * another one only where a single process uses the database, as tests do.
         */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /**
         * The statements that create the tables, in the data source's dialect; changes nothing.
         *
         * @throws StoreException if the database cannot be reached
         */
        public String ddl() {
            return ddl(0);
        }

        /**
         * The statements that bring tables of an older Kadao schema to the present one; changes nothing. An older
         * library goes on working beside them, see {@link SchemaMode}.
         *
         * @param from the version that the tables have; 0 if there are none
         * @throws InvalidValueException if this library knows no such version
         * @throws StoreException if the database cannot be reached
         */
        public String ddl(int from) {
            try (Connection connection = dataSource.getConnection()) {
                return PrintedSchema.from(from, new NamedDialect(Database.dialectOf(connection), tables));
            } catch (SQLException e) {
                throw StartFailure.thrown(e, tables);
            }
        }

        /**
         * Looks at the database, prepares the tables and opens the store.
         *
         * @throws UnusableDatabaseException if a setting would lose acknowledged orders, or the tables do not fit
         * @throws StoreException if the database cannot be reached
         */
        public JdbcCheckoutStore open() {
            return new JdbcCheckoutStore(Database.open(dataSource, schema, tables, clock), groupCommit);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidValueException for over 200 steps, or two of one checkout; nothing is written then
     */
    @Override
    public List<StepResult> commit(List<Step> steps) {
        Bounds.checkCall(steps);
        SupplySeals.Held held = seals.ready(steps);
        try {
            return commit.commit(steps);
        } finally {
            held.close();
        }
    }

    @Override
    public Claimed claim(String worker, Duration lease, int limit) {
        Bounds.worker(worker);
        int most = Math.max(0, limit);
        try {
            Due next = database.transactions().glance(this::nextDue);
            if (!next.isThereAny()) {
                return new Claimed(next.now(), List.of(), List.of());
            }
            return database.transactions().writeRepeatedly(session -> claim(session, worker, lease, most), any -> true);
        } catch (SQLException e) {
            throw SqlFailure.thrown("due checkouts were claimed", e);
        }
    }

    /** Whether anything is due. An idle process makes this one statement at each look and no other. */
    private record Due(Instant now, boolean isThereAny) {}

    private Due nextDue(Session session) throws SQLException {
        return session.one(Query.NEXT_DUE, row -> {
                    Instant now = database.clock().at(row.getLong(1));
                    long micros = Micros.of(now);
                    boolean checkout = row.getLong(2) <= micros && !row.wasNull();
                    boolean notice = row.getLong(3) <= micros && !row.wasNull();
                    return new Due(now, checkout || notice);
                })
                .orElseThrow();
    }

    /**
     * Candidates are locked where the database can pass over those of others; where not, the guarded update tells whose
     * they are. Rounds go on only while others were first.
     */
    private Claimed claim(Session session, String worker, Duration lease, int limit) throws SQLException {
        Instant now = database.clock().atBegin(session);
        long nowMicros = Micros.of(now);
        long until = nowMicros + Micros.of(lease);
        List<StoredCheckout> claimed = new ArrayList<>();
        for (int round = 1; round <= CLAIM_ROUNDS; round++) {
            int wanted = limit - claimed.size();
            List<String> due = session.list(Query.CHECKOUT_DUE, row -> row.getString(1), nowMicros, wanted);
            if (!due.isEmpty()) {
                claimed.addAll(claim(session, worker, due, nowMicros, until));
            }
            if (claimed.size() == limit || due.size() < wanted) {
                break;
            }
        }
        return new Claimed(now, claimed, session.list(Query.NOTICE_DUE, Rows::notice, nowMicros, limit));
    }

    private static List<StoredCheckout> claim(
            Session session, String worker, List<String> due, long nowMicros, long until) throws SQLException {
        List<@Nullable Object[]> claims = new ArrayList<>();
        List<@Nullable Object[]> claimed = new ArrayList<>();
        for (String id : due) {
            claims.add(Session.row(worker, until, until, id, nowMicros, nowMicros));
            claimed.add(Session.row(id, worker, until));
        }
        session.updateRows(Query.CHECKOUT_CLAIM, claims);
        Map<String, StoredCheckout> found = new HashMap<>();
        session.listRows(Query.CHECKOUT_CLAIMED, Rows::checkout, claimed)
                .forEach(row -> found.put(row.id().value(), row));
        return due.stream().filter(found::containsKey).map(found::get).toList();
    }

    @Override
    public Reading read(CheckoutId id) {
        try {
            return reads.read(id);
        } catch (SQLException e) {
            throw SqlFailure.thrown("checkout " + id + " was read", e);
        }
    }

    @Override
    public <T> T view(Function<StoreView, T> reader) {
        try {
            return database.transactions().view(session -> {
                JdbcStoreView view = new JdbcStoreView(session, database.clock().now(session));
                try {
                    return reader.apply(view);
                } finally {
                    view.end();
                }
            });
        } catch (SQLException e) {
            throw SqlFailure.thrown("a view was opened", e);
        }
    }

    /**
     * Joins an open transaction of the caller, so that {@code Fulfillment.placeWithin} writes into it; nothing else
     * joins. The connection stays the caller's: its settings are left as they are, and it is never committed, rolled
     * back or closed here. Join again for each transaction. Placing adds a savepoint of its own and waits for locks as
     * long as the connection is set to.
     *
     * @param connection to this store's database, with auto-commit off; a wrapper of a framework will do
     * @throws InvalidValueException if auto-commit is on, it is closed, read-only or READ UNCOMMITTED, or leads to
     *     another database; nothing was changed
     * @throws StoreException if a statement failed: roll the transaction back
     */
    public JoinedCommit join(Connection connection) {
        String known = identity;
        if (known == null) {
            known = CallersTransaction.identityOf(database, UUID.randomUUID().toString());
            identity = known;
        }
        return CallersTransaction.join(connection, database, known);
    }

    @Override
    public boolean isOwn(JoinedCommit joined) {
        return joined instanceof CallersTransaction callers && callers.isOf(database);
    }

    /**
     * True for a {@link JdbcKeyInventory} over the same data source and the same {@link TableNames}. Its cipher seals from
     * now on what {@link Step.StockRequest.Supply} and {@link Step.StockRequest.SetAside} bring: it is asked before the
     * transaction, on the thread that commits the step. Before this was asked they are answered {@code NotTried}.
     */
    @Override
    public boolean sharesCommitWith(KeyInventory inventory) {
        if (inventory instanceof JdbcKeyInventory jdbc && jdbc.lies(database.dataSource(), database.names())) {
            seals.use(jdbc.vault());
            return true;
        }
        return false;
    }
}
