package dev.kadao.jdbc;

import java.util.List;

/**
 * What a withdrawal of keys found. Doing it again is safe and finds the rest.
 *
 * @param voided how many were free and are void now
 * @param sold how many belong to orders: handed over or reserved
 * @param soldKeys the first {@value #MOST_KEYS} of them, with their orders; {@link KeyDesk#boundKeys} pages through all of
 *     a batch
 * @param unknown how many of the keys asked for are not in the stock of the SKU
 */
public record Withdrawal(long voided, long sold, List<BoundKey> soldKeys, long unknown) {
    /** So many sold keys are listed. */
    public static final int MOST_KEYS = 10_000;

    public Withdrawal {
        soldKeys = List.copyOf(soldKeys);
    }
}
