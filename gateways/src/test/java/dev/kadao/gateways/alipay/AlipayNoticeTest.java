package dev.kadao.gateways.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlipayNoticeTest {
    private static final Instant NOW = AlipaySamples.NOW;
    private static final String TRADE = "2026112322001460341440512041";
    private final PaymentGateway gateway = AlipaySamples.gateway();

    private static Map<String, String> with(Consumer<Map<String, String>> change) {
        Map<String, String> parameters = AlipaySamples.paid(NOW);
        change.accept(parameters);
        return parameters;
    }

    private NoticeReading read(Consumer<Map<String, String>> change) {
        return gateway.read(AlipaySamples.notice(with(change), NOW));
    }

    private PaymentWord word(Consumer<Map<String, String>> change) {
        NoticeReading reading = read(change);
        assertThat(reading).isInstanceOf(NoticeReading.Genuine.class);
        return ((NoticeReading.Genuine) reading).word();
    }

    private static Money yuan(String amount) {
        return Money.parse(amount, Currency.CNY);
    }

    private static void isRefused(NoticeReading reading, int status, String reason) {
        assertThat(reading).isInstanceOf(NoticeReading.Forged.class);
        NoticeReading.Forged forged = (NoticeReading.Forged) reading;
        assertThat(forged.reason()).contains(reason).doesNotContain("2088").doesNotContain("cart42");
        assertThat(forged.reply().status()).isEqualTo(status);
        assertThat(forged.reply().body().asUtf8())
                .isEqualTo(status == 401 ? "unauthorized" : "bad request")
                .doesNotContain("success");
    }

    @Test
    void a_paid_notice_says_what_the_buyer_paid_and_is_answered_with_exactly_success() {
        NoticeReading.Genuine genuine = (NoticeReading.Genuine) gateway.read(AlipaySamples.genuine(NOW));

        assertThat(genuine.payment()).isEqualTo("cart42_p1");
        assertThat(genuine.word()).isEqualTo(new PaymentWord.Paid(TRADE, yuan("49.00")));
        assertThat(genuine.whenStored().status()).isEqualTo(200);
        assertThat(genuine.whenStored().contentType()).startsWith("text/plain");
        assertThat(genuine.whenStored().body().asUtf8()).isEqualTo("success");
        assertThat(genuine.whenNot().status()).isEqualTo(503);
        assertThat(genuine.whenNot().body().asUtf8()).isEqualTo("fail");
    }

    @Test
    void a_finished_trade_was_paid_as_well() {
        assertThat(word(notice -> notice.put("trade_status", "TRADE_FINISHED")))
                .isEqualTo(new PaymentWord.Paid(TRADE, yuan("49.00")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAIT_BUYER_PAY", "TRADE_PENDING", "trade_success", "PAY_BACK"})
    void other_statuses_say_nothing_of_money_and_never_that_it_is_closed(String status) {
        assertThat(word(notice -> notice.put("trade_status", status))).isEqualTo(new PaymentWord.Pending());
    }

    @Test
    void a_trade_that_closed_unpaid_is_closed() {
        // As recorded: refund_fee is there, gmt_payment is not.
        assertThat(word(notice -> {
                    notice.put("trade_status", "TRADE_CLOSED");
                    notice.put("refund_fee", "0.00");
                    notice.put("gmt_close", AlipaySamples.NOW_IN_CHINA);
                    notice.remove("gmt_payment");
                }))
                .isEqualTo(new PaymentWord.Closed());
    }

    @Test
    void a_trade_that_closed_after_it_was_paid_was_given_back_in_full() {
        assertThat(word(notice -> {
                    notice.put("trade_status", "TRADE_CLOSED");
                    notice.put("refund_fee", "49.00");
                    notice.put("gmt_refund", "2026-11-23 08:29:59.143");
                    notice.put("out_biz_no", "console-1");
                }))
                .isEqualTo(new PaymentWord.MovedBack(TRADE, yuan("49.00"), yuan("49.00")));
        assertThat(word(notice -> notice.put("trade_status", "TRADE_CLOSED")))
                .isEqualTo(new PaymentWord.MovedBack(TRADE, yuan("49.00"), yuan("49.00")));
    }

    @Test
    void money_given_back_in_part_is_told_with_the_sum_so_far() {
        assertThat(word(notice -> notice.put("refund_fee", "12.50")))
                .isEqualTo(new PaymentWord.MovedBack(TRADE, yuan("12.50"), yuan("49.00")));
        assertThat(word(notice -> notice.put("refund_fee", "0.00")))
                .isEqualTo(new PaymentWord.Paid(TRADE, yuan("49.00")));
    }

    @Test
    void a_notice_that_is_short_or_for_a_payment_of_nobody_is_genuine() {
        assertThat(word(notice -> notice.put("total_amount", "0.01")))
                .isEqualTo(new PaymentWord.Paid(TRADE, yuan("0.01")));
        NoticeReading.Genuine other = (NoticeReading.Genuine) read(notice -> notice.put("out_trade_no", "../x 😀"));
        assertThat(other.payment()).isEqualTo("../x 😀");
    }

    @Test
    void a_currency_that_is_named_is_the_currency() {
        assertThat(word(notice -> notice.put("trans_currency", "USD")))
                .isEqualTo(new PaymentWord.Paid(TRADE, Money.parse("49.00", Currency.USD)));
        isRefused(read(notice -> notice.put("trans_currency", "XYZZY")), 400, "total_amount");
    }

    @Test
    void blank_parameters_are_not_signed_and_say_nothing() {
        Map<String, String> signed = AlipaySamples.signed(AlipaySamples.paid(NOW));
        for (String name : List.of("body", "refund_fee", "gmt_refund", "notify_type ", "trans_currency")) {
            signed.put(name, name.equals("body") ? "" : " \t");
        }

        assertThat(gateway.read(posted(signed))).isEqualTo(gateway.read(AlipaySamples.genuine(NOW)));
        signed.put("body", "x");
        isRefused(gateway.read(posted(signed)), 401, "signature");
    }

    @Test
    void a_signed_notice_of_another_app_or_seller_is_not_believed() {
        isRefused(read(notice -> notice.put("app_id", "2021000000000002")), 401, "another app");
        isRefused(read(notice -> notice.put("seller_id", "2088000000000002")), 401, "another seller");
        isRefused(read(notice -> notice.remove("app_id")), 400, "app_id");
        isRefused(read(notice -> notice.remove("seller_id")), 400, "seller_id");
    }

    @ParameterizedTest
    @CsvSource({"300, true", "-300, true", "301, false", "-301, false", "90000, false", "-90000, false"})
    void a_notice_is_believed_up_to_300_seconds_off_in_both_directions(long seconds, boolean believed) {
        NoticeReading reading = gateway.read(AlipaySamples.notice(AlipaySamples.paid(NOW.plusSeconds(seconds)), NOW));
        if (believed) {
            assertThat(reading).isInstanceOf(NoticeReading.Genuine.class);
        } else {
            isRefused(
                    reading,
                    401,
                    "notify_time is off by " + Duration.ofSeconds(seconds).abs());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now",
                "2026-11-23T08:30:05",
                "2026-11-31 08:30:05",
                "2026-02-29 08:30:05",
                "2026-11-23 08:30:5 ",
                "+2026-11-23 08:30:0",
                "2026-11-23 08:30:０5"
            })
    void a_time_in_another_form_is_unreadable(String time) {
        isRefused(read(notice -> notice.put("notify_time", time)), 400, "notify_time");
    }

    @Test
    void a_late_repetition_bears_the_time_of_its_own_sending() {
        // Paid a day ago; sent for the eighth time, just now.
        Map<String, String> late = with(notice -> notice.put("gmt_payment", "2026-11-22 08:01:22"));

        assertThat(gateway.read(AlipaySamples.notice(late, NOW))).isInstanceOf(NoticeReading.Genuine.class);
    }

    @Test
    void one_notices_signature_does_not_fit_another_payment() {
        Map<String, String> signed = AlipaySamples.signed(AlipaySamples.paid(NOW));
        signed.put("out_trade_no", "cart43_p1");
        isRefused(gateway.read(posted(signed)), 401, "signature");
        signed.put("out_trade_no", "cart42_p1");
        signed.put("total_amount", "4900.00");
        isRefused(gateway.read(posted(signed)), 401, "signature");
    }

    private static InboundNotice posted(Map<String, String> signed) {
        return AlipaySamples.posted(AlipaySamples.form(signed, StandardCharsets.UTF_8), NOW);
    }

    @Test
    void a_refund_cannot_be_hidden_in_the_value_before_it() {
        Map<String, String> signed = AlipaySamples.signed(with(notice -> notice.put("refund_fee", "49.00")));
        assertThat(((NoticeReading.Genuine) gateway.read(posted(signed))).word())
                .isInstanceOf(PaymentWord.MovedBack.class);

        Map<String, String> inValue = new TreeMap<>(signed);
        inValue.put("receipt_amount", inValue.get("receipt_amount") + "&refund_fee=" + inValue.remove("refund_fee"));
        isRefused(gateway.read(posted(inValue)), 401, "another one");
        Map<String, String> inName = new TreeMap<>(signed);
        inName.put("receipt_amount=" + inName.remove("receipt_amount") + "&refund_fee", inName.remove("refund_fee"));
        isRefused(gateway.read(posted(inName)), 401, "another one");
        assertThat(word(notice -> notice.put("subject", "A&B=C"))).isInstanceOf(PaymentWord.Paid.class);
    }

    @Test
    void a_notice_that_is_unsigned_or_signed_by_anything_but_rsa2_is_not_believed() {
        Map<String, String> old =
                AlipaySamples.signed(AlipaySamples.paid(NOW), "RSA", "SHA1withRSA", StandardCharsets.UTF_8);
        isRefused(gateway.read(posted(old)), 401, "RSA2");
        for (String name : List.of("sign", "sign_type")) {
            Map<String, String> signed = AlipaySamples.signed(AlipaySamples.paid(NOW));
            signed.remove(name);
            isRefused(gateway.read(posted(signed)), 401, "RSA2");
        }
        for (String sign : List.of("", "=", "AAAA", "not base64 é", "A".repeat(344))) {
            Map<String, String> signed = AlipaySamples.signed(AlipaySamples.paid(NOW));
            signed.put("sign", sign);
            isRefused(gateway.read(posted(signed)), 401, "signature");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gbk", "GB2312", "utf-16", "utf-8 "})
    void a_notice_that_names_another_charset_is_unreadable(String charset) {
        isRefused(read(notice -> notice.put("charset", charset)), 400, "charset");
    }

    @Test
    void a_notice_that_is_written_in_another_charset_is_unreadable() {
        Charset gbk = Charset.forName("GBK");
        Map<String, String> signed =
                AlipaySamples.signed(with(notice -> notice.put("charset", "GBK")), "RSA2", "SHA256withRSA", gbk);

        isRefused(gateway.read(AlipaySamples.posted(AlipaySamples.form(signed, gbk), NOW)), 400, "UTF-8");
    }

    @Test
    void a_charset_in_capitals_or_none_is_utf_8() {
        assertThat(word(notice -> notice.put("charset", "UTF-8"))).isInstanceOf(PaymentWord.Paid.class);
        assertThat(word(notice -> notice.remove("charset"))).isInstanceOf(PaymentWord.Paid.class);
    }

    @Test
    void headers_that_are_doubled_or_name_another_charset_are_unreadable() {
        InboundNotice good = AlipaySamples.genuine(NOW);
        String form = "application/x-www-form-urlencoded";
        isRefused(gateway.read(typed(good, List.of(form, form))), 400, "twice");
        isRefused(gateway.read(typed(good, List.of(form + "; charset=GBK"))), 400, "Content-Type");
        for (List<String> types : List.of(
                List.<String>of(),
                List.of(form),
                List.of(form + ";charset=UTF-8"),
                List.of(form + "; charset=\"utf-8\""))) {
            assertThat(gateway.read(typed(good, types))).isInstanceOf(NoticeReading.Genuine.class);
        }
    }

    private static InboundNotice typed(InboundNotice notice, List<String> types) {
        return new InboundNotice("POST", "", Map.of("Content-Type", types), notice.body(), NOW);
    }

    @Test
    void a_parameter_given_twice_is_unreadable_even_if_it_says_the_same() {
        String form = AlipaySamples.genuine(NOW).body().asUtf8();
        isRefused(gateway.read(AlipaySamples.posted(form + "&total_amount=49.00", NOW)), 400, "twice");
        isRefused(gateway.read(AlipaySamples.posted("total_amount=0.01&" + form, NOW)), 400, "twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1e2",
                " 49.00 ",
                "49.00 ",
                "49.001",
                "49.0",
                "49",
                "-49.00",
                "+49.00",
                "049.00",
                "4,900.00",
                "４９.00",
                "[49.00]",
                "NaN",
                "0x31.00",
                "49.00元",
                "99999999999999999.00"
            })
    void an_amount_that_is_no_plain_decimal_is_unreadable(String amount) {
        isRefused(read(notice -> notice.put("total_amount", amount)), 400, "total_amount");
        if (!amount.isEmpty()) {
            isRefused(read(notice -> notice.put("refund_fee", amount)), 400, "refund_fee");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"out_trade_no", "trade_no", "total_amount", "trade_status"})
    void a_notice_that_lacks_what_every_notice_has_is_unreadable(String name) {
        isRefused(read(notice -> notice.remove(name)), 400, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out_trade_no", "trade_no", "total_amount"})
    void a_notice_that_says_blanks_for_what_counts_is_unreadable(String name) {
        isRefused(read(notice -> notice.put(name, " ".repeat(65))), 400, name);
    }

    @Test
    void a_notice_that_names_no_time_is_believed_for_its_signature() {
        assertThat(read(notice -> notice.remove("notify_time"))).isInstanceOf(NoticeReading.Genuine.class);
    }

    @Test
    void a_notice_about_something_else_is_none_of_our_concern_and_acknowledged() {
        NoticeReading reading = read(notice -> notice.put("notify_type", "dut_user_sign"));

        assertThat(reading).isInstanceOf(NoticeReading.Irrelevant.class);
        assertThat(((NoticeReading.Irrelevant) reading).reply().body().asUtf8()).isEqualTo("success");
    }

    @Test
    void a_megabyte_of_parameters_and_other_noise_is_unreadable() {
        String form = AlipaySamples.genuine(NOW).body().asUtf8();
        for (String noise : List.of(
                form + "&a=" + "x".repeat(1 << 20),
                form + "&a=1".repeat(1 << 18),
                form + "&a",
                form + "&a=%",
                form + "&a=%FF",
                form + "&a=%uFF10",
                "")) {
            InboundNotice notice = AlipaySamples.posted(noise, NOW);
            NoticeReading reading = gateway.read(notice);
            assertThat(reading).isInstanceOf(NoticeReading.Forged.class);
            assertThat(((NoticeReading.Forged) reading).reply().status()).isEqualTo(noise.isEmpty() ? 401 : 400);
        }
    }

    @Test
    void only_a_post_is_a_notice_and_only_its_body_is_read() {
        InboundNotice good = AlipaySamples.genuine(NOW);
        String form = good.body().asUtf8();
        isRefused(gateway.read(new InboundNotice("GET", form, Map.of(), Bytes.EMPTY, NOW)), 400, "POST");
        isRefused(gateway.read(new InboundNotice("POST", form, Map.of(), Bytes.EMPTY, NOW)), 401, "RSA2");
        InboundNotice asked = new InboundNotice("POST", "total_amount=0.01", Map.of(), good.body(), NOW);
        assertThat(gateway.read(asked)).isEqualTo(gateway.read(good));
    }

    @Test
    void every_single_bit_that_is_changed_is_noticed() {
        byte[] body = AlipaySamples.genuine(NOW).body().toArray();
        for (int at = 0; at < body.length; at++) {
            byte[] changed = body.clone();
            changed[at] ^= 1;
            NoticeReading reading = gateway.read(new InboundNotice("POST", "", Map.of(), Bytes.of(changed), NOW));
            assertThat(reading).as("byte " + at).isInstanceOf(NoticeReading.Forged.class);
        }
    }
}
