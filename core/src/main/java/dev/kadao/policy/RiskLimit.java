package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import java.time.Duration;

/**
 * At most so many within a time that slides on.
 *
 * @param most 0 switches the rule off
 * @param within 1 s to 31 days
 */
public record RiskLimit(int most, Duration within) {
    private static final Duration LONGEST = Duration.ofDays(31);

    public RiskLimit {
        if (most < 0 || most > RiskRules.HIGHEST) {
            throw new InvalidValueException("a risk limit is " + most + "; use 0 to " + RiskRules.HIGHEST);
        }
        if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("a risk limit holds within " + within + "; use PT1S to " + LONGEST);
        }
    }

    public static RiskLimit off() {
        return new RiskLimit(0, Duration.ofHours(1));
    }

    public static RiskLimit of(int most, Duration within) {
        return new RiskLimit(most, within);
    }

    public boolean isOn() {
        return most > 0;
    }
}
