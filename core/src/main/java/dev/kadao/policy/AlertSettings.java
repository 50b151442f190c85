package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import java.time.Duration;
import java.util.Map;

/**
 * When the people who run the shop are alerted to more than cases. Not stored; each process looks for itself.
 *
 * @param lowStock a SKU with fewer free keys than this is told, once until it has as many again; default none
 * @param oldestOpen a paid order that is owed for longer is told; default 2 h
 * @param forgedNotices so many notices of one gateway that are not believed within the window are told; default 20
 * @param forgedWindow that window; default 5 min
 * @param interval between two looks; default 1 min
 */
public record AlertSettings(
        Map<String, Integer> lowStock,
        Duration oldestOpen,
        int forgedNotices,
        Duration forgedWindow,
        Duration interval) {
    private static final int MOST_SKUS = 1_000;

    public AlertSettings {
        lowStock = Map.copyOf(lowStock);
        lowStock.forEach((sku, least) -> Positive.check("low stock of " + sku, least, 1_000_000));
        if (lowStock.size() > MOST_SKUS) {
            throw new InvalidValueException(
                    "low stock is watched for " + lowStock.size() + " SKUs; use at most " + MOST_SKUS);
        }
        Positive.check("oldest open order", oldestOpen);
        Positive.check("forged notices", forgedNotices, 1_000_000);
        Positive.check("window of forged notices", forgedWindow);
        Positive.check("alert interval", interval);
    }

    public static AlertSettings defaults() {
        return new AlertSettings(Map.of(), Duration.ofHours(2), 20, Duration.ofMinutes(5), Duration.ofMinutes(1));
    }

    public AlertSettings withLowStock(Map<String, Integer> least) {
        return new AlertSettings(least, oldestOpen, forgedNotices, forgedWindow, interval);
    }

    public AlertSettings withOldestOpen(Duration limit) {
        return new AlertSettings(lowStock, limit, forgedNotices, forgedWindow, interval);
    }

    public AlertSettings withForgedNotices(int count, Duration window) {
        return new AlertSettings(lowStock, oldestOpen, count, window, interval);
    }

    public AlertSettings withInterval(Duration between) {
        return new AlertSettings(lowStock, oldestOpen, forgedNotices, forgedWindow, between);
    }
}
