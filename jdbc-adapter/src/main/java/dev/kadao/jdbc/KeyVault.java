package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyCipher;
import dev.kadao.port.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals keys and opens them again. Each batch has a data key of its own, kept wrapped under the shop's master key; a
 * key is sealed for its row, so that it opens nowhere else. Fingerprints, under a key made at the first start, find
 * duplicates without opening anything. Thread-safe.
 */
final class KeyVault {
    static final String MASTER_KEY_ID = "master_key_id";
    static final String FINGERPRINT_KEY = "fingerprint_key";
    private static final String HMAC = "HmacSHA256";

    private final KeyRing ring;
    private final SecretKeySpec fingerprintKey;
    private final DataKeys dataKeys;

    private KeyVault(KeyRing ring, SecretKeySpec fingerprintKey, DataKeys dataKeys) {
        this.ring = ring;
        this.fingerprintKey = fingerprintKey;
        this.dataKeys = dataKeys;
    }

    /** What the database says of its master key: its id, and the fingerprint key wrapped under it. */
    record Meta(String masterKeyId, String fingerprintKey) {}

    /** @throws UnusableDatabaseException if anything in the database was written with a master key that is not known */
    static KeyVault open(Database database, KeyRing ring, DataKeys dataKeys) throws SQLException {
        Transactions transactions = database.transactions();
        if (transactions.read(session -> meta(session, MASTER_KEY_ID)).isEmpty()) {
            begin(transactions, ring.current());
        }
        Meta meta = readMeta(transactions);
        KeyCipher cipher = ring.of(meta.masterKeyId()).orElseThrow(() -> unknown("The keys", meta.masterKeyId(), ring));
        for (String id = ""; ; ) {
            Optional<String> next = batchMasterAfter(transactions, id);
            if (next.isEmpty()) {
                break;
            }
            id = next.get();
            if (!ring.knows(id)) {
                throw unknown("Some batches of keys", id, ring);
            }
        }
        byte[] key = cipher.unwrap(Bytes.of(Base64.getDecoder().decode(meta.fingerprintKey())))
                .toArray();
        try {
            return new KeyVault(ring, new SecretKeySpec(key, HMAC), dataKeys);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Both rows of one moment: a rotation changes them together. */
    static Meta readMeta(Transactions transactions) throws SQLException {
        return transactions.view(session -> {
            String id = meta(session, MASTER_KEY_ID).orElse("");
            return new Meta(
                    id,
                    meta(session, FINGERPRINT_KEY)
                            .orElseThrow(() -> new UnusableDatabaseException("The database knows its master key " + id
                                    + " but has no " + FINGERPRINT_KEY
                                    + " in kadao_meta: restore that row from a backup.")));
        });
    }

    private static Optional<String> batchMasterAfter(Transactions transactions, String id) throws SQLException {
        return transactions
                .read(session ->
                        session.list(Query.BATCH_MASTER_AFTER, row -> Optional.ofNullable(row.getString(1)), id))
                .get(0);
    }

    private static UnusableDatabaseException unknown(String what, String masterKeyId, KeyRing ring) {
        return new UnusableDatabaseException(what + " in this database were sealed with master key " + masterKeyId
                + ", but it was opened with master key " + ring.names()
                + ": no such key could be shown to a buyer. Start with the master key it was written with, or give that"
                + " one to alsoOpens(..) until everything is rewrapped.");
    }

    /** Whoever starts first leaves both rows; everybody else reads them. */
    private static void begin(Transactions transactions, KeyCipher cipher) throws SQLException {
        byte[] key = AesGcm.newKey();
        String wrapped =
                Base64.getEncoder().encodeToString(cipher.wrap(Bytes.of(key)).toArray());
        Arrays.fill(key, (byte) 0);
        transactions.writeRepeatedly(
                session -> session.update(Query.META_INSERT, MASTER_KEY_ID, cipher.keyId()) == 1
                        && session.update(Query.META_INSERT, FINGERPRINT_KEY, wrapped) == 1,
                isFirst -> isFirst);
    }

    private static Optional<String> meta(Session session, String name) throws SQLException {
        return session.one(Query.META_READ, row -> row.getString(1), name);
    }

    KeyRing ring() {
        return ring;
    }

    /** The data key of one batch, plain until closed. */
    static final class BatchKey implements AutoCloseable {
        private final byte[] dataKey;
        private final Bytes wrapped;
        private final String masterKeyId;
        private volatile boolean closed;

        private BatchKey(byte[] dataKey, Bytes wrapped, String masterKeyId) {
            this.dataKey = dataKey;
            this.wrapped = wrapped;
            this.masterKeyId = masterKeyId;
        }

        Bytes wrapped() {
            return wrapped;
        }

        String masterKeyId() {
            return masterKeyId;
        }

        Bytes seal(String sku, String keyId, byte[] plain) {
            if (closed) {
                throw new IllegalStateException("a data key that was wiped seals nothing");
            }
            return Bytes.of(AesGcm.seal(dataKey, place(sku, keyId), plain));
        }

        /** What was sealed for this place; the caller clears it. */
        byte[] open(String sku, String keyId, Bytes sealed) throws GeneralSecurityException {
            return AesGcm.open(dataKey, place(sku, keyId), sealed.toArray());
        }

        /** The same data key, wrapped under another master key; it shares nothing that a close clears. */
        BatchKey under(KeyCipher cipher) {
            return new BatchKey(dataKey.clone(), cipher.wrap(Bytes.of(dataKey)), cipher.keyId());
        }

        @Override
        public void close() {
            closed = true;
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    BatchKey newBatchKey() {
        byte[] dataKey = AesGcm.newKey();
        return new BatchKey(
                dataKey, ring.current().wrap(Bytes.of(dataKey)), ring.current().keyId());
    }

    /** @throws UnusableDatabaseException if it was wrapped under a master key that is not known here */
    BatchKey batchKey(String batch, Bytes wrapped, String masterKeyId) {
        KeyCipher cipher = ring.of(masterKeyId).orElseThrow(() -> unknown("Batch " + batch, masterKeyId, ring));
        return new BatchKey(cipher.unwrap(wrapped).toArray(), wrapped, masterKeyId);
    }

    /** As {@link #batchKey}, from the data keys that are kept in memory if it is there. */
    BatchKey keptBatchKey(String batch, Bytes wrapped, String masterKeyId) {
        KeyCipher cipher = ring.of(masterKeyId).orElseThrow(() -> unknown("Batch " + batch, masterKeyId, ring));
        return new BatchKey(dataKeys.open(wrapped, () -> cipher.unwrap(wrapped).toArray()), wrapped, masterKeyId);
    }

    byte[] fingerprint(String sku, byte[] plain) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(fingerprintKey);
            mac.update(place(sku, ""));
            return mac.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /**
     * A key as it lies in its row.
     *
     * @param wrappedKey the data key it was sealed under
     */
    record Sealed(String keyId, String sku, Bytes content, Bytes wrappedKey, String masterKeyId, String batch) {}

    /**
     * Opens keys; each data key among them is unwrapped once at most.
     *
     * @throws StoreException if a row holds what was sealed for another one, or under another key
     */
    List<Secret> open(List<Sealed> keys) {
        Map<Bytes, byte[]> opened = new HashMap<>();
        try {
            List<Secret> secrets = new ArrayList<>();
            for (Sealed sealed : keys) {
                secrets.add(open(sealed, opened.computeIfAbsent(sealed.wrappedKey(), wrapped -> dataKey(sealed))));
            }
            return secrets;
        } finally {
            opened.values().forEach(key -> Arrays.fill(key, (byte) 0));
        }
    }

    private byte[] dataKey(Sealed sealed) {
        KeyCipher cipher = ring.of(sealed.masterKeyId())
                .orElseThrow(() -> broken(
                        sealed,
                        new GeneralSecurityException("its batch " + sealed.batch() + " was sealed with master key "
                                + sealed.masterKeyId() + ", this is master key " + ring.names())));
        return dataKeys.open(
                sealed.wrappedKey(), () -> cipher.unwrap(sealed.wrappedKey()).toArray());
    }

    private static Secret open(Sealed sealed, byte[] dataKey) {
        byte[] plain = new byte[0];
        try {
            plain = AesGcm.open(
                    dataKey,
                    place(sealed.sku(), sealed.keyId()),
                    sealed.content().toArray());
            return Secret.of(new String(plain, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw broken(sealed, e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static StoreException broken(Sealed sealed, GeneralSecurityException cause) {
        return new StoreException(
                "Key " + sealed.keyId() + " of SKU " + sealed.sku()
                        + " cannot be opened: what lies in its row was sealed for another row or key, or was changed ("
                        + cause.getMessage() + "). Nothing was shown. Restore the row from a backup.",
                false,
                cause);
    }

    private static byte[] place(String sku, String keyId) {
        return ("kadao key\n" + sku + "\n" + keyId).getBytes(StandardCharsets.UTF_8);
    }
}
