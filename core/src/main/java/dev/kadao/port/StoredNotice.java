package dev.kadao.port;

import dev.kadao.order.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored notice of a gateway.
 *
 * @param receivedAt the store's time when it was first stored
 */
public record StoredNotice(
        String key,
        String source,
        String reference,
        Bytes word,
        Bytes raw,
        State state,
        Instant receivedAt,
        @Nullable Instant due) {

    /** What became of it. */
    public enum State {
        /** Its checkout has recorded what it says. */
        APPLIED,
        /** Its checkout could not be read, decided or won yet. */
        UNAPPLIED,
        /** It names no payment of that gateway account; matched again for a day. */
        ORPHAN,
        /** An orphan for more than a day: a case for a person. */
        ORPHAN_CASE,
        /** A person closed the case. */
        ORPHAN_CLOSED
    }
}
