package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Secret;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens what a notice is about: AES-256-GCM under the merchant's APIv3 key ("参数解密" in the gateway's description of
 * its notices: a key of 32 bytes, a nonce of 12, associated data that may be empty). Thread-safe.
 */
final class SealedResource {
    static final String ALGORITHM = "AEAD_AES_256_GCM";
    static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final int LONGEST_NONCE = 16;
    private static final int LONGEST_ASSOCIATED_DATA = 64;

    private final SecretKeySpec key;

    SealedResource(Secret apiV3Key) {
        this.key = new SecretKeySpec(apiV3Key.expose().getBytes(StandardCharsets.UTF_8), "AES");
    }

    /** @throws UnreadableException if it is not sealed with our key; quotes nothing of it */
    StrictJson open(StrictJson resource) throws UnreadableException {
        if (!required(resource, "algorithm").equals(ALGORITHM)) {
            throw new UnreadableException("the resource is sealed in another way than " + ALGORITHM);
        }
        byte[] nonce = required(resource, "nonce").getBytes(StandardCharsets.UTF_8);
        byte[] associated = resource.text("associated_data").orElse("").getBytes(StandardCharsets.UTF_8);
        if (nonce.length == 0 || nonce.length > LONGEST_NONCE || associated.length > LONGEST_ASSOCIATED_DATA) {
            throw new UnreadableException("the resource's nonce or associated data is too long or empty");
        }
        return StrictJson.read(opened(required(resource, "ciphertext"), nonce, associated));
    }

    byte[] opened(String ciphertext, byte[] nonce, byte[] associated) throws UnreadableException {
        try {
            byte[] sealed = Base64.getDecoder().decode(ciphertext);
            if (sealed.length < TAG_BITS / Byte.SIZE) {
                // The JDK would not refuse what is shorter than a seal, but fail over it.
                throw new UnreadableException("the resource is shorter than a seal");
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(sealed);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnreadableException("the resource cannot be opened with the configured APIv3 key");
        }
    }

    private static String required(StrictJson resource, String name) throws UnreadableException {
        return resource.text(name)
                .orElseThrow(() -> new UnreadableException("member 'resource." + name + "' is missing"));
    }
}
