package dev.kadao.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction of this process at a time write to a database that loses commits otherwise; the others wait for
 * their turn. A transaction within another on the same thread goes on at once. Thread-safe.
 */
final class SingleWriter {
    private static final SingleWriter NOT_NEEDED = new SingleWriter(null);
    /** By database, so that all stores and inventories of one wait for one another; an entry is a few bytes. */
    private static final Map<String, SingleWriter> WRITERS = new ConcurrentHashMap<>();

    private static final long MOST_SECONDS = 60;

    private final @Nullable ReentrantLock turn;

    private SingleWriter(@Nullable ReentrantLock turn) {
        this.turn = turn;
    }

    /** @param database its name, or null if it bears many writers */
    static SingleWriter of(@Nullable String database) {
        return database == null
                ? NOT_NEEDED
                : WRITERS.computeIfAbsent(database, any -> new SingleWriter(new ReentrantLock(true)));
    }

    /**
     * Does the work while nobody else writes.
     *
     * @throws SQLException if others held on to their turns for a minute: nothing was done
     */
    <T> T inTurn(InterruptShield.Work<T> work) throws SQLException {
        ReentrantLock mine = turn;
        if (mine == null) {
            return work.run();
        }
        take(mine);
        try {
            return work.run();
        } finally {
            mine.unlock();
        }
    }

    /** An interrupt waits too: whoever commits gets his answer, as from a database with many writers. */
    private static void take(ReentrantLock turn) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (turn.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw new SQLTransientException(
                            "other transactions of this process held the database for " + MOST_SECONDS
                                    + " s; nothing was written",
                            "HYT00");
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
