package dev.kadao.jdbc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch of keys as it stands in the stock: of an import, or of the keys of one SKU that suppliers sold for orders on one
 * day (UTC), which is named "sourced" and that day.
 *
 * @param id its number, in order of time
 * @param imported how many keys it has brought, those set aside included
 * @param finishedAt when its text was read to the end; null while an import runs or if one broke off: import the same
 *     text again under the same name
 * @param expiresAt from when on its keys are no longer sold; null if they do not expire
 * @param withdrawnAt when it was withdrawn; null if it was not
 * @param cause why it was withdrawn
 * @param masterKeyId the master key its data key is wrapped under
 * @param dataKey how often it was re-encrypted
 * @param reencrypting whether a re-encryption has begun and not ended
 */
public record ImportedBatch(
        String id,
        String sku,
        String name,
        String source,
        long imported,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant withdrawnAt,
        @Nullable String cause,
        String masterKeyId,
        int dataKey,
        boolean reencrypting) {}
