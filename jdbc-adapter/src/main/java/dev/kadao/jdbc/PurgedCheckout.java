package dev.kadao.jdbc;

import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.StoredNotice;
import java.time.Instant;
import java.util.List;

/**
 * All that was stored of a checkout, for an {@link Archive}. Folding the journal still gives the document. Keys come
 * without their content.
 *
 * @param finalAt since when nothing about it was to be done
 */
public record PurgedCheckout(
        StoredCheckout checkout,
        Instant finalAt,
        List<JournalRow> journal,
        List<IndexRow> index,
        List<StoredNotice> notices,
        List<KeySlot> keys) {
    public PurgedCheckout {
        journal = List.copyOf(journal);
        index = List.copyOf(index);
        notices = List.copyOf(notices);
        keys = List.copyOf(keys);
    }
}
