package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.order.Order;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the order whose goods are owed for longest, by the index rows {@code owed}, oldest first. While none is owed for too
 * long that is one query of a few rows, and no document. Those rows also speak of what is owed otherwise (a decision about a
 * hold or a dispute, money on its way back), which has people and times of its own: that is passed over, so that an old
 * dispute hides no order that nobody looks at. For one thread.
 */
final class OldestOwed {
    /** Rows read at once. */
    static final int PAGE = 20;
    /** Documents read in one look; the next one goes on behind them. */
    static final int MOST_READ = 100;

    private final CheckoutStore store;
    private final Reads reads;
    private @Nullable IndexHit after;
    private @Nullable Owed known;

    OldestOwed(CheckoutStore store, Reads reads) {
        this.store = store;
        this.reads = reads;
    }

    /** An order that is owed, and for how long. */
    record Owed(Order order, Instant since, Duration age) {}

    private record Page(List<IndexHit> hits, Instant now) {}

    /** The oldest one that is owed for longer than that; empty if there is none. */
    Optional<Owed> longerThan(Duration limit) {
        for (int read = 0; read < MOST_READ; read += PAGE) {
            IndexHit from = after;
            Page page =
                    store.view(view -> new Page(view.find(new IndexQuery("owed", "", true, from, PAGE)), view.now()));
            for (IndexHit hit : page.hits()) {
                Instant since = Codec.owedSince(hit.value());
                Duration age = Duration.between(since, page.now());
                if (age.compareTo(limit) <= 0) {
                    return ended(null);
                }
                Order order = owed(hit);
                if (order != null) {
                    return ended(new Owed(order, since, age));
                }
                after = hit;
            }
            if (page.hits().size() < PAGE) {
                return ended(null);
            }
        }
        return Optional.ofNullable(known);
    }

    private Optional<Owed> ended(@Nullable Owed found) {
        after = null;
        known = found;
        return Optional.ofNullable(found);
    }

    /** The order of a row, as it is now; null if its goods are not owed. */
    private @Nullable Order owed(IndexHit hit) {
        Snapshot snapshot = reads.checkout(hit.checkout()).orElse(null);
        if (snapshot == null || hit.number() > snapshot.checkout().orders().size()) {
            return null;
        }
        Order order = snapshot.checkout().order(hit.number());
        return areGoodsOwed(order.stage()) ? order : null;
    }

    private static boolean areGoodsOwed(Stage stage) {
        return switch (stage) {
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING, PARKED -> true;
            case AWAITING_PAYMENT, CLOSED, ON_HOLD, DELIVERED, DISPUTED, COMPLETED, REFUNDING, REFUNDED -> false;
        };
    }
}
