package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.gateways.shared.Rsa;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the official Java library publishes in its tests holds for ours. */
class PublishedVectorsTest {
    private final Properties vectors = new Properties();

    @BeforeEach
    void read() throws IOException {
        try (Reader in = new InputStreamReader(
                PublishedVectorsTest.class.getResourceAsStream("published-vectors.properties"),
                StandardCharsets.UTF_8)) {
            vectors.load(in);
        }
    }

    private String of(String name) {
        return vectors.getProperty(name);
    }

    private byte[] opened(String prefix) throws Exception {
        return new SealedResource(Secret.of(of("apiV3Key")))
                .opened(
                        of(prefix + ".text"),
                        of(prefix + ".nonce").getBytes(StandardCharsets.UTF_8),
                        of(prefix + ".associated").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_ciphers_vector_opens() throws Exception {
        assertThat(new String(opened("cipher"), StandardCharsets.UTF_8)).isEqualTo(of("cipher.plain"));
    }

    @Test
    void the_signatures_vector_is_good_under_its_certificate_and_no_other() {
        byte[] message = of("signature.message").getBytes(StandardCharsets.UTF_8);
        PublicKey merchant = Rsa.publicKey("the certificate", of("merchant.certificate"));
        PublicKey platform = Rsa.publicKey("the key", of("platform.publicKey"));

        assertThat(Rsa.isSigned(merchant, message, of("signature.base64"))).isTrue();
        assertThat(Rsa.isSigned(platform, message, of("signature.base64"))).isFalse();
    }

    @Test
    void a_platform_certificate_has_its_published_serial_key_and_end() {
        PlatformKeys.Key key = PlatformCertificate.key(
                "the certificate", of("platform.serial"), of("platform.certificate"), Instant.MAX);

        assertThat(key.key()).isEqualTo(Rsa.publicKey("the key", of("platform.publicKey")));
        assertThat(key.lastValid()).isEqualTo(Instant.parse("2025-05-09T02:04:30Z"));
    }

    @Test
    void a_downloaded_platform_certificate_opens_and_has_its_published_serial() throws Exception {
        String certificate = new String(opened("download"), StandardCharsets.UTF_8);

        PlatformKeys.Key key =
                PlatformCertificate.key("the certificate", of("download.serial"), certificate, Instant.MAX);
        assertThat(key.lastValid()).isEqualTo(Instant.parse("2028-09-17T15:15:58Z"));
        assertThat(PlatformCertificate.key("the certificate", of("download.serial"), certificate, Instant.EPOCH)
                        .lastValid())
                .isEqualTo(Instant.EPOCH);
    }

    @Test
    void a_certificate_under_anothers_serial_is_refused() {
        assertThatThrownBy(() -> PlatformCertificate.key(
                        "the certificate", of("merchant.serial"), of("platform.certificate"), Instant.MAX))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(of("platform.serial"));
        assertThatThrownBy(() -> PlatformCertificate.key(
                        "the certificate", "PUB_KEY_ID_1", of("platform.certificate"), Instant.MAX))
                .isInstanceOf(InvalidValueException.class);
    }
}
