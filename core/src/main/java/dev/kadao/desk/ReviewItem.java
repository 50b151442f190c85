package dev.kadao.desk;

import dev.kadao.order.OrderId;
import java.time.Instant;
import java.util.Optional;

/**
 * A review of a list. All but the order may be shown to everybody.
 *
 * @param order the order that was reviewed; for the desk
 * @param stars 1 to 5
 * @param text what the buyer wrote; empty if that was nothing, or once it is erased
 * @param refunded whether the order's money went back after all
 */
public record ReviewItem(OrderId order, String sku, int stars, Optional<String> text, Instant at, boolean refunded) {}
