package dev.kadao;

import dev.kadao.order.Snapshot;
import java.util.List;

/** What came of a buyer's question where the goods are. */
public sealed interface ComplaintResult {

    /**
     * Heard.
     *
     * @param did what was done because of it: {@code asked-gateway}, {@code asked-supplier}, {@code resent-message},
     *     {@code opened-case}; empty if nothing could be
     */
    record Heard(Snapshot snapshot, List<String> did) implements ComplaintResult {
        public Heard {
            did = List.copyOf(did);
        }
    }

    /** Nothing was done: before PAID, or not found, or busy. */
    record NotHeard(Answer why) implements ComplaintResult {}

    /**
     * What was done.
     *
     * @throws RefusedException if it was not heard
     */
    default List<String> orThrow() {
        if (this instanceof Heard heard) {
            return heard.did();
        }
        ((NotHeard) this).why().orThrow();
        throw new IllegalStateException("an answer that refused nothing");
    }
}
