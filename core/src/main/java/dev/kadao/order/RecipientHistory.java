package dev.kadao.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order's recipient since placing.
 *
 * @param placed the commitment to the recipient as first placed: what a repeated placing is compared with
 * @param corrections how often the buyer corrected it
 * @param confirmedAt when the buyer confirmed the present one; null if not
 */
public record RecipientHistory(
        Commitment placed, int corrections, @Nullable Instant confirmedAt) {}
