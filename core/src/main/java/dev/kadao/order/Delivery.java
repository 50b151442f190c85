package dev.kadao.order;

import java.time.Duration;
import java.time.Instant;

/**
 * How an order was first delivered; what comes in its place later changes nothing of it.
 *
 * @param took since the order was paid, or its hold was released; never negative
 * @param byHand whether a person attested it
 */
public record Delivery(Instant at, Duration took, boolean byHand) {
    public Delivery {
        took = took.isNegative() ? Duration.ZERO : took;
    }
}
