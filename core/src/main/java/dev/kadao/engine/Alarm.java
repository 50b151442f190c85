package dev.kadao.engine;

import dev.kadao.port.Alert;
import dev.kadao.port.AlertSink;
import dev.kadao.port.NotToldException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever tells the shop's people, with the guard through which it is called. One that is dead is in the log once, then at
 * growing gaps, and once when it works again: what could not be told is tried far more often than that.
 */
final class Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

    private final AlertSink sink;
    private final Adapter adapter;
    private final Outage outage;

    Alarm(AlertSink sink, Adapter adapter, Outage outage) {
        this.sink = sink;
        this.adapter = adapter;
        this.outage = outage;
    }

    Adapter adapter() {
        return adapter;
    }

    /** Tells an alert within a guarded call; answers whether it was told, and throws nothing. */
    boolean isTold(Alert alert) {
        try {
            sink.alert(alert);
        } catch (RuntimeException | Error e) {
            missed(e instanceof NotToldException notTold ? reason(notTold) : Thrown.named(e));
            return false;
        }
        if (outage.worked()) {
            LOG.info("the alert sink works again");
        }
        return true;
    }

    /** Nothing was told: the sink threw, did not return in time, or was not called at all. */
    void missed(String why) {
        if (outage.failed()) {
            LOG.warn(
                    "the alert sink tells nothing: {}. Alerts are in the log; what is still true is told again, until the"
                            + " sink takes it",
                    why);
        }
    }

    /** Whoever throws it names a status and nothing else. */
    private static String reason(NotToldException notTold) {
        return String.valueOf(notTold.getMessage()).replaceAll("\\p{Cntrl}", " ");
    }
}
