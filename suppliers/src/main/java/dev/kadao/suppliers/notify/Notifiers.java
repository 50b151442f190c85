package dev.kadao.suppliers.notify;

import dev.kadao.port.Notifier;
import java.util.List;

/** Notifiers made of others. */
public final class Notifiers {
    private Notifiers() {}

    /**
     * A notifier that tells every message by each of these, one after the other, whatever becomes of the one before. A
     * message is told once each of them told it or never can; only if none ever can is it given up at once.
     *
     * <p>At least once by each: if one fails, the message comes back, and which of them told it is remembered in this
     * process alone, for the latest 10,000 messages. A mail is not repeated because an endpoint is down; it may be repeated
     * after a restart, or where several processes share a store, at most as often as the message is tried. Copies carry
     * the same reference.
     *
     * <p>They share the engine's time limit for one call ({@code EngineSettings.callLimit}, 10 s by default): keep the sum of
     * their limits below it. One that failed itself, rather than at a recipient, is called one at a time until it succeeds,
     * so that it does not hold up the others.
     *
     * @param notifiers one at least
     */
    public static Notifier all(Notifier... notifiers) {
        return new EveryNotifier(List.of(notifiers));
    }
}
