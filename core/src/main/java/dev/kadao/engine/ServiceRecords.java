package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.insight.OpenOrders;
import dev.kadao.insight.Ratings;
import dev.kadao.insight.Ratings.Rating;
import dev.kadao.insight.ServiceStatistics;
import dev.kadao.insight.ServiceStatistics.Count;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Order;
import dev.kadao.order.Served;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.StoreView;
import dev.kadao.port.CheckoutStore.ValueCount;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the index says of the service, counted day by day and kept for a while, so that asking often reads little. One
 * caller reads at a time and the others wait for it; nothing else in the engine does. Thread-safe.
 */
final class ServiceRecords {
    static final int MOST_DAYS = 366;
    /** Of a day that may still grow: reading it takes at most one part in so many of the time, if it takes long. */
    private static final int SHARE_OF_TIME = 20;

    /** What is read so quickly is read anew each time. */
    private static final Duration QUICK = Duration.ofMillis(100);

    private static final Duration GROWING_KEPT_AT_MOST = Duration.ofMinutes(1);
    private static final Duration OLD_KEPT = Duration.ofMinutes(10);
    private static final int PAGE = 10_000;
    /** Some 30 MB, for a shop that has so many ways of counting alike. */
    private static final int MOST_KEPT = 400_000;

    private final CheckoutStore store;
    private final Supplier<Instant> now;
    private final LongSupplier nanos;
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<LocalDate, Kept<List<Count>>> days = new LinkedHashMap<>(16, 0.75f, true);
    private long keptValues;
    private @Nullable Kept<OpenOrders> open;
    private @Nullable Kept<ServiceStatistics> latest;
    private @Nullable Kept<Ratings> ratings;

    ServiceRecords(CheckoutStore store, Supplier<Instant> now, LongSupplier nanos) {
        this.store = store;
        this.now = now;
        this.nanos = nanos;
    }

    /** Something that was read, when, and how long that took. */
    private record Kept<T>(T value, long readAt, long tookNanos) {
        boolean isFresh(long now, boolean grows) {
            return now - readAt < (grows ? growingKept() : OLD_KEPT).toNanos();
        }

        private Duration growingKept() {
            if (tookNanos <= QUICK.toNanos()) {
                return Duration.ZERO;
            }
            Duration share = Duration.ofNanos(tookNanos).multipliedBy(SHARE_OF_TIME);
            return share.compareTo(GROWING_KEPT_AT_MOST) < 0 ? share : GROWING_KEPT_AT_MOST;
        }
    }

    LocalDate today() {
        return LocalDate.ofInstant(now.get(), ZoneOffset.UTC);
    }

    ServiceStatistics statistics(LocalDate from, LocalDate to) {
        long count = ChronoUnit.DAYS.between(from, to) + 1;
        if (count < 1 || count > MOST_DAYS) {
            throw new InvalidValueException(
                    "statistics from " + from + " to " + to + " are of " + count + " days: ask for 1 to " + MOST_DAYS);
        }
        reading.lock();
        try {
            Kept<ServiceStatistics> known = latest;
            boolean same = known != null
                    && known.value().from().equals(from)
                    && known.value().to().equals(to);
            if (known == null || !same || !known.isFresh(nanos.getAsLong(), true)) {
                // The days are kept by what reading each of them took; what is kept here is their sum alone.
                List<Count> counts = counts(from, to);
                known = timed(() -> ServiceStatistics.of(from, to, counts));
                latest = known;
            }
            return known.value();
        } finally {
            reading.unlock();
        }
    }

    /** How many orders counted in which way on these days. */
    List<Count> counts(LocalDate from, LocalDate to) {
        reading.lock();
        try {
            List<Count> all = new ArrayList<>();
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                all.addAll(ofDay(day));
            }
            return all;
        } finally {
            reading.unlock();
        }
    }

    OpenOrders open() {
        reading.lock();
        try {
            Kept<OpenOrders> known = open;
            if (known == null || !known.isFresh(nanos.getAsLong(), true)) {
                known = timed(() -> store.view(ServiceRecords::open));
                open = known;
            }
            return known.value();
        } finally {
            reading.unlock();
        }
    }

    Ratings ratings() {
        reading.lock();
        try {
            Kept<Ratings> known = ratings;
            if (known == null || !known.isFresh(nanos.getAsLong(), true)) {
                known = timed(() -> store.view(ServiceRecords::ratings));
                ratings = known;
            }
            return known.value();
        } finally {
            reading.unlock();
        }
    }

    private List<Count> ofDay(LocalDate day) {
        Kept<List<Count>> known = days.get(day);
        boolean grows = !day.isBefore(today().minusDays(1));
        if (known != null && known.isFresh(nanos.getAsLong(), grows)) {
            return known.value();
        }
        Kept<List<Count>> read = timed(() -> store.view(view -> ofDay(view, day)));
        keep(day, read);
        return read.value();
    }

    private void keep(LocalDate day, Kept<List<Count>> read) {
        Kept<List<Count>> before = days.put(day, read);
        keptValues += sizeOf(read) - (before == null ? 0 : sizeOf(before));
        while (keptValues > MOST_KEPT) {
            LocalDate eldest = days.keySet().iterator().next();
            Kept<List<Count>> dropped = days.remove(eldest);
            keptValues -= dropped == null ? 0 : sizeOf(dropped);
        }
    }

    /** A day without anything takes room too. */
    private static long sizeOf(Kept<List<Count>> kept) {
        return kept.value().size() + 1L;
    }

    private <T> Kept<T> timed(Supplier<T> read) {
        long start = nanos.getAsLong();
        T value = read.get();
        long end = nanos.getAsLong();
        return new Kept<>(value, end, end - start);
    }

    private static List<Count> ofDay(StoreView view, LocalDate day) {
        List<Count> counts = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        eachCount(
                view,
                "service",
                Codec.servedOn(day),
                counted -> Codec.served(counted.value())
                        .ifPresent(served -> counts.add(new Count(slim(served, day, names), counted.count()))));
        return List.copyOf(counts);
    }

    /** The same with each day and name there once only: most of what is kept says the same names. */
    private static Served slim(Served served, LocalDate day, Map<String, String> names) {
        return new Served(
                day,
                names.computeIfAbsent(served.sku(), sku -> sku),
                served.supplier() == null ? null : names.computeIfAbsent(served.supplier(), name -> name),
                served.took(),
                served.onTime(),
                served.refunded(),
                served.disputed(),
                served.byHand());
    }

    private static Ratings ratings(StoreView view) {
        Map<String, Rating> bySku = new HashMap<>();
        eachCount(view, "stars", "", counted -> {
            int stars = counted.value().charAt(0) - '0';
            bySku.merge(counted.value().substring(2), Rating.of(stars, counted.count()), Rating::plus);
        });
        return Ratings.of(bySku);
    }

    private static void eachCount(StoreView view, String kind, String prefix, Consumer<ValueCount> each) {
        String after = null;
        List<ValueCount> page;
        do {
            page = view.counts(kind, prefix, after, PAGE);
            for (ValueCount counted : page) {
                each.accept(counted);
                after = counted.value();
            }
        } while (page.size() == PAGE);
    }

    private static OpenOrders open(StoreView view) {
        Map<Stage, Long> byStage = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            if (Order.isOwed(stage)) {
                view.counts("stage", stage.name(), null, 1).stream()
                        .filter(counted -> counted.value().equals(stage.name()))
                        .forEach(counted -> byStage.put(stage, counted.count()));
            }
        }
        List<IndexHit> oldest = view.find(new IndexQuery("owed", "", true, null, 1));
        Optional<Duration> age = oldest.stream()
                .map(hit -> Duration.between(Codec.owedSince(hit.value()), view.now()))
                .map(since -> since.isNegative() ? Duration.ZERO : since)
                .findFirst();
        return new OpenOrders(byStage, age);
    }
}
