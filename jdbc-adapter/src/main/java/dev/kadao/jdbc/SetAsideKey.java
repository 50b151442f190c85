package dev.kadao.jdbc;

import dev.kadao.order.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that a supplier sold for an order which could not have it. It is void and counted in the stock, and stays with
 * whoever decides what becomes of it.
 *
 * @param dispatch the number of the dispatch that it came with
 * @param cause why it was set aside
 * @param since when
 * @param key what it is; null once the time for secrets is over, see {@link JdbcRetention}
 */
public record SetAsideKey(
        String id,
        String sku,
        int dispatch,
        String cause,
        Instant since,
        @Nullable Secret key) {}
