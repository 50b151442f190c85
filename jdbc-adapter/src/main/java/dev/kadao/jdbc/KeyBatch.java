package dev.kadao.jdbc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an import of keys belongs to. SKU and name together are the batch's identity: importing again under both
 * continues it.
 *
 * @param sku at most 64 characters
 * @param name for people, such as the supplier's batch number; at most 120 characters
 * @param source where the keys come from, for people; at most 120 characters; the first import's is kept
 * @param expiresAt from when on its keys are no longer sold, cut to microseconds; null if they do not expire
 */
public record KeyBatch(
        String sku, String name, String source, @Nullable Instant expiresAt) {
    public KeyBatch {
        Bounds.sku(sku);
        Bounds.name("batch name", name);
        Bounds.name("batch source", source);
        expiresAt = expiresAt == null ? null : Micros.instant(Micros.of(expiresAt));
    }

    /** A batch whose keys do not expire. */
    public static KeyBatch of(String sku, String name, String source) {
        return new KeyBatch(sku, name, source, null);
    }

    /** The same batch, its keys sold before this time only. */
    public KeyBatch expiringAt(Instant time) {
        return new KeyBatch(sku, name, source, time);
    }
}
