package dev.kadao.order;

import java.time.Instant;
import java.util.Optional;

/**
 * A checkout as it is stored, with its personal texts, at one moment of the store's clock.
 *
 * @param now the store's time when it was read
 */
public record Snapshot(Checkout checkout, Personal personal, Instant now) {

    /** The recipient of an order; empty once erased. */
    public Optional<String> recipient(Order order) {
        return personal.text(order.recipient());
    }
}
