package dev.kadao.engine;

import dev.kadao.order.Snapshot;
import java.util.List;

/** What came of something that somebody asked of a checkout. */
public sealed interface Outcome {

    /**
     * Written, or known already.
     *
     * @param did what a complaint caused; empty for everything else
     */
    record Done(Snapshot snapshot, boolean repeated, List<String> did) implements Outcome {
        public Done {
            did = List.copyOf(did);
        }
    }

    record Refused(Why why, String sentence) implements Outcome {}

    record NotFound(String sentence) implements Outcome {}

    record Busy(String sentence) implements Outcome {}

    /** Why something is not possible. */
    enum Why {
        WRONG_STAGE,
        OTHER_VERSION,
        ACT_ID_TAKEN,
        LIMIT_REACHED,
        BAD_INPUT
    }
}
