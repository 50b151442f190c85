package dev.kadao.port;

import dev.kadao.order.KadaoException;

/**
 * A message was not told, and whose matter that is. The message of this exception is logged, so it names a status or the
 * kind of a failure, and holds no secret, no key and no recipient.
 *
 * <p>A notifier that is made of others throws one for all and adds theirs as suppressed ones, so that one of them that is
 * broken is seen in the log.
 *
 * <p>Trying again helps unless it is {@link Kind#NEVER}; Kadao does that by itself.
 */
public final class NotToldException extends KadaoException {
    private static final long serialVersionUID = 1L;

    /** Whose matter it is. */
    public enum Kind {
        /** The notifier's own way is broken, its mail server for example: after many of these it is left alone for a while. */
        NOTIFIER,
        /** This recipient's alone, as an endpoint that is down: tried again, and messages to others go on meanwhile. */
        RECIPIENT,
        /** No further try can succeed, as to a recipient that is no address: the message is given up at once. */
        NEVER
    }

    private final Kind kind;

    private NotToldException(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    /** The notifier itself failed: tried again, and it counts against the notifier. */
    public static NotToldException notifierFailed(String reason) {
        return new NotToldException(Kind.NOTIFIER, reason);
    }

    /** This recipient cannot be reached now: tried again, and it does not count against the notifier. */
    public static NotToldException recipientFailed(String reason) {
        return new NotToldException(Kind.RECIPIENT, reason);
    }

    /** This message can never be told by this notifier: given up at once. */
    public static NotToldException never(String reason) {
        return new NotToldException(Kind.NEVER, reason);
    }

    /** Whose matter it is. */
    public Kind kind() {
        return kind;
    }
}
