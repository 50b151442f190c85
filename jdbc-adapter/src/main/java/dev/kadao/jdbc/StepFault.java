package dev.kadao.jdbc;

import dev.kadao.port.Step;

/** A step that cannot be written for reasons of its own; the transaction is rolled back and the others go without it. */
final class StepFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Step step;
    private final RuntimeException reason;

    StepFault(Step step, RuntimeException reason) {
        super(reason);
        this.step = step;
        this.reason = reason;
    }

    RuntimeException reason() {
        return reason;
    }

    Step step() {
        return step;
    }
}
