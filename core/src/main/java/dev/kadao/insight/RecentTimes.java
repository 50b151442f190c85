package dev.kadao.insight;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long deliveries have taken lately, from payment to delivered. Answers at once, from memory. Thread-safe. */
@FunctionalInterface
public interface RecentTimes {
    /** Nothing is known. */
    RecentTimes NONE = (sku, supplier) -> Optional.empty();

    /**
     * The times of a SKU.
     *
     * @param supplier of one supplier only; null for keys from stock, or before it is known which one delivers
     * @return empty if too few were delivered to say
     */
    Optional<Quantiles> of(String sku, @Nullable String supplier);

    /**
     * How long it took.
     *
     * @param p50 within this time every second one was delivered
     * @param p95 within this time 95 of 100 were
     * @param count of deliveries that were looked at
     */
    record Quantiles(Duration p50, Duration p95, long count) {}
}
