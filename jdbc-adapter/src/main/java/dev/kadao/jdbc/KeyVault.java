package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyCipher;
import dev.kadao.port.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals keys and opens them again. Each import has a data key of its own, kept wrapped under the shop's master key; a
 * key is sealed for its row, so that it opens nowhere else. Fingerprints, under a key made at the first start, find
 * duplicates without opening anything. Thread-safe.
 */
final class KeyVault {
    private static final String MASTER_KEY_ID = "master_key_id";
    private static final String FINGERPRINT_KEY = "fingerprint_key";
    private static final String HMAC = "HmacSHA256";

    private final KeyCipher cipher;
    private final SecretKeySpec fingerprintKey;

    private KeyVault(KeyCipher cipher, SecretKeySpec fingerprintKey) {
        this.cipher = cipher;
        this.fingerprintKey = fingerprintKey;
    }

    /** @throws UnusableDatabaseException if the database was written with another master key */
    static KeyVault open(Database database, KeyCipher cipher) throws SQLException {
        Transactions transactions = database.transactions();
        if (transactions.read(session -> meta(session, MASTER_KEY_ID)).isEmpty()) {
            begin(transactions, cipher);
        }
        String writtenWith =
                transactions.read(session -> meta(session, MASTER_KEY_ID)).orElse("");
        if (!writtenWith.equals(cipher.keyId())) {
            throw new UnusableDatabaseException("The keys in this database were sealed with master key " + writtenWith
                    + ", but it was opened with master key " + cipher.keyId()
                    + ": no key could be shown to a buyer. Start with the master key it was written with.");
        }
        String wrapped = transactions
                .read(session -> meta(session, FINGERPRINT_KEY))
                .orElseThrow(() -> new UnusableDatabaseException("The database knows its master key " + writtenWith
                        + " but has no " + FINGERPRINT_KEY + " in kadao_meta: restore that row from a backup."));
        byte[] key =
                cipher.unwrap(Bytes.of(Base64.getDecoder().decode(wrapped))).toArray();
        try {
            return new KeyVault(cipher, new SecretKeySpec(key, HMAC));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
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

    /** The data key of one import. */
    final class BatchKey implements AutoCloseable {
        private final byte[] dataKey = AesGcm.newKey();
        private final Bytes wrapped = cipher.wrap(Bytes.of(dataKey));

        Bytes wrapped() {
            return wrapped;
        }

        String masterKeyId() {
            return cipher.keyId();
        }

        byte[] seal(String sku, String keyId, byte[] plain) {
            return AesGcm.seal(dataKey, place(sku, keyId), plain);
        }

        @Override
        public void close() {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    BatchKey newBatchKey() {
        return new BatchKey();
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
     * @param wrappedKey the data key of its import
     */
    record Sealed(String keyId, String sku, Bytes content, Bytes wrappedKey, String masterKeyId, String batch) {}

    /** @throws StoreException if the row holds what was sealed for another one, or under another key */
    Secret open(Sealed sealed) {
        if (!sealed.masterKeyId().equals(cipher.keyId())) {
            throw broken(
                    sealed,
                    new GeneralSecurityException("its batch " + sealed.batch() + " was sealed with master key "
                            + sealed.masterKeyId() + ", this is master key " + cipher.keyId()));
        }
        byte[] dataKey = cipher.unwrap(sealed.wrappedKey()).toArray();
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
            Arrays.fill(dataKey, (byte) 0);
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
