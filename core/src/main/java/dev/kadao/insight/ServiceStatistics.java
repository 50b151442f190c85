package dev.kadao.insight;

import dev.kadao.insight.RecentTimes.Quantiles;
import dev.kadao.order.Served;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the shop served its buyers over some days: what was delivered or paid back on them, with what became of it since.
 * Counts are exact; times are off by 5 % at most. A day is one of UTC. Orders that are still owed are not in it, nor
 * those that were delivered by a version which did not keep when.
 *
 * @param from the first day
 * @param to the last day
 * @param bySku by what was sold
 * @param bySupplier by the supplier that delivered, or that was the last one tried
 * @param fromStock what was delivered from the shop's own stock
 * @param byHand what a person attested, whoever was to supply it
 * @param byDay by day of the first delivery, else of the refund; days without either are missing
 */
public record ServiceStatistics(
        LocalDate from,
        LocalDate to,
        Figures all,
        SortedMap<String, Figures> bySku,
        SortedMap<String, Figures> bySupplier,
        Figures fromStock,
        Figures byHand,
        SortedMap<LocalDate, Figures> byDay) {

    public ServiceStatistics {
        bySku = Collections.unmodifiableSortedMap(new TreeMap<>(bySku));
        bySupplier = Collections.unmodifiableSortedMap(new TreeMap<>(bySupplier));
        byDay = Collections.unmodifiableSortedMap(new TreeMap<>(byDay));
    }

    /**
     * What was counted of one kind of orders.
     *
     * @param delivered orders, each once, whatever came later
     * @param onTime of the delivered ones, those within the promise made for them
     * @param refunded orders whose money went back, delivered before or not
     * @param refundedUndelivered of these, the ones that were never delivered
     * @param disputed orders that the buyer ever disputed
     * @param byHand of the delivered ones, those that a person attested
     * @param paidToDelivered how long the delivered ones took; empty if there are none
     */
    public record Figures(
            long delivered,
            long onTime,
            long refunded,
            long refundedUndelivered,
            long disputed,
            long byHand,
            Optional<Quantiles> paidToDelivered) {
        static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, Optional.empty());

        /** The orders that came to an end: delivered, or paid back without that. */
        public long orders() {
            return delivered + refundedUndelivered;
        }

        /** Delivered on time, of those delivered, from 0 to 1; empty if none was. */
        public Optional<Double> onTimeShare() {
            return share(onTime, delivered);
        }

        /** Paid back, of all that came to an end, from 0 to 1; empty if none did. */
        public Optional<Double> refundedShare() {
            return share(refunded, orders());
        }

        /** Disputed, of all that came to an end, from 0 to 1; empty if none did. */
        public Optional<Double> disputedShare() {
            return share(disputed, orders());
        }

        private static Optional<Double> share(long part, long whole) {
            return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
        }
    }

    /** So many orders count alike. */
    public record Count(Served served, long orders) {}

    /**
     * Adds up what was counted.
     *
     * @param counts those of other days are left out; what counts alike may come in several pieces
     */
    public static ServiceStatistics of(LocalDate from, LocalDate to, Iterable<Count> counts) {
        Sum all = new Sum();
        Sum stock = new Sum();
        Sum byHand = new Sum();
        Map<String, Sum> skus = new HashMap<>();
        Map<String, Sum> suppliers = new HashMap<>();
        Map<LocalDate, Sum> days = new HashMap<>();
        for (Count count : counts) {
            Served served = count.served();
            if (served.day().isBefore(from) || served.day().isAfter(to)) {
                continue;
            }
            all.add(count);
            skus.computeIfAbsent(served.sku(), sku -> new Sum()).add(count);
            days.computeIfAbsent(served.day(), day -> new Sum()).add(count);
            if (served.byHand()) {
                byHand.add(count);
            } else if (served.supplier() != null) {
                suppliers.computeIfAbsent(served.supplier(), name -> new Sum()).add(count);
            } else if (served.isDelivered()) {
                stock.add(count);
            }
        }
        return new ServiceStatistics(
                from,
                to,
                all.figures(),
                figures(skus),
                figures(suppliers),
                stock.figures(),
                byHand.figures(),
                figures(days));
    }

    /** How long the delivered ones of these took, if any was. */
    public static Optional<Quantiles> times(Iterable<Count> counts) {
        Sum sum = new Sum();
        counts.forEach(sum::add);
        return sum.figures().paidToDelivered();
    }

    private static <K extends Comparable<? super K>> SortedMap<K, Figures> figures(Map<K, Sum> sums) {
        SortedMap<K, Figures> figures = new TreeMap<>();
        sums.forEach((key, sum) -> figures.put(key, sum.figures()));
        return figures;
    }

    private static final class Sum {
        private final TreeMap<Duration, Long> times = new TreeMap<>();
        private long delivered;
        private long onTime;
        private long refunded;
        private long refundedUndelivered;
        private long disputed;
        private long byHand;

        void add(Count counted) {
            Served served = counted.served();
            long count = counted.orders();
            Duration took = served.took();
            if (took == null) {
                refundedUndelivered += count;
            } else {
                delivered += count;
                times.merge(took, count, Long::sum);
                onTime += served.onTime() ? count : 0;
                byHand += served.byHand() ? count : 0;
            }
            refunded += served.refunded() ? count : 0;
            disputed += served.disputed() ? count : 0;
        }

        Figures figures() {
            Optional<Quantiles> quantiles =
                    delivered == 0 ? Optional.empty() : Optional.of(new Quantiles(within(50), within(95), delivered));
            return new Figures(delivered, onTime, refunded, refundedUndelivered, disputed, byHand, quantiles);
        }

        /** The shortest time within which so many of a hundred were delivered. */
        private Duration within(int percent) {
            long rank = (delivered * percent + 99) / 100;
            long seen = 0;
            for (Map.Entry<Duration, Long> time : times.entrySet()) {
                seen += time.getValue();
                if (seen >= rank) {
                    return time.getKey();
                }
            }
            return times.lastKey();
        }
    }
}
