package dev.kadao.desk;

import dev.kadao.order.Commitment;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One recorded reveal of an order's keys: evidence for when a buyer says that nothing came.
 *
 * @param first whether these keys were seen for the first time; false for further looks at them
 * @param origin where they were asked for, in the shop's words; empty if it was not told, is erased, or came after the
 *     {@code 20} different ones of a checkout whose texts are kept
 * @param commitment to the origin, which stays after its text is gone; null if it was not told
 */
public record RevealItem(
        Instant at,
        boolean first,
        Optional<String> origin,
        @Nullable Commitment commitment) {
    /** Without the origin, which is personal. */
    @Override
    public String toString() {
        return "RevealItem(" + at + (first ? ", first)" : ", again)");
    }
}
