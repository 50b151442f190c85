package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway.NoticeReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All notices that the official library takes and ours does not, and the one that it is the other way round with. */
class StricterOnPurposeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:05Z");
    private static final String PAID = Draft.trade("cart42_p1", "SUCCESS", "{\"total\":4900,\"currency\":\"CNY\"}");
    private final WeChatPay gateway = TestKeys.settings().build();

    static Stream<Arguments> stricter() {
        Draft good = Draft.transaction(PAID, NOW);
        return Stream.of(
                Arguments.of(
                        "signed ten minutes ago: its parser leaves the age to the caller",
                        good.signedAt(NOW.minusSeconds(600)).notice()),
                Arguments.of(
                        "signed ten minutes ahead",
                        good.signedAt(NOW.plusSeconds(600)).notice()),
                Arguments.of(
                        "a line break in the nonce, which moves the border between nonce and body",
                        good.nonce("EcGIUDLT\n{").notice()),
                Arguments.of("blanks in the nonce", good.nonce("a b c").notice()),
                Arguments.of(
                        "the signature in another spelling of base64",
                        good.withHeader("Wechatpay-Signature", good.signature().replace("=", ""))),
                Arguments.of("another merchant's", altered("mchid\":\"1900000109", "mchid\":\"1900000110")),
                Arguments.of("another app's", altered("wx8888888888888888", "wx9999999999999999")),
                Arguments.of("an amount as text", altered("4900", "\"4900\"")),
                Arguments.of("an amount in full-width digits", altered("4900", "\"４９００\"")),
                Arguments.of("an amount as 49e2", altered("4900", "49e2")),
                Arguments.of("an amount as 4900.0", altered("4900", "4900.0")),
                Arguments.of("an amount below zero", altered("4900", "-4900")),
                Arguments.of("an amount of nothing", altered("4900", "0")),
                Arguments.of("paid, without an amount", altered("\"total\":4900,", "")),
                Arguments.of("paid, without a trade number", altered("4200001234202611230001", "")),
                Arguments.of("paid, without a reference", altered("cart42_p1", "")),
                Arguments.of("a member twice", altered("{\"total\":4900", "{\"total\":1,\"total\":4900")),
                Arguments.of("JSON in a loose spelling", altered("\"total\":4900", "total:4900")),
                Arguments.of(
                        "the notice itself in a loose spelling",
                        good.body(new String(good.body(), StandardCharsets.UTF_8)
                                        .replace("\"event_type\"", "event_type")
                                        .getBytes(StandardCharsets.UTF_8))
                                .notice()),
                Arguments.of("a resource's nonce of 17 bytes", resource("n".repeat(17), "transaction")),
                Arguments.of("associated data of 65 bytes", resource("fdasflkja484", "d".repeat(65))),
                Arguments.of(
                        "over 256 KiB",
                        Draft.transaction(
                                        PAID.replace("\"attach\":\"\"", "\"attach\":\"" + "x".repeat(300_000) + "\""),
                                        NOW)
                                .notice()));
    }

    private static InboundNotice altered(String what, String by) {
        assertThat(PAID).contains(what);
        return Draft.transaction(PAID.replace(what, by), NOW).notice();
    }

    private static InboundNotice resource(String nonce, String associated) {
        String sealed = TestKeys.seal(TestKeys.API_V3_KEY, nonce, associated, PAID);
        return Draft.raw(
                        Draft.notice(
                                "TRANSACTION.SUCCESS",
                                "{\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\"" + sealed
                                        + "\",\"associated_data\":\"" + associated + "\",\"nonce\":\"" + nonce + "\"}"),
                        NOW)
                .notice();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stricter")
    void the_library_takes_it_and_ours_refuses(String what, InboundNotice notice) {
        assertThat(Official.read(notice)).as("official: %s", what).isPresent();
        assertThat(gateway.read(notice)).as("ours: %s", what).isInstanceOf(NoticeReading.Forged.class);
    }

    @Test
    void headers_given_twice_are_for_the_caller_of_the_library_and_refused_by_ours() {
        Draft good = Draft.transaction(PAID, NOW);
        InboundNotice twice = good.withHeader("Wechatpay-Nonce", good.nonce(), good.nonce());

        assertThat(gateway.read(twice)).isInstanceOf(NoticeReading.Forged.class);
    }

    @Test
    void a_key_past_its_date_is_good_to_the_library_and_refused_by_ours() {
        InboundNotice notice = Draft.transaction(PAID, NOW).notice();
        PlatformKeys ended = new PlatformKeys(List.of(
                new PlatformKeys.Key(TestKeys.PLATFORM_SERIAL, TestKeys.PLATFORM.getPublic(), NOW.minusSeconds(1))));

        assertThat(Official.read(notice)).isPresent();
        assertThat(ended.flawOf(
                        name -> Draft.transaction(PAID, NOW).headers().getOrDefault(name, List.of()),
                        notice.body().toArray(),
                        NOW))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("was valid until"));
    }

    @Test
    void absent_associated_data_is_as_good_as_empty_to_ours_and_breaks_the_library() {
        String sealed = TestKeys.seal(TestKeys.API_V3_KEY, "fdasflkja484", "", PAID);
        InboundNotice notice = Draft.raw(
                        Draft.notice(
                                "TRANSACTION.SUCCESS",
                                "{\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\"" + sealed
                                        + "\",\"nonce\":\"fdasflkja484\"}"),
                        NOW)
                .notice();

        assertThat(Official.read(notice)).isEmpty();
        assertThat(gateway.read(notice)).isInstanceOf(NoticeReading.Genuine.class);
    }
}
