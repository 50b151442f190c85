package dev.kadao.port;

/**
 * Tells the people who run the shop that something wants them: a chat room, a pager, a mailbox. Thread-safe. Called on an
 * executor of its own with a limit to each call, so that a slow one holds up nothing; whatever it throws counts as not told.
 *
 * <p>An alert of a case comes at least once: it is told again, with growing gaps, until a call returns. All others are rare:
 * told until a call returns or what they are about has recovered, then not again before it has, and once per process where
 * several work on one store. What is told is in the log at WARN, too. Nothing in an alert is a key, a token or personal data.
 *
 * <p>Of what it throws the log names the class and the place; of a {@link NotToldException} its reason.
 */
@FunctionalInterface
public interface AlertSink {

    /** Tells one alert; returning means that it was told. */
    void alert(Alert alert);
}
