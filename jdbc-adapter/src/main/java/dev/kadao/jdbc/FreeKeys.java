package dev.kadao.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Free keys that a transaction has locked, by SKU, with what was seen of the queue for keys on the way. Mutable. */
final class FreeKeys {
    private final Map<String, List<String>> bySku = new HashMap<>();
    private boolean anyoneWaits;

    void add(String sku, String key) {
        bySku.computeIfAbsent(sku, any -> new ArrayList<>()).add(key);
    }

    /** Those of a SKU; a list of the caller's own. */
    List<String> of(String sku) {
        return new ArrayList<>(bySku.getOrDefault(sku, List.of()));
    }

    int count(String sku) {
        return bySku.getOrDefault(sku, List.of()).size();
    }

    /** Whether any checkout waits for keys of any SKU; only said where there are keys. */
    boolean anyoneWaits() {
        return anyoneWaits;
    }

    void sawQueue(boolean anyone) {
        anyoneWaits |= anyone;
    }

    /** Takes over what was locked when it was tried again: it holds the earlier ones of the same SKUs too. */
    void replaceBy(FreeKeys again) {
        bySku.putAll(again.bySku);
        sawQueue(again.anyoneWaits);
    }
}
