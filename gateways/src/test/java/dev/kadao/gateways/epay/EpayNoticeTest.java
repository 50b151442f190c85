package dev.kadao.gateways.epay;

import static dev.kadao.gateways.epay.EpaySamples.NOW;
import static dev.kadao.gateways.epay.EpaySamples.encoded;
import static dev.kadao.gateways.epay.EpaySamples.get;
import static dev.kadao.gateways.epay.EpaySamples.paid;
import static dev.kadao.gateways.epay.EpaySamples.post;
import static dev.kadao.gateways.epay.EpaySamples.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpayNoticeTest {
    private final PaymentGateway gateway = EpaySamples.gateway();

    private void assertRefused(InboundNotice notice, int status, String reason) {
        NoticeReading reading = gateway.read(notice);
        assertThat(reading).isInstanceOf(NoticeReading.Forged.class);
        NoticeReading.Forged forged = (NoticeReading.Forged) reading;
        assertThat(forged.reason()).contains(reason).doesNotContain(EpaySamples.KEY.expose());
        assertThat(forged.reply().status()).isEqualTo(status);
        assertThat(forged.reply().body().asUtf8().toLowerCase(Locale.ROOT)).doesNotContain("success");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(paid("cart42_p1", "49.00"));
        parameters.put(name, value);
        return signed(parameters);
    }

    /** Signatures made with {@code openssl md5} over the text that getSign of the services' EpayCore.class.php builds. */
    @ParameterizedTest
    @CsvSource({
        "'pid=1001&type=alipay&out_trade_no=20160806151343349&money=1.00&sign_type=MD5', c194b3106a48f053fc0b33b5ab3a6e2b",
        "'y=z&a=1&c=x&b=0&empty=&sign=whatever', e56c2e2a9b8a04e317d9dde0706f94b5",
        "'pid=10001&type=epay&out_trade_no=M202501010001&name=月度会员&money=10.00', 86f95b44e110a0fcadc98590eb476fca",
        "'pid=1001&trade_no=2016080622555342651&out_trade_no=cart42_p1&type=alipay&name=VIP会员&money=49.00&trade_status=TRADE_SUCCESS', ab5d48dcb5bb3b5f96bd6f84403bbeb8"
    })
    void signatures_are_those_of_the_services_own_library(String parameters, String sign) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : parameters.split("&")) {
            values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        assertThat(EpaySign.of(values, EpaySamples.KEY)).isEqualTo(sign);
    }

    @Test
    void a_notice_says_the_same_as_get_and_as_post() {
        NoticeReading asGet = gateway.read(EpaySamples.genuine(NOW));
        NoticeReading asPost = gateway.read(post(encoded(signed(paid("cart42_p1", "49.00"))), NOW));
        assertThat(asGet).isEqualTo(asPost).isInstanceOf(NoticeReading.Genuine.class);
        NoticeReading.Genuine reading = (NoticeReading.Genuine) asGet;
        assertThat(reading.payment()).isEqualTo("cart42_p1");
        assertThat(reading.word())
                .isEqualTo(new PaymentWord.Paid("2016080622555342651", new Money(4_900, Currency.CNY)));
        assertThat(reading.whenStored().status()).isEqualTo(200);
        assertThat(reading.whenStored().body().asUtf8()).isEqualTo("success");
        assertThat(reading.whenNot().body().asUtf8()).isEqualTo("fail");
    }

    @Test
    void a_notice_is_never_enough() {
        assertThat(gateway.traits().terms().noticeIsEnough()).isFalse();
    }

    @Test
    void another_trade_status_is_pending() {
        NoticeReading reading = gateway.read(get(with("trade_status", "WAIT_BUYER_PAY"), NOW));
        assertThat(((NoticeReading.Genuine) reading).word()).isEqualTo(new PaymentWord.Pending());
    }

    @Test
    void parameters_that_services_add_are_signed_with_the_rest() {
        Map<String, String> more = with("param", "a=b&c=d");
        assertThat(gateway.read(get(more, NOW))).isInstanceOf(NoticeReading.Genuine.class);
        more.put("param", "a=b&c=e");
        assertRefused(get(more, NOW), 401, "signature does not match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2",
                " 100 ",
                "100.001",
                "100.0",
                "100",
                "-1.00",
                "+1.00",
                "１００.00",
                "1,000.00",
                "0x10",
                "",
                "00.50",
                "1.00元",
                "99999999999999999999.00"
            })
    void an_amount_that_is_no_plain_decimal_with_two_decimals_is_refused(String money) {
        assertRefused(get(with("money", money), NOW), 400, "the amount");
    }

    @Test
    void a_service_that_leaves_zeros_out_is_understood_if_one_says_so() {
        PaymentGateway lenient =
                EpaySamples.builder("http://127.0.0.1:9").amountsLeaveOutZeros().build();
        Map<String, Long> amounts = Map.of("49", 4_900L, "49.5", 4_950L, "49.00", 4_900L, "0.5", 50L);
        amounts.forEach((text, fen) -> assertThat(
                        ((NoticeReading.Genuine) lenient.read(get(with("money", text), NOW))).word())
                .isEqualTo(new PaymentWord.Paid("2016080622555342651", new Money(fen, Currency.CNY))));
        for (String money : List.of("1e2", " 49", "49.", "49.001", "４９", "049", "")) {
            assertThat(lenient.read(get(with("money", money), NOW))).isInstanceOf(NoticeReading.Forged.class);
        }
        assertRefused(get(with("money", "49"), NOW), 400, "amountsLeaveOutZeros()");
    }

    @Test
    void a_notice_signed_with_another_key_or_for_another_merchant_is_refused() {
        Map<String, String> other = new LinkedHashMap<>(paid("cart42_p1", "49.00"));
        other.put("sign", EpaySign.of(other, Secret.of("another key")));
        other.put("sign_type", "MD5");
        assertRefused(get(other, NOW), 401, "signature does not match");
        assertRefused(get(with("pid", "1002"), NOW), 401, "another merchant");
    }

    @Test
    void the_signature_of_one_notice_is_worth_nothing_on_another() {
        Map<String, String> dear = new LinkedHashMap<>(signed(paid("cart42_p1", "49.00")));
        dear.put("out_trade_no", "dear_p1");
        assertRefused(get(dear, NOW), 401, "signature does not match");
    }

    @Test
    void a_missing_an_empty_and_an_upper_case_signature_are_refused() {
        Map<String, String> signed = signed(paid("cart42_p1", "49.00"));
        String sign = signed.get("sign");
        for (String other : List.of("", sign.toUpperCase(Locale.ROOT), sign.substring(1), sign + "0")) {
            signed.put("sign", other);
            assertRefused(get(signed, NOW), 401, "signature does not match");
        }
        signed.remove("sign");
        assertRefused(get(signed, NOW), 401, "signature does not match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "md5", ""})
    void another_sign_type_is_refused(String type) {
        Map<String, String> signed = signed(paid("cart42_p1", "49.00"));
        signed.put("sign_type", type);
        assertRefused(get(signed, NOW), 401, "sign_type is not MD5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pid", "trade_no", "out_trade_no", "money", "trade_status"})
    void a_signed_notice_that_lacks_what_matters_is_refused(String name) {
        Map<String, String> parameters = new LinkedHashMap<>(paid("cart42_p1", "49.00"));
        parameters.remove(name);
        assertRefused(get(signed(parameters), NOW), 400, "parameter '" + name + "' is missing");
    }

    @Test
    void trade_numbers_and_references_of_no_use_are_refused() {
        assertRefused(get(with("trade_no", "1 2"), NOW), 400, "trade number");
        assertRefused(get(with("trade_no", "1".repeat(101)), NOW), 400, "trade number");
        assertRefused(get(with("out_trade_no", " "), NOW), 400, "'out_trade_no' is not in its form");
        assertRefused(get(with("out_trade_no", ""), NOW), 400, "'out_trade_no' is not in its form");
    }

    @Test
    void parameters_hidden_in_the_value_of_another_are_refused_though_the_signature_is_the_same() {
        Map<String, String> genuine = signed(paid("cart42_p1", "49.00"));
        Map<String, String> hidden = new LinkedHashMap<>(genuine);
        hidden.remove("type");
        hidden.put("trade_status", "TRADE_SUCCESS&type=alipay");
        assertThat(EpaySign.of(hidden, EpaySamples.KEY)).isEqualTo(genuine.get("sign"));
        assertRefused(get(hidden, NOW), 400, "'trade_status' is not in its form");

        Map<String, String> named = with("name", "VIP&out_trade_no=cart99_p1");
        named.put("name", "VIP");
        named.put("out_trade_no", "cart99_p1&out_trade_no=cart42_p1");
        assertRefused(get(named, NOW), 400, "'out_trade_no' is not in its form");
    }

    @Test
    void doubled_parameters_and_parameters_in_both_places_are_refused() {
        String form = encoded(signed(paid("cart42_p1", "49.00")));
        assertRefused(post(form + "&money=49.00", NOW), 400, "given twice");
        assertRefused(post(form + "&%6Doney=1.00", NOW), 400, "given twice");
        assertRefused(post(form + "&money[]=1.00", NOW), 401, "signature does not match");
        InboundNotice genuine = post(form, NOW);
        assertRefused(new InboundNotice("POST", "money=1.00", Map.of(), genuine.body(), NOW), 400, "in its URL too");
        assertRefused(new InboundNotice("GET", form, Map.of(), genuine.body(), NOW), 400, "a GET has a body");
        assertRefused(new InboundNotice("PUT", form, Map.of(), Bytes.EMPTY, NOW), 400, "neither GET nor POST");
    }

    @Test
    void other_charsets_and_a_megabyte_of_parameters_are_refused() {
        byte[] gbk = "name=会员".getBytes(Charset.forName("GBK"));
        assertRefused(new InboundNotice("POST", "", Map.of(), Bytes.of(gbk), NOW), 400, "not UTF-8");
        InboundNotice genuine = post(encoded(signed(paid("cart42_p1", "49.00"))), NOW);
        Map<String, List<String>> inGbk =
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded; charset=GBK"));
        assertRefused(new InboundNotice("POST", "", inGbk, genuine.body(), NOW), 400, "charset is not UTF-8");
        Map<String, List<String>> inUtf8 =
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded; charset=\"UTF-8\""));
        assertThat(gateway.read(new InboundNotice("POST", "", inUtf8, genuine.body(), NOW)))
                .isInstanceOf(NoticeReading.Genuine.class);
        assertRefused(post("a=b&".repeat(250_000), NOW), 400, "the form has");
        assertRefused(post("", NOW), 400, "'sign_type' is missing");
    }

    @Test
    void every_changed_byte_is_found() {
        byte[] form = encoded(signed(paid("cart42_p1", "49.00"))).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < form.length; at++) {
            byte[] changed = form.clone();
            changed[at] ^= 1;
            assertThat(gateway.read(new InboundNotice("POST", "", Map.of(), Bytes.of(changed), NOW)))
                    .isInstanceOf(NoticeReading.Forged.class);
        }
    }
}
