package dev.kadao.testkit;

import dev.kadao.port.RiskCounters;
import dev.kadao.testkit.rules.RiskBench;
import dev.kadao.testkit.rules.RiskCounterRules;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What all risk counters must do. Extend it, say how to open fresh counters, and run it with JUnit 5; close what was
 * opened in an {@code @AfterEach} of your own.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
public abstract class RiskCountersContract implements RiskCounterRules {
    private @Nullable RiskBench bench;

    /** For subclasses; JUnit makes one instance for each test. */
    protected RiskCountersContract() {}

    /** Fresh counters that count nothing yet; asked once for each test. */
    protected abstract RiskCounters openCounters();

    /**
     * A second handle onto the same counts, as another process has it. Counters that only one process can use give the
     * same handle again.
     */
    protected abstract RiskCounters openSecond(RiskCounters counters);

    /**
     * Makes the counters' clock move on by at least so much. Waits for this machine's clock; override it where a test
     * sets the counters' own.
     */
    protected void letPass(RiskCounters counters, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Opens what is on trial; called by JUnit. */
    @BeforeEach
    public final void openBench() {
        RiskCounters counters = openCounters();
        bench = new RiskBench(counters, openSecond(counters), time -> letPass(counters, time));
    }

    @Override
    public final RiskBench bench() {
        if (bench == null) {
            throw new IllegalStateException("the bench is opened before each test by openBench()");
        }
        return bench;
    }
}
