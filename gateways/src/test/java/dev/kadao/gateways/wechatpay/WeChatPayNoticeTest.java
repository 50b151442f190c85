package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeChatPayNoticeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:05Z");
    private static final String CNY_4900 = "{\"total\":4900,\"currency\":\"CNY\"}";
    private final WeChatPay gateway = TestKeys.settings().build();

    private NoticeReading.Genuine genuine(InboundNotice notice) {
        NoticeReading reading = gateway.read(notice);
        assertThat(reading).isInstanceOf(NoticeReading.Genuine.class);
        return (NoticeReading.Genuine) reading;
    }

    private void assertRefused(int status, String reason, InboundNotice notice) {
        NoticeReading reading = gateway.read(notice);
        assertThat(reading).isInstanceOf(NoticeReading.Forged.class);
        NoticeReading.Forged forged = (NoticeReading.Forged) reading;
        assertThat(forged.reason()).contains(reason);
        assertThat(forged.reason()).doesNotContain(TestKeys.API_V3_KEY).doesNotContain("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
        assertThat(forged.reply().status()).isEqualTo(status);
        assertThat(forged.reply().contentType()).startsWith("application/json");
        assertThat(forged.reply().body().asUtf8())
                .startsWith("{\"code\":\"FAIL\",\"message\":\"")
                .doesNotContain(forged.reason());
    }

    private void assertUnbelieved(String reason, InboundNotice notice) {
        assertRefused(401, reason, notice);
    }

    private void assertUnreadable(String reason, Draft draft) {
        assertRefused(400, reason, draft.notice());
    }

    private static Draft trade(String resource) {
        return Draft.transaction(resource, NOW);
    }

    private static Draft amount(String amount) {
        return trade(Draft.trade("cart42_p1", "SUCCESS", amount));
    }

    @Test
    void a_paid_notice_names_payment_trade_and_the_orders_amount_and_is_acknowledged_without_a_body() {
        NoticeReading.Genuine reading = genuine(Draft.paid("cart42_p1", NOW).notice());

        assertThat(reading.payment()).isEqualTo("cart42_p1");
        assertThat(reading.word())
                .isEqualTo(new PaymentWord.Paid("4200001234202611230001", new Money(4_900, Currency.CNY)));
        assertThat(reading.whenStored().status()).isEqualTo(200);
        assertThat(reading.whenStored().body()).isEqualTo(Bytes.EMPTY);
        assertThat(reading.whenNot().status()).isEqualTo(503);
        assertThat(reading.whenNot().body().asUtf8()).isEqualTo("{\"code\":\"FAIL\",\"message\":\"try again later\"}");
    }

    @Test
    void a_notice_signed_with_the_gateways_public_key_is_believed_under_its_id() {
        Draft draft = Draft.paid("cart42_p1", NOW).key(TestKeys.PUBLIC_KEY_ID, TestKeys.OTHER_PLATFORM.getPrivate());

        assertThat(genuine(draft.notice()).payment()).isEqualTo("cart42_p1");
    }

    @Test
    void a_reference_that_is_none_of_ours_is_handed_on_as_it_is() {
        assertThat(genuine(Draft.paid("someone-elses|order*1", NOW).notice()).payment())
                .isEqualTo("someone-elses|order*1");
    }

    @Test
    void another_currency_is_handed_on_and_none_is_cny() {
        assertThat(genuine(amount("{\"total\":4900,\"currency\":\"JPY\"}").notice())
                        .word())
                .isEqualTo(new PaymentWord.Paid("4200001234202611230001", new Money(4_900, Currency.JPY)));
        assertThat(genuine(amount("{\"total\":4900}").notice()).word())
                .isEqualTo(new PaymentWord.Paid("4200001234202611230001", new Money(4_900, Currency.CNY)));
    }

    @Test
    void names_of_headers_count_in_any_case() {
        Draft draft = Draft.paid("cart42_p1", NOW);
        Map<String, List<String>> lower = new HashMap<>();
        draft.headers().forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));

        assertThat(genuine(draft.with(lower)).payment()).isEqualTo("cart42_p1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wechatpay-Serial", "Wechatpay-Nonce", "Wechatpay-Timestamp", "Wechatpay-Signature"})
    void a_header_that_is_missing_or_given_twice_is_refused(String name) {
        Draft draft = Draft.paid("cart42_p1", NOW);
        String value = draft.headers().get(name).get(0);

        assertUnbelieved("missing or given twice", draft.withHeader(name));
        assertUnbelieved("missing or given twice", draft.withHeader(name, value, value));
    }

    @Test
    void the_type_of_the_signature_may_be_absent_and_must_otherwise_be_ours() {
        Draft draft = Draft.paid("cart42_p1", NOW);

        assertThat(genuine(draft.withHeader("Wechatpay-Signature-Type")).payment())
                .isEqualTo("cart42_p1");
        assertUnbelieved(
                "Wechatpay-Signature-Type", draft.withHeader("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"));
        assertUnbelieved(
                "Wechatpay-Signature-Type",
                draft.withHeader("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048", "WECHATPAY2-SHA256-RSA2048"));
    }

    @Test
    void an_unknown_serial_is_refused_even_with_the_right_key() {
        Draft draft = Draft.paid("cart42_p1", NOW)
                .key("440024045C4A427599D09BB4E3DE0279F2E813FD", TestKeys.PLATFORM.getPrivate());

        assertUnbelieved("serial 440024045C4A427599D09BB4E3DE0279F2E813FD is of no configured", draft.notice());
    }

    @Test
    void a_known_serial_does_not_help_another_key() {
        Draft draft = Draft.paid("cart42_p1", NOW);

        assertUnbelieved(
                "does not match",
                draft.key(TestKeys.PLATFORM_SERIAL, TestKeys.OTHER_PLATFORM.getPrivate())
                        .notice());
        assertUnbelieved("does not match", draft.withHeader("Wechatpay-Signature", "不是签名"));
        assertUnbelieved("does not match", draft.withHeader("Wechatpay-Signature", ""));
        assertUnbelieved("does not match", draft.withHeader("Wechatpay-Signature", "A".repeat(1_000_000)));
    }

    @Test
    void a_key_past_its_date_is_refused_and_one_on_its_last_moment_is_not() {
        WeChatPayBuilder settings = WeChatPay.builder()
                .mchId(TestKeys.MCH_ID)
                .appId(TestKeys.APP_ID)
                .apiV3Key(Secret.of(TestKeys.API_V3_KEY))
                .merchantKey(TestKeys.MERCHANT_SERIAL, Secret.of(TestKeys.base64(TestKeys.MERCHANT.getPrivate())))
                .platformKey(TestKeys.PLATFORM_SERIAL, TestKeys.base64(TestKeys.PLATFORM.getPublic()), NOW)
                .notifyUrl("https://shop.example/notify")
                .description("keys");

        NoticeReading onTime =
                settings.build().read(Draft.paid("cart42_p1", NOW).notice());
        NoticeReading late =
                settings.build().read(Draft.paid("cart42_p1", NOW.plusMillis(1)).notice());

        assertThat(onTime).isInstanceOf(NoticeReading.Genuine.class);
        assertThat(late).isInstanceOfSatisfying(NoticeReading.Forged.class, forged -> {
            assertThat(forged.reason()).contains("was valid until " + NOW);
            assertThat(forged.reply().status()).isEqualTo(401);
        });
    }

    @Test
    void a_time_five_minutes_off_is_refused_in_both_directions_and_less_is_not() {
        Draft draft = Draft.paid("cart42_p1", NOW);

        assertThat(genuine(draft.signedAt(NOW.minusSeconds(299)).notice()).payment())
                .isEqualTo("cart42_p1");
        assertThat(genuine(draft.signedAt(NOW.plusSeconds(299)).notice()).payment())
                .isEqualTo("cart42_p1");
        assertUnbelieved("off by", draft.signedAt(NOW.minusSeconds(301)).notice());
        assertUnbelieved("off by", draft.signedAt(NOW.plusSeconds(301)).notice());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1.7e9", "-1", "+1763870405", "１７６３８７０４０５", "99999999999999999999", "1763870405 "})
    void a_time_that_is_no_number_of_seconds_is_refused(String timestamp) {
        Draft draft = Draft.paid("cart42_p1", NOW);

        assertUnbelieved("Wechatpay-Timestamp", draft.withHeader("Wechatpay-Timestamp", timestamp));
    }

    @Test
    void a_signature_probe_is_refused() {
        Draft draft = Draft.paid("cart42_p1", NOW);

        assertUnbelieved("probes", draft.withHeader("Wechatpay-Signature", "WECHATPAY/SIGNTEST/" + draft.signature()));
    }

    @Test
    void the_border_between_nonce_and_body_cannot_be_moved_under_the_same_signature() {
        Draft draft = Draft.paid("cart42_p1", NOW);
        String body = new String(draft.body(), StandardCharsets.UTF_8);
        Draft moved = draft.body(body.substring(1).getBytes(StandardCharsets.UTF_8));

        InboundNotice notice = moved.with(Map.of(
                "Wechatpay-Serial", List.of(draft.serial()),
                "Wechatpay-Timestamp", List.of(draft.timestamp()),
                "Wechatpay-Nonce", List.of(draft.nonce() + "\n" + body.charAt(0)),
                "Wechatpay-Signature", List.of(draft.signature())));

        assertUnbelieved("no plain text", notice);
    }

    @Test
    void one_notices_signature_on_anothers_body_is_refused() {
        Draft cheap = Draft.paid("cart42_p1", NOW);
        Draft dear = Draft.paid("cart43_p1", NOW);

        assertUnbelieved("does not match", dear.with(cheap.headers()));
    }

    @Test
    void every_single_changed_byte_of_the_body_is_refused() {
        Draft draft = Draft.paid("cart42_p1", NOW);
        Map<String, List<String>> headers = draft.headers();
        for (int i = 0; i < draft.body().length; i++) {
            byte[] changed = draft.body().clone();
            changed[i] ^= 0x20;
            assertThat(gateway.read(draft.body(changed).with(headers))).isInstanceOf(NoticeReading.Forged.class);
        }
    }

    @Test
    void a_genuine_notice_of_another_merchant_or_app_is_refused() {
        String ours = Draft.trade("cart42_p1", "SUCCESS", CNY_4900);

        assertUnreadable("another merchant's", trade(ours.replace(TestKeys.MCH_ID, "1900000110")));
        assertUnreadable("another app's", trade(ours.replace(TestKeys.APP_ID, "wx9999999999999999")));
        assertUnreadable("'mchid' is missing", trade(ours.replace("\"mchid\"", "\"sp_mchid\"")));
        assertUnreadable("'appid' is missing", trade(ours.replace("\"appid\"", "\"sp_appid\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"total\":1e2,\"currency\":\"CNY\"}",
                "{\"total\":100.0,\"currency\":\"CNY\"}",
                "{\"total\":100.001,\"currency\":\"CNY\"}",
                "{\"total\":\" 100 \",\"currency\":\"CNY\"}",
                "{\"total\":\"4900\",\"currency\":\"CNY\"}",
                "{\"total\":\"４９００\",\"currency\":\"CNY\"}",
                "{\"total\":[4900],\"currency\":\"CNY\"}",
                "{\"total\":-4900,\"currency\":\"CNY\"}",
                "{\"total\":0,\"currency\":\"CNY\"}",
                "{\"total\":99999999999999999999,\"currency\":\"CNY\"}",
                "{\"total\":true,\"currency\":\"CNY\"}",
                "{\"total\":null,\"currency\":\"CNY\"}",
                "{\"total\":4900,\"total\":1,\"currency\":\"CNY\"}",
                "{\"total\":4900,\"currency\":\"cny\"}",
                "{\"total\":4900,\"currency\":\"USDT\"}",
                "{\"total\":4900,\"currency\":156}",
                "{\"currency\":\"CNY\"}",
                "[4900]",
                "4900",
                "null"
            })
    void an_amount_that_is_no_whole_number_of_minor_units_is_refused(String amount) {
        assertUnreadable("signed by the gateway, but", amount(amount));
    }

    @Test
    void references_and_numbers_that_are_missing_or_of_another_form_are_refused() {
        String ours = Draft.trade("cart42_p1", "SUCCESS", CNY_4900);

        assertUnreadable("'out_trade_no' is missing", trade(ours.replace("cart42_p1", "")));
        assertUnreadable("'out_trade_no' has not the form", trade(ours.replace("cart42_p1", "cart42 p1")));
        assertUnreadable("'out_trade_no' has not the form", trade(ours.replace("cart42_p1", "a".repeat(65))));
        assertUnreadable("'out_trade_no' is no text", trade(ours.replace("\"cart42_p1\"", "42")));
        assertUnreadable("without 'transaction_id'", trade(ours.replace("4200001234202611230001", "")));
        assertUnreadable("'trade_state' is missing", trade(ours.replace("trade_state\"", "state\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTPAY", "USERPAYING", "PAYERROR", "REVOKED", "ACCEPT", "SOMETHING_NEW", ""})
    void a_state_that_says_nothing_of_money_is_pending(String state) {
        assertThat(genuine(trade(Draft.trade("cart42_p1", state, CNY_4900)).notice())
                        .word())
                .isEqualTo(new PaymentWord.Pending());
    }

    @Test
    void a_resource_that_is_not_sealed_with_our_key_is_refused() {
        String plain = Draft.trade("cart42_p1", "SUCCESS", CNY_4900);
        String sealed = TestKeys.seal("another key of thirty-two bytes!", "fdasflkja484", "", plain);
        String good = TestKeys.seal(TestKeys.API_V3_KEY, "fdasflkja484", "", plain);

        assertUnreadable("configured APIv3 key", resource("AEAD_AES_256_GCM", sealed, "fdasflkja484", "\"\""));
        assertUnreadable("configured APIv3 key", resource("AEAD_AES_256_GCM", good, "fdasflkja485", "\"\""));
        assertUnreadable("configured APIv3 key", resource("AEAD_AES_256_GCM", good, "fdasflkja484", "\"x\""));
        assertUnreadable("configured APIv3 key", resource("AEAD_AES_256_GCM", "!" + good, "fdasflkja484", "\"\""));
        assertUnreadable("shorter than a seal", resource("AEAD_AES_256_GCM", "", "fdasflkja484", "\"\""));
        assertUnreadable(
                "shorter than a seal", resource("AEAD_AES_256_GCM", "AAAAAAAAAAAAAAAAAAAA", "fdasflkja484", "\"\""));
        assertUnreadable(
                "configured APIv3 key",
                resource("AEAD_AES_256_GCM", "AAAAAAAAAAAAAAAAAAAAAA==", "fdasflkja484", "\"\""));
        assertUnreadable("another way", resource("AEAD_AES_128_GCM", good, "fdasflkja484", "\"\""));
        assertUnreadable("too long or empty", resource("AEAD_AES_256_GCM", good, "", "\"\""));
        assertUnreadable("too long or empty", resource("AEAD_AES_256_GCM", good, "n".repeat(17), "\"\""));
        assertUnreadable(
                "too long or empty", resource("AEAD_AES_256_GCM", good, "fdasflkja484", "\"" + "d".repeat(65) + "\""));
    }

    @Test
    void associated_data_may_be_empty_or_absent() {
        String good =
                TestKeys.seal(TestKeys.API_V3_KEY, "fdasflkja484", "", Draft.trade("cart42_p1", "SUCCESS", CNY_4900));

        assertThat(genuine(resource("AEAD_AES_256_GCM", good, "fdasflkja484", "\"\"")
                                .notice())
                        .payment())
                .isEqualTo("cart42_p1");
        assertThat(genuine(resource("AEAD_AES_256_GCM", good, "fdasflkja484", "null")
                                .notice())
                        .payment())
                .isEqualTo("cart42_p1");
    }

    private static Draft resource(String algorithm, String ciphertext, String nonce, String associated) {
        return Draft.raw(
                Draft.notice(
                        "TRANSACTION.SUCCESS",
                        "{\"algorithm\":\"" + algorithm + "\",\"ciphertext\":\"" + ciphertext + "\",\"nonce\":\""
                                + nonce + "\",\"associated_data\":" + associated + "}"),
                NOW);
    }

    @Test
    void signed_bodies_that_are_no_notice_are_refused_and_nothing_is_thrown() {
        for (String body : List.of("", "null", "[]", "{", "{}", "\"\"", "{\"event_type\":\"TRANSACTION.SUCCESS\"}")) {
            assertUnreadable("signed by the gateway, but", Draft.raw(body, NOW));
        }
        assertUnreadable("no strict JSON", Draft.raw("{\"a\":" + "[".repeat(100_000), NOW));
        assertUnreadable("no strict JSON", Draft.raw("{\"event_type\":\"A\",\"event_type\":\"A\"}", NOW));
        assertUnreadable("no strict JSON", Draft.raw("{\"event_type\":\"A\"} {}", NOW));
        assertUnreadable(
                "is not UTF-8", Draft.raw("", NOW).body("{\"event_type\":\"支付\"}".getBytes(StandardCharsets.UTF_16)));
        assertUnreadable("is not UTF-8", Draft.raw("", NOW).body(new byte[] {'{', (byte) 0xd6, 'x', '}'}));
    }

    @Test
    void other_methods_and_bodies_beyond_all_measure_are_refused_before_anything_is_computed() {
        Draft draft = Draft.paid("cart42_p1", NOW);

        assertRefused(
                400, "another method", new InboundNotice("GET", "", draft.headers(), Bytes.of(draft.body()), NOW));
        assertUnreadable("over 262144", Draft.raw("{\"a\":\"" + "x".repeat(1 << 20) + "\"}", NOW));
    }

    @Test
    void notices_about_other_products_are_acknowledged_and_ignored() {
        assertThat(gateway.read(Draft.raw(Draft.notice("PAYSCORE.USER_CONFIRM", "{}"), NOW)
                        .notice()))
                .isInstanceOf(NoticeReading.Irrelevant.class);
    }
}
