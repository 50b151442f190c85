package dev.kadao.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Runs work in transactions of its own, one connection each. Thread-safe. */
final class Transactions {
    static final int MOST_ATTEMPTS = 8;
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final long MOST_NANOS = 30_000_000_000L;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final boolean autoCommit;
    private final boolean shielded;
    private final SingleWriter writer;

    /**
     * @param autoCommit how the data source's connections arrive
     * @param shielded whether interrupts of the caller must not reach the driver
     * @param writer whose turn is taken by all that writes
     */
    Transactions(DataSource dataSource, Dialect dialect, boolean autoCommit, boolean shielded, SingleWriter writer) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.autoCommit = autoCommit;
        this.shielded = shielded;
        this.writer = writer;
    }

    /** What is done within one transaction; may be run again from the start after a rollback. */
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /**
     * Runs work and commits it if the result is worth keeping, else rolls back. Whatever it throws, it is rolled back.
     *
     * @throws CommitLostException if COMMIT itself failed: it may have happened or not
     */
    <T> T write(Borrowed.Manner manner, Work<T> work, Predicate<? super T> worthKeeping) throws SQLException {
        return call(() -> writer.inTurn(() -> {
            try (Borrowed borrowed = Borrowed.from(dataSource, dialect, autoCommit, manner)) {
                T result = work.on(borrowed.session());
                if (worthKeeping.test(result)) {
                    borrowed.commit();
                }
                return result;
            }
        }));
    }

    /**
     * As {@link #write}, patiently, and tried again where the database broke it off, somebody else was first, or the
     * connection was lost before COMMIT was sent; for half a minute at most.
     */
    <T> T writeRepeatedly(Work<T> work, Predicate<? super T> worthKeeping) throws SQLException {
        return repeated(() -> write(Borrowed.Manner.PATIENT, work, worthKeeping));
    }

    /** As {@link #writeRepeatedly}, with short waits for locks each time: for a few seconds at most. */
    <T> T writeHastily(Work<T> work, Predicate<? super T> worthKeeping) throws SQLException {
        return repeated(() -> write(Borrowed.Manner.HASTY, work, worthKeeping));
    }

    private static <T> T repeated(InterruptShield.Work<T> work) throws SQLException {
        long begun = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return work.run();
            } catch (CommitLostException e) {
                throw e;
            } catch (SQLException e) {
                if (attempt >= attempts(SqlFailure.of(e)) || System.nanoTime() - begun > MOST_NANOS) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    /** A pool may hand out one connection that is dead; a database that is gone is not waited for here. */
    private static int attempts(SqlFailure failure) {
        if (failure == SqlFailure.CONNECTION) {
            return 2;
        }
        return failure.isWorthRepeating() ? MOST_ATTEMPTS : 1;
    }

    /** Two that broke each other off must not meet again in step: each waits for a time of chance, longer each time. */
    static void pause(int attempt) {
        long most = FIRST_PAUSE_NANOS << Math.min(attempt, MOST_ATTEMPTS);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 4, most));
    }

    /** Reads; nothing is locked or kept. */
    <T> T read(Work<T> work) throws SQLException {
        return repeated(() -> read(Borrowed.Manner.PATIENT, work));
    }

    private <T> T read(Borrowed.Manner manner, Work<T> work) throws SQLException {
        return call(() -> {
            try (Borrowed borrowed = Borrowed.from(dataSource, dialect, autoCommit, manner)) {
                return work.on(borrowed.session());
            }
        });
    }

    /** Reads a row or two as they are committed; without the cost of a transaction where the connection has none. */
    <T> T glance(Work<T> work) throws SQLException {
        return repeated(() -> call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                if (connection.getAutoCommit()) {
                    return work.on(new Session(connection, dialect, null));
                }
            }
            return read(Borrowed.Manner.PATIENT, work);
        }));
    }

    /** Reads one moment throughout. */
    <T> T view(Work<T> work) throws SQLException {
        return read(Borrowed.Manner.ONE_MOMENT, work);
    }

    /** Runs work with a connection that is not ours, kept from interrupts where this database needs it. */
    <T> T shielded(InterruptShield.Work<T> work) throws SQLException {
        return call(work);
    }

    private <T> T call(InterruptShield.Work<T> work) throws SQLException {
        return shielded ? InterruptShield.call(work) : work.run();
    }
}
