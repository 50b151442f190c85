package dev.kadao.suppliers.notify;

import java.time.Duration;
import java.util.List;

/** How long one try may take. */
final class Spans {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Spans() {}

    static void check(String name, Duration span, List<String> problems) {
        if (span.isNegative() || span.isZero() || span.compareTo(LONGEST) > 0) {
            problems.add("the " + name + " is " + span + ": it must be longer than zero and at most " + LONGEST
                    + ", since a try holds a slot of the notifier so long.");
        }
    }
}
