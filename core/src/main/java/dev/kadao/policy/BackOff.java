package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import java.time.Duration;

/**
 * The durable back-off for what was not sent, unknown refunds and missing stock: {@code first}, then doubled up to
 * {@code max}.
 *
 * @param first default 1 s
 * @param max default 1 min
 */
public record BackOff(Duration first, Duration max) {
    public BackOff {
        Positive.check("retry first", first);
        if (first.compareTo(max) > 0) {
            throw new InvalidValueException("retry first " + first + " is above retry max " + max);
        }
    }

    public static BackOff defaults() {
        return new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
