package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer thinks of an order that was completed; one for each.
 *
 * @param stars 1 to 5
 * @param text commitment to what was written; null if nothing was
 */
public record Review(int stars, @Nullable Commitment text, Instant at) {
    public Review {
        require(stars >= 1 && stars <= 5, "a review has 1 to 5 stars, not " + stars);
    }
}
