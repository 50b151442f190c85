package dev.kadao.engine;

/**
 * A bounded set of 64-bit digests: what a statement names, without its text. Two different texts share a digest once in
 * 10<sup>13</sup> cases at its full size; then something that the statement lacks would go unnoticed.
 */
final class Fingerprints {
    private final int most;
    private long[] slots = new long[64];
    private int size;
    private boolean full;

    Fingerprints(int most) {
        this.most = most;
    }

    static long of(String... parts) {
        return Long.parseUnsignedLong(Ids.sha256(parts).substring(0, 16), 16);
    }

    /** Whether something found no room: what it does not contain may have been named all the same. */
    boolean isFull() {
        return full;
    }

    void add(long fingerprint) {
        if (contains(fingerprint)) {
            return;
        }
        if (size == most) {
            full = true;
            return;
        }
        if (2 * (size + 1) > slots.length) {
            long[] before = slots;
            slots = new long[2 * before.length];
            for (long known : before) {
                if (known != 0) {
                    slots[place(known)] = known;
                }
            }
        }
        slots[place(fingerprint)] = occupied(fingerprint);
        size++;
    }

    boolean contains(long fingerprint) {
        return slots[place(fingerprint)] != 0;
    }

    /** Zero marks a free slot. */
    private static long occupied(long fingerprint) {
        return fingerprint == 0 ? 1 : fingerprint;
    }

    /** Where it is, or would be put. */
    private int place(long fingerprint) {
        long wanted = occupied(fingerprint);
        int place = (int) (wanted >>> 17) & (slots.length - 1);
        while (slots[place] != 0 && slots[place] != wanted) {
            place = (place + 1) & (slots.length - 1);
        }
        return place;
    }
}
