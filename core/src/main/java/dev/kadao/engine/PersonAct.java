package dev.kadao.engine;

import org.jspecify.annotations.Nullable;

/**
 * An act of a person at the desk.
 *
 * @param act the name of the lifecycle's act
 * @param line the order; 0 for closing a case
 * @param caseNumber the case to close, else 0
 */
public record PersonAct(
        String id,
        String act,
        int line,
        int caseNumber,
        int version,
        String actor,
        String reason,
        @Nullable String evidence) {
    @Override
    public String toString() {
        return "PersonAct(" + id + ", " + act + ")";
    }
}
