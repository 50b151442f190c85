package dev.kadao.memory;

import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.KeySlot.State;
import org.jspecify.annotations.Nullable;

/**
 * One key and whose it is.
 *
 * @param replacement which delivery of the order it belongs to
 * @param slot its place in that delivery, from 0
 * @param cause why it is void; null unless it is
 */
record KeyRow(
        String id,
        String sku,
        Secret content,
        State state,
        @Nullable OrderId order,
        int replacement,
        int slot,
        boolean revealed,
        @Nullable String cause) {

    static KeyRow imported(String id, String sku, Secret content) {
        return new KeyRow(id, sku, content, State.FREE, null, 0, 0, false, null);
    }

    static KeyRow supplied(String id, String sku, Secret content, OrderId owner, int number, int place) {
        return new KeyRow(id, sku, content, State.SOLD, owner, number, place, false, null);
    }

    /** @param number what tells it from the order's own, see {@link KeySlot#replacement()} */
    static KeyRow aside(String id, String sku, Secret content, OrderId order, int number, int place, String cause) {
        return new KeyRow(id, sku, content, State.VOID, order, number, place, false, cause);
    }

    KeyRow boundTo(OrderId owner, int number, int place, State newState) {
        return new KeyRow(id, sku, content, newState, owner, number, place, false, null);
    }

    KeyRow sold() {
        return new KeyRow(id, sku, content, State.SOLD, order, replacement, slot, revealed, null);
    }

    KeyRow shown() {
        return new KeyRow(id, sku, content, state, order, replacement, slot, true, cause);
    }

    KeyRow freed() {
        return imported(id, sku, content);
    }

    KeyRow voided(String why) {
        return new KeyRow(id, sku, content, State.VOID, order, replacement, slot, revealed, why);
    }

    KeySlot withoutContent() {
        return new KeySlot(id, sku, state, order, replacement, revealed);
    }
}
