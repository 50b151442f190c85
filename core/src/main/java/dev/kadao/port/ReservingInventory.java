package dev.kadao.port;

import dev.kadao.order.OrderId;

/**
 * A stock that also reserves keys for orders that are not paid yet, never more than a cap of them, and gives them back when
 * nobody pays. What is reserved so is an ordinary reservation: {@link #reserve} finds it, {@link #handOver} makes it the
 * buyer's.
 */
public interface ReservingInventory extends KeyInventory {

    /**
     * Binds free keys to an order that is not paid yet. Repeated: {@link UnpaidAnswer.Reserved} again, no second key.
     *
     * @param cap how many keys of the SKU may be reserved and not handed over, for whomever, these included: of any number of
     *     callers at once, in whatever process, none gets a key beyond it
     */
    UnpaidAnswer reserveUnpaid(OrderId order, String sku, int quantity, int cap);

    /**
     * Makes keys free again that are reserved and not handed over, as if they had never been reserved: unlike
     * {@link #release} it leaves no tombstone, so that an order that is paid late after all can still get keys. Keys that
     * were handed over or taken back are left as they are. Idempotent.
     */
    void letGo(OrderId order);

    /** What came of reserving for an unpaid order. */
    sealed interface UnpaidAnswer {
        record Reserved() implements UnpaidAnswer {}

        /** Too few are free, or the order's keys were released for good. */
        record OutOfStock() implements UnpaidAnswer {}

        /** With these, more would be reserved than the cap allows. */
        record CapReached() implements UnpaidAnswer {}
    }
}
