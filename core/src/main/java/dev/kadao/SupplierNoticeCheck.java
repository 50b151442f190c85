package dev.kadao;

import dev.kadao.port.Dispatcher;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends each supplier's own reader what a stranger might send: nobody but the supplier may be believed. */
final class SupplierNoticeCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SupplierNoticeCheck.class);

    private final String name;
    private final NotifyingDispatcher supplier;
    private boolean warned;

    private SupplierNoticeCheck(String name, NotifyingDispatcher supplier) {
        this.name = name;
        this.supplier = supplier;
    }

    static void addTo(List<String> problems, Map<String, Dispatcher> suppliers) {
        suppliers.forEach((name, supplier) -> {
            if (supplier instanceof NotifyingDispatcher notifying) {
                String problem = new SupplierNoticeCheck(name, notifying).problem();
                if (problem != null) {
                    problems.add(problem);
                }
            }
        });
    }

    private @Nullable String problem() {
        for (ForgedSamples.Sample sample : ForgedSamples.at(Instant.now())) {
            String problem = problem(sample);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String problem(ForgedSamples.Sample sample) {
        SupplierReading reading;
        try {
            reading = Objects.requireNonNull(supplier.read(sample.notice()), "read(..) answered null");
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // Not a reason to stop the shop: what throws in service is neither believed nor acknowledged.
            if (!warned) {
                warned = true;
                LOG.warn(
                        "supplier '{}' threw {} while reading a forged notice ({}): such notices are answered with 500 and"
                                + " do no harm, but the adapter should answer Forged",
                        name,
                        e.getClass().getName(),
                        sample.name());
            }
            return null;
        }
        if (reading instanceof SupplierReading.Forged forged) {
            int status = forged.reply().status();
            return status < 200 || status > 299
                    ? null
                    : "supplier '" + name + "' answers a forged notice (" + sample.name() + ") with the status "
                            + status
                            + ": a genuine one that it cannot verify, for example after a change of keys, would count as"
                            + " taken and never be sent again. Answer it with 401, or 400 if it is unreadable.";
        }
        return "supplier '" + name + "' believes a forged notice (" + sample.name()
                + "): anybody who finds the route could say that an order was delivered, or that it failed and is to be"
                + " refunded. Verify the signature over the raw bytes in read(..) before anything else and answer Forged;"
                + " if the adapter does, look whether its key is empty.";
    }
}
