package dev.kadao.port;

import dev.kadao.order.Route;
import java.util.Optional;

/** Says how the goods of a SKU come to the buyer. Asked at placing only; its word is recorded. Pure and thread-safe. */
@FunctionalInterface
public interface Router {

    /** The route of a SKU; empty if the shop does not sell it. */
    Optional<Route> route(String sku);
}
