package dev.kadao.engine;

/** How something thrown is named in logs: classes and the place, never a message, since that may quote a secret. */
final class Thrown {
    private static final int DEEPEST = 5;

    private Thrown() {}

    static String named(Throwable thrown) {
        StringBuilder name = new StringBuilder(thrown.getClass().getName());
        StackTraceElement[] trace = thrown.getStackTrace();
        if (trace.length > 0) {
            name.append(" at ").append(trace[0]);
        }
        Throwable cause = thrown.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            name.append(", caused by ").append(cause.getClass().getName());
            cause = cause.getCause();
        }
        return name.toString();
    }
}
