package dev.kadao.suppliers.notify;

import dev.kadao.port.NotToldException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up the addresses of hosts, with a limit of our own: the system's look-up has none that can be set, and a name
 * server that never answers belongs to whoever named the endpoint. At most eight at a time; its threads end when idle.
 */
final class HostNames {
    private static final int MOST_AT_A_TIME = 8;

    /** Asks the system. */
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final Lookup lookup;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, MOST_AT_A_TIME, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), HostNames::thread);

    HostNames(Lookup lookup) {
        this.lookup = lookup;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "kadao-webhook-lookup");
        thread.setDaemon(true);
        return thread;
    }

    /** All addresses of the host, one at least. */
    List<InetAddress> addressesOf(String host, Duration limit) {
        Future<InetAddress[]> answer;
        try {
            answer = threads.submit(() -> lookup.of(host));
        } catch (RejectedExecutionException e) {
            throw NotToldException.recipientFailed("too many host names are being looked up at the moment");
        }
        try {
            return List.of(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw NotToldException.recipientFailed("the endpoint's host name was not resolved within " + limit);
        } catch (ExecutionException e) {
            throw NotToldException.recipientFailed("the endpoint's host name is not resolved");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotToldException.recipientFailed("interrupted while the endpoint's host name was looked up");
        } finally {
            answer.cancel(true);
        }
    }
}
