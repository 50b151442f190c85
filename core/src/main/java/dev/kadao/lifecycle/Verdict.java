package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import java.util.List;

/** What {@code decide} made of an event. */
public sealed interface Verdict {
    /**
     * Something changed.
     *
     * @param after the checkout with the entries applied and its new schedule
     * @param entries empty if the schedule alone changed: then there is no journal row
     */
    record Moved(Checkout after, List<Entry> entries) implements Verdict {
        public Moved {
            entries = List.copyOf(entries);
        }
    }

    /** Known already; nothing changes. */
    record Repeated() implements Verdict {}

    /** Not possible; nothing changes. Never the answer to money, goods or a reveal. */
    record Refused(Refusal refusal, String sentence) implements Verdict {}

    /** Why something is not possible. */
    enum Refusal {
        WRONG_STAGE,
        /** The order has changed since the version that was seen. */
        OTHER_VERSION,
        /** The act id was used for something else. */
        ACT_ID_TAKEN,
        LIMIT_REACHED,
        MISSING_EVIDENCE,
        /** Not as many as were ordered. */
        OTHER_COUNT,
        /** What was confirmed is not the recipient on record. */
        OTHER_RECIPIENT,
        /** The right to an act was asked for, but the act is not due (any more). */
        NOT_DUE
    }
}
