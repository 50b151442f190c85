package dev.kadao.testkit.rules;

import dev.kadao.port.RiskCounters;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Fresh risk counters on trial and a second handle onto the same counts.
 *
 * @param other another handle; the same one if there is no other way to the counts
 * @param letPass makes the counters' clock move on by at least so much before it returns
 */
public record RiskBench(RiskCounters counters, RiskCounters other, Consumer<Duration> letPass) {

    /** One of the two handles. */
    public RiskCounters handle(int number) {
        return number % 2 == 0 ? counters : other;
    }
}
