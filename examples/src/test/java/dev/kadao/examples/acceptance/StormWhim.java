package dev.kadao.examples.acceptance;

import java.util.List;
import java.util.random.RandomGenerator;

/** How the supplier of the storm treats one order that came in: what becomes of it, and what the caller learns. */
enum StormWhim {
    SUPPLY(42),
    DROP_BEFORE(5),
    DROP_AFTER(6),
    ERROR_BEFORE(4),
    ERROR_AFTER(4),
    UNREADABLE_AFTER(2),
    /** Acts after the caller's time-out, and answers then. */
    STALL_THEN_SUPPLY(5),
    SUPPLY_THEN_STALL(4),
    PROCESS_THEN_SUPPLY(9),
    PROCESS_THEN_DECLINE(3),
    /** Tells nobody when it is done; who asks, learns it. */
    PROCESS_WITHOUT_NOTICE(2),
    DECLINE(12),
    DECLINE_ALL(2);

    private static final List<StormWhim> ALL = List.of(values());
    private static final int SUM = ALL.stream().mapToInt(whim -> whim.weight).sum();

    private final int weight;

    StormWhim(int weight) {
        this.weight = weight;
    }

    /** By the dice; the weights are the odds. */
    static StormWhim roll(RandomGenerator dice) {
        int left = dice.nextInt(SUM);
        for (StormWhim whim : ALL) {
            left -= whim.weight;
            if (left < 0) {
                return whim;
            }
        }
        throw new AssertionError("The weights do not add up to " + SUM + ".");
    }

    /** Whether the order is lost on its way, so that the supplier never hears of it. */
    boolean isBeforeActing() {
        return this == DROP_BEFORE || this == ERROR_BEFORE;
    }
}
