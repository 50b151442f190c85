package dev.kadao.port;

import dev.kadao.order.Bytes;

/**
 * Wraps the data keys under which stock is sealed, with a master key that the shop holds (a file, a KMS). Thread-safe.
 * Errors are unchecked exceptions without key material; trying again is safe. Whoever asks waits: a remote one needs a
 * time limit of its own.
 */
public interface KeyCipher {

    /** Names the master key; stored beside what it wrapped. Not secret. */
    String keyId();

    /** Wraps a data key; the same input may give other bytes each time. */
    Bytes wrap(Bytes dataKey);

    /** Unwraps what {@link #wrap} made under the same master key. */
    Bytes unwrap(Bytes wrapped);
}
