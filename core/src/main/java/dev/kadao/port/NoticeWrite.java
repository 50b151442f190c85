package dev.kadao.port;

import dev.kadao.order.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice row to be stored. An existing row of the same key takes the new state and due time, except that an
 * {@code APPLIED} row stays as it is.
 *
 * @param key what the notice says, digested: a repetition has the same key; at most 64 characters
 * @param source {@code gateway:<name>}
 * @param reference the payment it names, as it came; cut to 64 characters
 * @param word what it says, encoded
 * @param raw what is kept of the message, as it came: opaque to the store, at most 1 MiB; may be erased after its time
 * @param due when an unapplied or orphan notice wants attention; null if never
 */
public record NoticeWrite(
        String key,
        String source,
        String reference,
        Bytes word,
        Bytes raw,
        StoredNotice.State state,
        @Nullable Instant due) {}
