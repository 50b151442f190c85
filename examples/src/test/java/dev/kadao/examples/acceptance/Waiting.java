package dev.kadao.examples.acceptance;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How the tests wait: for a condition, with a deadline that only a broken shop reaches. */
final class Waiting {
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private Waiting() {}

    static ConditionFactory until(String what) {
        return within(DEADLINE, what);
    }

    static ConditionFactory within(Duration limit, String what) {
        return Awaitility.await(what).atMost(limit).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(40));
    }
}
