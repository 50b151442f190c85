package dev.kadao.gateways.wechatpay;

import dev.kadao.gateways.shared.Rsa;
import dev.kadao.order.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;

/** Reads a platform key as it was given, a bare one or a certificate, which has a serial and a last day of its own. */
final class PlatformCertificate {
    private PlatformCertificate() {}

    /**
     * The key; with a certificate until the earlier of both ends.
     *
     * @throws InvalidValueException if it is no key, or a certificate with another serial
     */
    static PlatformKeys.Key key(String name, String serial, String text, Instant lastValid) {
        PublicKey key = Rsa.publicKey(name, text);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            return new PlatformKeys.Key(serial, key, lastValid);
        }
        X509Certificate certificate = certificate(name, text);
        String own = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        boolean same =
                serial.matches("[0-9A-Fa-f]+") && new BigInteger(serial, 16).equals(certificate.getSerialNumber());
        if (!same) {
            throw new InvalidValueException(name + " is a certificate with the serial " + own
                    + ": give that one, since notices name their key by it.");
        }
        Instant end = certificate.getNotAfter().toInstant();
        return new PlatformKeys.Key(serial, key, end.isBefore(lastValid) ? end : lastValid);
    }

    private static X509Certificate certificate(String name, String text) {
        try {
            byte[] pem = text.strip().getBytes(StandardCharsets.US_ASCII);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new InvalidValueException(name + " is no certificate in PEM.");
        }
    }
}
