package dev.kadao;

import dev.kadao.order.KadaoException;
import java.util.List;

/** The shop cannot be built as configured. Trying again does not help: change what {@link #problems()} names. */
public final class MisconfiguredException extends KadaoException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    MisconfiguredException(List<String> problems) {
        super(problems.size() + " problem(s):\n- " + String.join("\n- ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems, each with what it would cost and what to do. */
    public List<String> problems() {
        return problems;
    }
}
