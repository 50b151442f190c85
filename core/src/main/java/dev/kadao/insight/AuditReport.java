package dev.kadao.insight;

import java.util.List;

/**
 * What an audit of the whole store found, as of one moment.
 *
 * @param orders how many orders were looked at
 * @param keys how many keys were looked at; 0 if the stock lies elsewhere
 * @param found how many violations there are
 * @param violations the first thousand of them
 */
public record AuditReport(long orders, long keys, long found, List<Violation> violations) {

    /** The invariants that stored facts can show to be broken. */
    public enum Invariant {
        /** What was received is kept for an order, given back, on its way back, or a case. */
        I1,
        /** Handed over at most once, refunded at most once, never both unless a person decided so. */
        I2,
        /** A key has at most one owner. */
        I3,
        /** Nothing is delivered that was not paid. */
        I4,
        /** Folding the journal gives the stored document. */
        I6
    }

    /**
     * One broken promise.
     *
     * @param id of the order, payment, key, notice or checkout that it is about
     * @param sentence what was found; no personal data
     */
    public record Violation(String id, Invariant invariant, String sentence) {}

    public AuditReport {
        violations = List.copyOf(violations);
    }

    public boolean ok() {
        return found == 0;
    }
}
