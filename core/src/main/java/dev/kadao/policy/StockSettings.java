package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Terms;
import java.time.Duration;

/**
 * How long a paid order waits for stock, and what follows.
 *
 * @param longestWait default 1 h; zero does not wait
 * @param waitOver default {@code REFUND}
 */
public record StockSettings(Duration longestWait, Terms.WaitOver waitOver) {
    public StockSettings {
        if (longestWait.isNegative()) {
            throw new InvalidValueException("stock wait is " + longestWait + "; use zero or more");
        }
    }

    public static StockSettings defaults() {
        return new StockSettings(Duration.ofHours(1), Terms.WaitOver.REFUND);
    }
}
