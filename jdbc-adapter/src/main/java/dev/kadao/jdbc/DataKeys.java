package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Data keys that were unwrapped a moment ago, bounded in number and age, so that showing a key does not ask the shop's
 * KMS each time. Callers get copies and clear them; what leaves this cache is cleared. Aged ones leave at the next call:
 * nothing runs in the background. Thread-safe.
 */
final class DataKeys {
    private final int most;
    private final long lifetimeNanos;
    private final LongSupplier nanos;
    private final Map<Bytes, Opened> byWrapped = new LinkedHashMap<>();
    private boolean closed;

    /** An unwrapped key, wiped in place at its end, and when it was put here. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Opened(byte[] key, long since) {
        @Override
        public String toString() {
            return "Opened(***)";
        }
    }

    /** @param most how many; 0 keeps none */
    DataKeys(int most, Duration lifetime, LongSupplier nanos) {
        this.most = most;
        this.lifetimeNanos = lifetime.toNanos();
        this.nanos = nanos;
    }

    /** A copy of the data key that was wrapped like this; unwrapped now, outside any lock, if it is not here. */
    byte[] open(Bytes wrapped, Supplier<byte[]> unwrap) {
        byte[] known = copy(wrapped);
        if (known.length > 0) {
            return known;
        }
        byte[] opened = unwrap.get();
        keep(wrapped, opened);
        return opened;
    }

    synchronized void close() {
        closed = true;
        byWrapped.values().forEach(opened -> Arrays.fill(opened.key(), (byte) 0));
        byWrapped.clear();
    }

    synchronized int size() {
        return byWrapped.size();
    }

    private synchronized byte[] copy(Bytes wrapped) {
        dropAged();
        Opened opened = byWrapped.get(wrapped);
        return opened == null ? new byte[0] : opened.key().clone();
    }

    private synchronized void keep(Bytes wrapped, byte[] opened) {
        if (closed || most == 0 || byWrapped.containsKey(wrapped)) {
            return;
        }
        byWrapped.put(wrapped, new Opened(opened.clone(), nanos.getAsLong()));
        if (byWrapped.size() > most) {
            dropFirst(byWrapped.values().iterator());
        }
    }

    /** In order of their age, since none is put here twice. */
    private void dropAged() {
        long now = nanos.getAsLong();
        while (!byWrapped.isEmpty()) {
            Iterator<Opened> first = byWrapped.values().iterator();
            if (now - byWrapped.values().iterator().next().since() < lifetimeNanos) {
                return;
            }
            dropFirst(first);
        }
    }

    private static void dropFirst(Iterator<Opened> opened) {
        Arrays.fill(opened.next().key(), (byte) 0);
        opened.remove();
    }
}
