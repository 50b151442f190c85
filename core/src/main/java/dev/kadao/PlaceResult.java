package dev.kadao;

import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of placing. */
public sealed interface PlaceResult {

    /**
     * Placed now, and safely stored.
     *
     * @param pickupToken the generated token, shown this once only; null if the shop gave one
     */
    record Placed(Snapshot snapshot, @Nullable Secret pickupToken) implements PlaceResult {}

    /** The same was placed before: here it is as it stands now. */
    record Same(Snapshot snapshot) implements PlaceResult {}

    /** The id was placed before with other content. */
    record Conflict(String sentence) implements PlaceResult {}

    /** Not placed: everything that is wrong with the request. */
    record Invalid(List<String> sentences) implements PlaceResult {
        public Invalid {
            sentences = List.copyOf(sentences);
        }
    }

    /**
     * Not placed, by a rule about risk. Nothing was written. The sentence is for the buyer and does not say by which rule;
     * the log does.
     */
    record RefusedByRisk(String sentence) implements PlaceResult {}

    /**
     * Not placed: keys of a SKU that is sold only while they can be reserved cannot be, for there are too few, or too many
     * are reserved for orders that are not paid. Nothing was written; the same id may be placed again.
     */
    record NoneToReserve(String sentence) implements PlaceResult {}

    /** Too much to do, or the store could not be reached in time. Repeat with the same id: nothing is placed twice. */
    record Busy(String sentence) implements PlaceResult {}

    /**
     * The placed checkout, also of a repetition.
     *
     * @throws RefusedException in any other case, with the sentences of the answer
     */
    default Snapshot orThrow() {
        if (this instanceof Placed placed) {
            return placed.snapshot();
        }
        if (this instanceof Same same) {
            return same.snapshot();
        }
        if (this instanceof Invalid invalid) {
            throw new RefusedException(String.join(" ", invalid.sentences()), false);
        }
        if (this instanceof Conflict conflict) {
            throw new RefusedException(conflict.sentence(), false);
        }
        if (this instanceof RefusedByRisk refused) {
            throw new RefusedException(refused.sentence(), false);
        }
        if (this instanceof NoneToReserve none) {
            throw new RefusedException(none.sentence(), true);
        }
        throw new RefusedException(((Busy) this).sentence(), true);
    }
}
