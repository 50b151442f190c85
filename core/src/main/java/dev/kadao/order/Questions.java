package dev.kadao.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the shop's support was asked about an order.
 *
 * @param asked questions that were recorded
 * @param handedOver those of them that were given to a person
 * @param lastAt when the latest was asked
 */
public record Questions(int asked, int handedOver, Instant lastAt) {
    /** So many are recorded of an order; further ones are answered all the same. */
    public static final int MOST = 20;

    /** The words of so many are kept for the person who reads them. */
    public static final int MOST_HANDED_OVER = 5;

    static Questions with(@Nullable Questions known, boolean settled, Instant at) {
        int before = known == null ? 0 : known.asked;
        int handed = known == null ? 0 : known.handedOver;
        return new Questions(before + 1, settled ? handed : handed + 1, at);
    }
}
