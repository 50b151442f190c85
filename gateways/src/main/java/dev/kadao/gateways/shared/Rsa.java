package dev.kadao.gateways.shared;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** RSA keys as gateways hand them out, and signatures SHA256withRSA in base64, which both Alipay and WeChat Pay use. */
public final class Rsa {
    private static final String ALGORITHM = "SHA256withRSA";
    private static final int FEWEST_BITS = 2048;

    private Rsa() {}

    /**
     * Reads a public key: base64 or PEM of X.509 SubjectPublicKeyInfo, or a certificate in PEM.
     *
     * @param name says in messages which setting it is
     * @throws InvalidValueException if it is no RSA key of 2,048 bits or more; quotes nothing of it
     */
    public static PublicKey publicKey(String name, String text) {
        try {
            byte[] der = der(text);
            PublicKey key = text.contains("-----BEGIN CERTIFICATE-----")
                    ? CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey()
                    : KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
            return bigEnough(name, key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidValueException(name + " is no RSA public key: give it as base64 or PEM of X.509"
                    + " (\"BEGIN PUBLIC KEY\"), or as a certificate in PEM.");
        }
    }

    /**
     * Reads a private key: base64 or PEM of PKCS#8.
     *
     * @param name says in messages which setting it is
     * @throws InvalidValueException if it is no RSA key of 2,048 bits or more; quotes nothing of it
     */
    public static PrivateKey privateKey(String name, Secret text) {
        try {
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(text.expose())));
            return bigEnough(name, key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidValueException(name + " is no RSA private key: give it as base64 or PEM of PKCS#8"
                    + " (\"BEGIN PRIVATE KEY\"; openssl pkcs8 -topk8 -nocrypt makes it of PKCS#1).");
        }
    }

    private static <K> K bigEnough(String name, K key) {
        int bits = key instanceof RSAKey rsa ? rsa.getModulus().bitLength() : 0;
        if (bits < FEWEST_BITS) {
            throw new InvalidValueException(
                    name + " is an RSA key of " + bits + " bits: use " + FEWEST_BITS + " or more.");
        }
        return key;
    }

    private static byte[] der(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return Base64.getDecoder().decode(base64);
    }

    /** The signature in base64. */
    public static String sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM + ", and the key was checked", e);
        }
    }

    /**
     * Whether it is the key's signature of the content; false for anything that is no base64 too, and for base64 that an
     * encoder would not have written: several such texts stand for the same bytes.
     */
    public static boolean isSigned(PublicKey key, byte[] content, String base64) {
        try {
            byte[] given = Base64.getDecoder().decode(base64);
            if (!Base64.getEncoder().encodeToString(given).equals(base64)) {
                return false;
            }
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(given);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Not a failure of ours: the JDK refuses signatures of the wrong length by an exception.
            return false;
        }
    }
}
