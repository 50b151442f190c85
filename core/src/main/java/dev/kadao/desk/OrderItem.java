package dev.kadao.desk;

import dev.kadao.order.Order;
import dev.kadao.order.Snapshot;

/** An order of a list, with the checkout it belongs to. */
public record OrderItem(Order order, Snapshot snapshot) {}
