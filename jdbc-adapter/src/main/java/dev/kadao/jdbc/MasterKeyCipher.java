package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.KeyCipher;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Wraps data keys with a master key of 32 bytes that this process holds, by AES-256-GCM. Thread-safe. Whoever loses the
 * master key loses the stock: keep a copy apart from the database's backups.
 */
public final class MasterKeyCipher implements KeyCipher {
    private static final byte[] PLACE = "kadao data key".getBytes(StandardCharsets.US_ASCII);

    private final byte[] masterKey;
    private final String keyId;

    private MasterKeyCipher(byte[] masterKey) {
        this.masterKey = masterKey;
        this.keyId = idOf(masterKey);
    }

    /**
     * A cipher with this master key.
     *
     * @param masterKey 32 random bytes; copied, so the caller may clear its own
     * @throws InvalidValueException if it has another length
     */
    public static MasterKeyCipher of(byte[] masterKey) {
        if (masterKey.length != AesGcm.KEY_LENGTH) {
            throw new InvalidValueException("a master key has " + AesGcm.KEY_LENGTH + " bytes, not " + masterKey.length
                    + ": make one with 'openssl rand -base64 32'");
        }
        return new MasterKeyCipher(masterKey.clone());
    }

    /** The first 16 hexadecimal digits of SHA-256 over {@code kadao key id} and the master key. */
    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public Bytes wrap(Bytes dataKey) {
        byte[] plain = dataKey.toArray();
        try {
            return Bytes.of(AesGcm.seal(masterKey, PLACE, plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidValueException if it was wrapped under another master key, or changed
     */
    @Override
    public Bytes unwrap(Bytes wrapped) {
        byte[] plain = new byte[0];
        try {
            plain = AesGcm.open(masterKey, PLACE, wrapped.toArray());
            return Bytes.of(plain);
        } catch (GeneralSecurityException e) {
            throw new InvalidValueException("a data key does not open under master key " + keyId
                    + ": it was wrapped under another one, or changed");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "MasterKeyCipher(" + keyId + ")";
    }

    private static String idOf(byte[] masterKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("kadao key id".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(masterKey), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
