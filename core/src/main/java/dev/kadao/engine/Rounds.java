package dev.kadao.engine;

import dev.kadao.port.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same thing again and again, each time so long after the end of the time before, on a thread of its own, until it is
 * stopped. One that fails is done again the next time; the log says so, seldom.
 */
final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final String what;
    private final Duration interval;
    private final Clockwork clockwork;
    private final Clockwork.Crew crew;
    private final Outage outage;
    private final Runnable round;
    private volatile boolean stopped;

    /** @param what as the log calls it: "looking for alerts" */
    Rounds(String crew, String what, Duration interval, Clockwork clockwork, Runnable round) {
        this.what = what;
        this.interval = interval;
        this.clockwork = clockwork;
        this.crew = clockwork.crew(crew, 1, 1);
        this.outage = new Outage(clockwork::nanos);
        this.round = round;
    }

    /** The first one comes after an interval: a start has enough to do. */
    void start() {
        clockwork.after(interval, () -> crew.submit(this::turn));
    }

    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    private void turn() {
        if (stopped) {
            return;
        }
        try {
            round.run();
            if (outage.worked()) {
                LOG.info("{} works again", what);
            }
        } catch (StoreException e) {
            if (outage.failed()) {
                LOG.warn("{} stopped: {}. It goes on in {}", what, Thrown.named(e), interval);
            }
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            if (outage.failed()) {
                LOG.error("{} failed and is tried again in {}: {}", what, interval, Thrown.named(e));
            }
        } finally {
            if (!stopped) {
                start();
            }
        }
    }
}
