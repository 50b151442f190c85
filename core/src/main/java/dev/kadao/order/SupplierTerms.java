package dev.kadao.order;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was declared for a supplier when a dispatch was started, recorded with it.
 *
 * @param callLimit how long one call may take; later its outcome is unknown
 * @param processing how long "processing" may stay the answer before a person decides
 * @param byPeopleWithin for a supplier that is the shop's own people: from acceptance to the time by which they are to
 *     have handed over; null for every other one
 */
public record SupplierTerms(
        Guarantee guarantee,
        Duration callLimit,
        Duration processing,
        @Nullable Duration byPeopleWithin) {

    /** The terms of a supplier that hands over by itself. */
    public SupplierTerms(Guarantee guarantee, Duration callLimit, Duration processing) {
        this(guarantee, callLimit, processing, null);
    }
}
