package dev.kadao.policy;

import java.time.Duration;

/**
 * How long a buyer may dispute.
 *
 * @param window from delivery to completion; default 3 days
 */
public record DisputeSettings(Duration window) {
    public DisputeSettings {
        Positive.check("dispute window", window);
    }

    public static DisputeSettings defaults() {
        return new DisputeSettings(Duration.ofDays(3));
    }
}
