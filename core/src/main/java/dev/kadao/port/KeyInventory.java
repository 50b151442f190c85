package dev.kadao.port;

import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import java.time.Duration;
import java.util.List;

/**
 * The stock of keys. Every method is idempotent per order, through the one reservation an order can have, and all or
 * nothing: an order gets as many keys as it asked for or none. Implementations are thread-safe. Infrastructure errors
 * are thrown as unchecked exceptions and tried again by the caller.
 *
 * <p>The key row is the arbiter between reveal and release: exactly one of "the buyer saw it" and "it went back" happens
 * first, and the other then sees that.
 */
public interface KeyInventory {

    /** Binds free keys to an order. Repeated: {@link ReserveAnswer.Reserved} again, no second key. */
    ReserveAnswer reserve(OrderId order, String sku, int quantity);

    /** Makes the reserved keys the buyer's. Repeated: the same answer. */
    HandOverAnswer handOver(OrderId order);

    /**
     * Takes the keys back: before hand-over they become free again, and a tombstone refuses a late reserve; afterwards
     * they become void with the cause. Repeated: the same answer.
     */
    ReleaseAnswer release(OrderId order, String cause);

    /** Marks the order's current keys as seen and returns them, in that order. Repeated: the same keys. */
    RevealAnswer reveal(OrderId order);

    /**
     * Hands over new keys in place of the order's current ones, which become void. Idempotent per order and number.
     *
     * @param replacement from 1, counting up by one
     */
    ReserveAnswer replace(OrderId order, int replacement);

    /** How many keys of a SKU there are; all zero for an unknown SKU. */
    StockLevel stock(String sku);

    /** Reservations that were not handed over and are older than this, oldest first, at most {@code limit}. */
    List<OrderId> reservationsOlderThan(Duration age, int limit);

    /** What came of binding keys. */
    sealed interface ReserveAnswer {
        record Reserved() implements ReserveAnswer {}

        record OutOfStock() implements ReserveAnswer {}

        /** The order's keys were released before: nothing is bound to it any more. */
        record Released() implements ReserveAnswer {}
    }

    /** What came of handing over. */
    sealed interface HandOverAnswer {
        record HandedOver() implements HandOverAnswer {}

        /** Nothing is reserved for the order: it was never reserved, or released. */
        record NotReserved() implements HandOverAnswer {}
    }

    /** What came of taking back. */
    sealed interface ReleaseAnswer {
        /** The keys are free again. */
        record Released() implements ReleaseAnswer {}

        /** The keys had been handed over and are void now; so many of them had been seen. */
        record Voided(int revealed) implements ReleaseAnswer {}

        record NeverReserved() implements ReleaseAnswer {}
    }

    /** What came of showing. */
    sealed interface RevealAnswer {
        record Revealed(List<Secret> keys) implements RevealAnswer {
            public Revealed {
                keys = List.copyOf(keys);
            }
        }

        /** Nothing to show: nothing handed over, or taken back since. */
        record NothingToReveal() implements RevealAnswer {}

        /** The order has its keys, but their content was erased: the shop keeps secrets for a stated time only. */
        record Erased() implements RevealAnswer {}
    }

    /**
     * How many keys of one SKU are in which state; imported is their sum.
     *
     * @param sold handed over and valid
     * @param voided taken back after hand-over, replaced or withdrawn
     */
    record StockLevel(String sku, long free, long reserved, long sold, long voided) {}
}
