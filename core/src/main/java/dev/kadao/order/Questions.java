package dev.kadao.order;

import java.time.Instant;

/**
 * What the shop's support was asked about an order.
 *
 * @param asked questions that were recorded
 * @param handedOver those of them that were given to a person
 * @param lastAt when the latest was asked
 */
public record Questions(int asked, int handedOver, Instant lastAt) {}
