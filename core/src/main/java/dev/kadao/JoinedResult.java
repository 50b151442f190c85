package dev.kadao;

import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of placing within the caller's transaction. In every case that transaction goes on, and is the caller's. */
public sealed interface JoinedResult {

    /**
     * Written into the transaction: it exists if and when the caller commits.
     *
     * @param pickupToken the generated token, shown this once only; null if the shop gave one
     */
    record Written(Snapshot snapshot, @Nullable Secret pickupToken) implements JoinedResult {}

    /**
     * The same was placed before, earlier in this transaction (then it goes with its rollback) or by another one that
     * has committed: here it is as it stands now. Nothing was written.
     */
    record Same(Snapshot snapshot) implements JoinedResult {}

    /** The id was placed before with other content. Nothing was written. */
    record Conflict(String sentence) implements JoinedResult {}

    /** Nothing was written: everything that is wrong with the request. */
    record Invalid(List<String> sentences) implements JoinedResult {
        public Invalid {
            sentences = List.copyOf(sentences);
        }
    }

    /** Nothing was written, by a rule about risk; as {@link PlaceResult.RefusedByRisk}. */
    record RefusedByRisk(String sentence) implements JoinedResult {}

    /** Nothing was written. Roll back and run the transaction again, with the same id. */
    record Busy(String sentence) implements JoinedResult {}

    /**
     * The checkout, written now or placed before.
     *
     * @throws RefusedException in any other case, with the sentences of the answer: let it end your transaction in a
     *     rollback
     */
    default Snapshot orThrow() {
        if (this instanceof Written written) {
            return written.snapshot();
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
        throw new RefusedException(((Busy) this).sentence(), true);
    }
}
