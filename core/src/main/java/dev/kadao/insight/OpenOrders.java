package dev.kadao.insight;

import dev.kadao.order.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The orders that are paid and not done with, as of now: all stages but those in which the buyer has not paid yet, has
 * the goods, or nothing more will happen.
 *
 * @param byStage how many; stages without any are missing
 * @param oldestAge how long the oldest one is owed: since it was paid, disputed, or put on hold; empty if there is none
 */
public record OpenOrders(Map<Stage, Long> byStage, Optional<Duration> oldestAge) {
    public OpenOrders {
        Map<Stage, Long> sorted = new EnumMap<>(Stage.class);
        sorted.putAll(byStage);
        byStage = Collections.unmodifiableMap(sorted);
    }
}
