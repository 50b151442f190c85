package dev.kadao.examples.cardshop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final Instant NOW = Instant.parse("2026-11-01T08:30:00Z");
    private static final byte[] BODY = "{\"a\":\"卡\"}".getBytes(StandardCharsets.UTF_8);
    private final Signature signature = Signature.of("密钥", NOW, BODY);

    @Test
    void it_is_the_lower_case_hex_hmac_of_timestamp_dot_body() {
        // printf '%s' '1793521800.{"a":"卡"}' | openssl dgst -sha256 -hmac '密钥'
        assertThat(signature.timestamp()).isEqualTo("1793521800");
        assertThat(signature.signature())
                .isEqualTo("sha256=8ab6132bb3494f421bc0282a841d78efac0e25bd4ee6c1bfbc19294797eeef7f");
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 0, 1, 300})
    void a_message_is_good_within_300_seconds_both_ways(long seconds) {
        assertThat(isGood("密钥", signature.timestamp(), signature.signature(), BODY, NOW.plusSeconds(seconds)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-86400, -301, 301, 86400})
    void an_old_message_and_one_from_the_future_are_refused(long seconds) {
        assertThat(isGood("密钥", signature.timestamp(), signature.signature(), BODY, NOW.plusSeconds(seconds)))
                .isFalse();
    }

    @Test
    void another_secret_body_or_time_is_refused() {
        assertThat(isGood("密", signature.timestamp(), signature.signature(), BODY, NOW))
                .isFalse();
        assertThat(isGood("密钥", signature.timestamp(), signature.signature(), new byte[0], NOW))
                .isFalse();
        assertThat(isGood("密钥", "1793521801", signature.signature(), BODY, NOW)).isFalse();
    }

    @Test
    void the_signature_is_compared_as_it_is_written() {
        String hex = signature.signature().substring(7);
        for (String other : new String[] {
            hex, "sha256=" + hex.toUpperCase(Locale.ROOT), "SHA256=" + hex, "sha256=", "", "sha256=" + hex + " "
        }) {
            assertThat(isGood("密钥", signature.timestamp(), other, BODY, NOW)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1793521800",
                "+1793521800",
                "1793521800.0",
                "-1793521800",
                "１７９３５２１８００",
                "99999999999999999999"
            })
    void a_timestamp_that_is_no_plain_number_is_refused_even_if_it_is_signed(String timestamp) {
        assertThat(isGood("密钥", timestamp, signature.signature(), BODY, NOW)).isFalse();
    }

    @Test
    void missing_headers_are_refused() {
        assertThat(Signature.isGood("密钥", Optional.empty(), Optional.of(signature.signature()), BODY, NOW))
                .isFalse();
        assertThat(Signature.isGood("密钥", Optional.of(signature.timestamp()), Optional.empty(), BODY, NOW))
                .isFalse();
    }

    private static boolean isGood(String secret, String timestamp, String signature, byte[] body, Instant now) {
        return Signature.isGood(secret, Optional.of(timestamp), Optional.of(signature), body, now);
    }
}
