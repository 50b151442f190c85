package dev.kadao.engine;

import dev.kadao.order.Payment;
import dev.kadao.order.Snapshot;

/** What came of asking for a further payment. */
public sealed interface Opening {
    record Opened(Snapshot snapshot, Payment payment) implements Opening {}

    record NotOpened(Outcome why) implements Opening {}
}
