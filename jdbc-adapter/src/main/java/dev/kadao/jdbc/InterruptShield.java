package dev.kadao.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps interrupts away from a database that cannot bear them. H2's plain file access goes through a channel that an
 * interrupt closes, and with it the database for the whole process; the engine does interrupt calls that take too long.
 * The work then runs on a thread nobody can interrupt, and the caller, who waits for it, keeps its interrupt.
 */
final class InterruptShield {
    /** One thread for each caller that is waiting right now; idle ones end, and none keeps the process alive. */
    private static final Executor THREADS =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Shielded(work);
                thread.setDaemon(true);
                return thread;
            });

    private InterruptShield() {}

    /** Nobody else knows it, so nobody interrupts it. */
    private static final class Shielded extends Thread {
        Shielded(Runnable work) {
            super(work, "kadao-jdbc");
        }
    }

    /** Work on a database. */
    interface Work<T> {
        T run() throws SQLException;
    }

    static <T> T call(Work<T> work) throws SQLException {
        if (Thread.currentThread() instanceof Shielded) {
            return work.run();
        }
        FutureTask<T> task = new FutureTask<>(work::run);
        THREADS.execute(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SQLException rethrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException broken) {
            throw broken;
        }
        if (cause instanceof Error broken) {
            throw broken;
        }
        return cause instanceof SQLException failure ? failure : new SQLException(cause);
    }
}
