package dev.kadao.suppliers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import dev.kadao.suppliers.signing.Signature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSupplierNoticeTest {
    private static final String SUCCESS = "{\"reference\":\"cart42_1_1\",\"state\":\"success\",\"proof\":\"流水 1\"}";
    private final HttpSupplier supplier = Samples.supplier("http://127.0.0.1:1");

    private static InboundNotice notice(String method, Secret secret, long signedAt, String signed, byte[] sent) {
        String timestamp = Long.toString(signedAt);
        String signature = Signature.of(secret, timestamp, signed.getBytes(StandardCharsets.UTF_8));
        return new InboundNotice(
                method,
                "",
                Map.of("x-TIMESTAMP", List.of(timestamp), "X-Signature", List.of(signature)),
                Bytes.of(sent),
                Samples.NOW);
    }

    private static InboundNotice signed(String body) {
        return notice(
                "POST", Samples.SECRET, Samples.NOW.getEpochSecond(), body, body.getBytes(StandardCharsets.UTF_8));
    }

    private static InboundNotice off(long seconds) {
        return notice(
                "POST",
                Samples.SECRET,
                Samples.NOW.getEpochSecond() + seconds,
                SUCCESS,
                SUCCESS.getBytes(StandardCharsets.UTF_8));
    }

    private void isRefused(InboundNotice notice, int status) {
        SupplierReading reading = supplier.read(notice);
        assertThat(reading).isInstanceOf(SupplierReading.Forged.class);
        SupplierReading.Forged forged = (SupplierReading.Forged) reading;
        assertThat(forged.reply().status()).isEqualTo(status);
        assertThat(forged.reply().body().asUtf8()).isEqualTo(status == 401 ? "unauthorized" : "bad request");
        assertThat(forged.reason()).doesNotContain(Samples.SECRET.expose()).doesNotContain("流水");
    }

    @Test
    void a_signed_notice_is_genuine_and_says_what_to_reply() {
        SupplierReading.Genuine genuine = (SupplierReading.Genuine) supplier.read(signed(SUCCESS));

        assertThat(genuine.reference()).isEqualTo("cart42_1_1");
        assertThat(genuine.answer()).isEqualTo(new Answer.Delivered(new Proof.Receipt("流水 1"), null));
        assertThat(genuine.whenStored().status()).isEqualTo(200);
        assertThat(genuine.whenStored().body().asUtf8()).isEqualTo("ok");
        assertThat(genuine.whenNot().status()).isEqualTo(503);
    }

    @Test
    void a_signature_made_elsewhere_is_the_one_expected_here() {
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac topsecret
        assertThat(Signature.of(Secret.of("topsecret"), "1700000000", new byte[] {'{', '}'}))
                .isEqualTo("sha256=9ec0a0b3a9ebf7b4b512e23475f03d264dd11ea5aec41b6acdd5fff59a6a947c");
    }

    @Test
    void a_time_is_believed_up_to_300_seconds_off_in_both_directions() {
        assertThat(supplier.read(off(300))).isInstanceOf(SupplierReading.Genuine.class);
        assertThat(supplier.read(off(-300))).isInstanceOf(SupplierReading.Genuine.class);
        isRefused(off(301), 401);
        isRefused(off(-301), 401);
        isRefused(off(99_999_999_999L), 401);
    }

    @Test
    void another_secret_another_body_or_another_time_is_forged() {
        byte[] body = SUCCESS.getBytes(StandardCharsets.UTF_8);
        long now = Samples.NOW.getEpochSecond();
        isRefused(notice("POST", Secret.of("guess"), now, SUCCESS, body), 401);
        isRefused(notice("POST", Samples.SECRET, now, SUCCESS + " ", body), 401);
        InboundNotice good = signed(SUCCESS);
        isRefused(with(good, "x-timestamp", List.of(Long.toString(now + 1))), 401);
    }

    @Test
    void headers_that_are_missing_doubled_or_in_another_form_are_forged() {
        InboundNotice good = signed(SUCCESS);
        String signature = good.header("x-signature").orElseThrow();
        isRefused(with(good, "x-signature", List.of()), 401);
        isRefused(with(good, "x-timestamp", List.of()), 401);
        isRefused(with(good, "x-signature", List.of(signature, signature)), 401);
        isRefused(with(good, "x-signature", List.of(signature.substring(7))), 401);
        isRefused(with(good, "x-signature", List.of("sha256=")), 401);
        isRefused(with(good, "x-timestamp", List.of("now")), 401);
        isRefused(with(good, "x-timestamp", List.of("-1")), 401);
        isRefused(with(good, "x-timestamp", List.of("9".repeat(40))), 401);
    }

    private static InboundNotice with(InboundNotice notice, String header, List<String> values) {
        Map<String, List<String>> headers = new java.util.HashMap<>(notice.headers());
        headers.put(header, values);
        return new InboundNotice(notice.method(), notice.query(), headers, notice.body(), notice.receivedAt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "流水",
                "[]",
                "{\"state\":\"success\",\"proof\":\"p\"}",
                "{\"reference\":7,\"state\":\"success\",\"proof\":\"p\"}",
                "{\"reference\":\"a_1_1\",\"reference\":\"b_1_1\",\"state\":\"processing\"}",
                "{\"reference\":\"cart42_1_1\",\"state\":\"delivered\"}",
                "{\"reference\":\"cart42_1_1\"}"
            })
    void a_signed_notice_that_cannot_be_read_is_a_bad_request(String body) {
        isRefused(signed(body), 400);
    }

    @Test
    void bytes_that_are_no_utf_8_are_a_bad_request_however_well_signed() {
        byte[] body = {'{', (byte) 0xff, '}'};
        String timestamp = Long.toString(Samples.NOW.getEpochSecond());
        Map<String, List<String>> headers = Map.of(
                "X-Timestamp", List.of(timestamp),
                "X-Signature", List.of(Signature.of(Samples.SECRET, timestamp, body)));
        isRefused(new InboundNotice("POST", "", headers, Bytes.of(body), Samples.NOW), 400);
    }

    @Test
    void only_a_post_is_a_notice() {
        byte[] body = SUCCESS.getBytes(StandardCharsets.UTF_8);
        isRefused(notice("GET", Samples.SECRET, Samples.NOW.getEpochSecond(), SUCCESS, body), 400);
    }

    @Test
    void a_reference_of_another_form_is_handed_on_for_others_to_judge() {
        String body = "{\"reference\":\"../x 😀\",\"state\":\"processing\"}";

        assertThat(((SupplierReading.Genuine) supplier.read(signed(body))).reference())
                .isEqualTo("../x 😀");
    }
}
