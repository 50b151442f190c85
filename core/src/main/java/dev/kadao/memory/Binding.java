package dev.kadao.memory;

import dev.kadao.port.KeyInventory.ReleaseAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one reservation an order can have, or the tombstone it left.
 *
 * @param replacement which delivery the current keys are
 * @param keys ids of the current keys by slot; empty once released
 * @param since when they were reserved
 * @param released what came of the release, for its repetitions; null while the keys are bound
 */
record Binding(
        String sku,
        boolean handedOver,
        int replacement,
        List<String> keys,
        Instant since,
        @Nullable ReleaseAnswer released) {
    Binding {
        keys = List.copyOf(keys);
    }

    static Binding reserved(String sku, List<String> keys, Instant now) {
        return new Binding(sku, false, 0, keys, now, null);
    }

    static Binding tombstone(String sku, int replacement, Instant now, ReleaseAnswer answer) {
        return new Binding(sku, false, replacement, List.of(), now, answer);
    }

    boolean isReserved() {
        return released == null && !handedOver;
    }

    boolean isSold() {
        return released == null && handedOver;
    }

    Binding sold() {
        return new Binding(sku, true, replacement, keys, since, null);
    }
}
