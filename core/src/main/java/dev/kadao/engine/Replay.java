package dev.kadao.engine;

import dev.kadao.order.Snapshot;
import org.jspecify.annotations.Nullable;

/** What came of reading a stored notice again. */
public sealed interface Replay {

    /**
     * What it says now is stored.
     *
     * @param snapshot the checkout it speaks of; null if it names no payment of ours
     * @param changed whether that was new
     */
    record Read(@Nullable Snapshot snapshot, boolean changed) implements Replay {}

    record NotRead(Outcome why) implements Replay {}
}
