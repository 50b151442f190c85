package dev.kadao.jdbc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells when a SKU runs low: once when it falls below its threshold, again when it does so after having recovered, and
 * once more when it is empty. Has no thread of its own: have your scheduler run it, for example each minute. Remembers in
 * memory what it told, so each process tells for itself and again after a restart. Thread-safe; one run at a time.
 */
public final class StockWatch implements Runnable {
    private final Supplier<List<LowStock>> look;
    private final Consumer<LowStock> listener;
    private final Map<String, Boolean> emptyBySku = new HashMap<>();

    StockWatch(Supplier<List<LowStock>> look, Consumer<LowStock> listener) {
        this.look = look;
        this.listener = listener;
    }

    /**
     * Looks once and tells. What the listener throws is passed on; that SKU is told again at the next run.
     *
     * @throws dev.kadao.port.StoreException if the database cannot be asked
     */
    @Override
    public synchronized void run() {
        List<LowStock> found = look.get();
        Set<String> low = new HashSet<>();
        found.forEach(stock -> low.add(stock.sku()));
        emptyBySku.keySet().retainAll(low);
        for (LowStock stock : found) {
            boolean isEmpty = stock.free() == 0;
            Boolean told = emptyBySku.get(stock.sku());
            if (told == null || (isEmpty && !told)) {
                listener.accept(stock);
                emptyBySku.put(stock.sku(), isEmpty);
            }
        }
    }
}
