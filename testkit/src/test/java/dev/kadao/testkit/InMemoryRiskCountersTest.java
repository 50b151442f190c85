package dev.kadao.testkit;

import dev.kadao.memory.InMemoryRiskCounters;
import dev.kadao.port.RiskCounters;
import java.time.Duration;

class InMemoryRiskCountersTest extends RiskCountersContract {
    private final ManualClock clock = ManualClock.atFixedTime();

    @Override
    protected RiskCounters openCounters() {
        return new InMemoryRiskCounters(clock);
    }

    @Override
    protected RiskCounters openSecond(RiskCounters counters) {
        return counters;
    }

    @Override
    protected void letPass(RiskCounters counters, Duration time) {
        clock.advance(time);
    }
}
