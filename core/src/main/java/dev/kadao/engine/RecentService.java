package dev.kadao.engine;

import dev.kadao.insight.RecentTimes;
import dev.kadao.insight.ServiceStatistics;
import dev.kadao.insight.ServiceStatistics.Count;
import dev.kadao.order.Served;
import dev.kadao.port.StoreException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The times of late, from memory. Who asks gets at once what is known and, if that is old, sets a new reading going on a
 * thread of its own: nobody ever waits, and a process that nobody asks reads nothing. Thread-safe.
 */
final class RecentService implements RecentTimes {
    private static final Logger LOG = LoggerFactory.getLogger(RecentService.class);
    /** So few deliveries say nothing. */
    private static final long FEWEST = 20;

    private static final int DAYS_BACK_IF_FEW = 7;
    private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(10);
    /** What was read so long ago is not of late any more. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(6);

    private final ServiceRecords records;
    private final Clockwork.Crew crew;
    private final LongSupplier nanos;
    private final Seldom seldom;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile @Nullable Known known;
    private volatile @Nullable Long triedAt;

    RecentService(ServiceRecords records, Clockwork.Crew crew, LongSupplier nanos, Seldom seldom) {
        this.records = records;
        this.crew = crew;
        this.nanos = nanos;
        this.seldom = seldom;
    }

    private record Line(String sku, @Nullable String supplier) {}

    private record Known(Map<Line, Quantiles> times, long readAt) {}

    @Override
    public Optional<Quantiles> of(String sku, @Nullable String supplier) {
        long now = nanos.getAsLong();
        Long tried = triedAt;
        if (tried == null || now - tried >= READ_AGAIN_AFTER.toNanos()) {
            readAgain(now);
        }
        Known latest = known;
        return latest == null || now - latest.readAt() >= FORGOTTEN_AFTER.toNanos()
                ? Optional.empty()
                : Optional.ofNullable(latest.times().get(new Line(sku, supplier)));
    }

    private void readAgain(long now) {
        if (underWay.compareAndSet(false, true)) {
            triedAt = now;
            if (!crew.submit(this::read)) {
                underWay.set(false);
            }
        }
    }

    private void read() {
        try {
            LocalDate today = records.today();
            Map<Line, Quantiles> times = enough(records.counts(today.minusDays(DAYS_BACK_IF_FEW), today));
            times.putAll(enough(records.counts(today.minusDays(1), today)));
            known = new Known(Map.copyOf(times), nanos.getAsLong());
        } catch (StoreException e) {
            if (seldom.allows("recent times", Duration.ofMinutes(10))) {
                LOG.warn("how long deliveries took of late cannot be read and is told as it was: {}", Thrown.named(e));
            }
        } finally {
            underWay.set(false);
        }
    }

    private static Map<Line, Quantiles> enough(List<Count> counts) {
        Map<Line, List<Count>> byLine = new HashMap<>();
        for (Count count : counts) {
            Served served = count.served();
            if (served.isDelivered()) {
                Line any = new Line(served.sku(), null);
                byLine.computeIfAbsent(any, line -> new ArrayList<>()).add(count);
                if (served.supplier() != null) {
                    Line of = new Line(served.sku(), served.supplier());
                    byLine.computeIfAbsent(of, line -> new ArrayList<>()).add(count);
                }
            }
        }
        Map<Line, Quantiles> enough = new HashMap<>();
        byLine.forEach((line, its) -> ServiceStatistics.times(its)
                .filter(quantiles -> quantiles.count() >= FEWEST)
                .ifPresent(quantiles -> enough.put(line, quantiles)));
        return enough;
    }
}
