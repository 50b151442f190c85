package dev.kadao.engine;

import org.jspecify.annotations.Nullable;

/**
 * An act of a person at the desk.
 *
 * @param act the name of the lifecycle's act
 * @param line the order; 0 for closing a case
 * @param caseNumber the case to close, else 0
 * @param count how many were handed over; null if that was not said
 */
public record PersonAct(
        String id,
        String act,
        int line,
        int caseNumber,
        int version,
        String actor,
        String reason,
        @Nullable String evidence,
        @Nullable Integer count) {

    /** An act that counts nothing. */
    public PersonAct(
            String id,
            String act,
            int line,
            int caseNumber,
            int version,
            String actor,
            String reason,
            @Nullable String evidence) {
        this(id, act, line, caseNumber, version, actor, reason, evidence, null);
    }

    @Override
    public String toString() {
        return "PersonAct(" + id + ", " + act + ")";
    }
}
