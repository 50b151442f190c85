package dev.kadao.jdbc;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets reads of single checkouts by many callers share a statement, as {@link GroupCommit} lets steps share a commit: who
 * comes while a reader is free reads at once, what comes meanwhile is read by the next statement. Each read begins after
 * its caller came, so it sees all that was committed before. Thread-safe.
 */
final class GroupRead {
    private static final Logger LOG = LoggerFactory.getLogger(GroupRead.class);
    private static final int READERS = 2;
    private static final int MOST_TOGETHER = 200;

    private final Database database;
    private final boolean shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Ticket> queue = new ArrayDeque<>();
    private int reading;

    /** @param shared whether reads share statements; where a statement costs no round trip they never do */
    GroupRead(Database database, boolean shared) {
        this.database = database;
        this.shared = shared && database.dialect().manyRows() != ManyRows.EACH;
    }

    /** What a caller who waits is told. */
    private enum Turn {
        LEAD,
        ANSWERED
    }

    private static final class Ticket {
        final CheckoutId id;
        final CompletableFuture<Turn> turn = new CompletableFuture<>();
        volatile @Nullable Reading answer;

        Ticket(CheckoutId id) {
            this.id = id;
        }
    }

    /** As {@link dev.kadao.port.CheckoutStore#read}. */
    Reading read(CheckoutId id) throws SQLException {
        if (!shared) {
            return alone(id);
        }
        Ticket mine = new Ticket(id);
        if (turn(mine) == Turn.LEAD) {
            lead(mine);
        }
        // Without an answer the statement failed, or somebody else is still at it: then by itself.
        Reading answer = mine.answer;
        return answer == null ? alone(id) : answer;
    }

    private Turn turn(Ticket mine) {
        lock.lock();
        try {
            queue.add(mine);
            if (reading < READERS) {
                reading++;
                return Turn.LEAD;
            }
        } finally {
            lock.unlock();
        }
        return mine.turn.join();
    }

    private void lead(Ticket mine) throws SQLException {
        List<Ticket> batch = nextBatch();
        try {
            if (batch.equals(List.of(mine))) {
                mine.answer = alone(mine.id);
            } else if (!batch.isEmpty()) {
                readTogether(batch);
            }
        } finally {
            passOn();
            batch.forEach(ticket -> ticket.turn.complete(Turn.ANSWERED));
        }
    }

    private void readTogether(List<Ticket> batch) {
        try {
            Map<CheckoutId, Reading> found = together(batch);
            batch.forEach(ticket -> ticket.answer = found.get(ticket.id));
        } catch (SQLException | RuntimeException e) {
            LOG.debug("{} checkouts could not be read together.", batch.size(), e);
        }
    }

    private List<Ticket> nextBatch() {
        List<Ticket> batch = new ArrayList<>();
        lock.lock();
        try {
            while (!queue.isEmpty() && batch.size() < MOST_TOGETHER) {
                batch.add(queue.remove());
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    private void passOn() {
        lock.lock();
        try {
            Ticket next = queue.peek();
            if (next == null) {
                reading--;
            } else {
                next.turn.complete(Turn.LEAD);
            }
        } finally {
            lock.unlock();
        }
    }

    private Map<CheckoutId, Reading> together(List<Ticket> batch) throws SQLException {
        List<@Nullable Object[]> ids = new ArrayList<>();
        batch.stream().map(ticket -> ticket.id.value()).distinct().forEach(id -> ids.add(Session.row(id)));
        return database.transactions().glance(session -> {
            Map<CheckoutId, Reading> found = new HashMap<>();
            session.listRows(Query.CHECKOUT_READ_MANY, this::reading, ids)
                    .forEach(one -> found.put(one.checkout().orElseThrow().id(), one));
            if (found.size() < ids.size()) {
                Reading none = new Reading(database.clock().now(session), Optional.empty());
                batch.forEach(ticket -> found.putIfAbsent(ticket.id, none));
            }
            return found;
        });
    }

    /** One statement, where the time comes with the row. */
    private Reading alone(CheckoutId id) throws SQLException {
        return database.transactions().glance(session -> {
            Optional<Reading> found = session.one(Query.CHECKOUT_READ, this::reading, id.value());
            return found.isPresent()
                    ? found.get()
                    : new Reading(database.clock().now(session), Optional.empty());
        });
    }

    private Reading reading(ResultSet row) throws SQLException {
        return new Reading(database.clock().at(row.getLong(8)), Optional.of(Rows.checkout(row)));
    }
}
