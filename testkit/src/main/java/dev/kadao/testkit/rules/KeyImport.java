package dev.kadao.testkit.rules;

import dev.kadao.order.Secret;
import java.util.List;

/** How a test fills the stock on trial: in the way of the adapter, since the port has none. */
@FunctionalInterface
public interface KeyImport {

    /** Adds these keys, none of which the SKU had before. */
    void importKeys(String sku, List<Secret> keys);
}
