package dev.kadao;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process does its work.
 *
 * @param storeAnswers whether the store was read just now
 * @param sinceDueLoop how long ago the due loop last finished a round; null if it never did
 * @param unstoredAnswers answers of gateways and suppliers that wait to be stored
 * @param forgedNotices notices of gateways that were not believed, since the start; none of them is stored
 * @param paused adapters whose calls all hang or whose breaker is open, and suppliers that take no orders for now
 * @param healthy the store answers and the due loop ran within three intervals
 */
public record Health(
        boolean storeAnswers,
        @Nullable Duration sinceDueLoop,
        int unstoredAnswers,
        long forgedNotices,
        List<String> paused,
        boolean healthy) {
    public Health {
        paused = List.copyOf(paused);
    }
}
