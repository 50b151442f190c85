package dev.kadao.order;

import java.time.Duration;

/**
 * What was declared for a supplier when a dispatch was started, recorded with it.
 *
 * @param callLimit how long one call may take; later its outcome is unknown
 * @param processing how long "processing" may stay the answer before a person decides
 */
public record SupplierTerms(Guarantee guarantee, Duration callLimit, Duration processing) {}
