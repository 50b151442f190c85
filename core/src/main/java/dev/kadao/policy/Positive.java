package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import java.time.Duration;

/** The one rule most durations share. */
final class Positive {
    private Positive() {}

    static void check(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidValueException(name + " is " + duration + "; use more than zero, such as PT1S");
        }
    }

    static void check(String name, int count, int most) {
        if (count < 1 || count > most) {
            throw new InvalidValueException(name + " is " + count + "; use 1 to " + most);
        }
    }
}
