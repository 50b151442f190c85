package dev.kadao.gateways.epay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.gateways.shared.FormStandIn.Said;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpayCallsTest {
    private static final PaymentId PAYMENT = PaymentId.parse("cart42_p1");
    private static final Money AMOUNT = new Money(4_900, Currency.CNY);
    private final EpayStandIn service = new EpayStandIn();
    private final PaymentGateway gateway =
            EpaySamples.builder(service.http.url()).build();

    @AfterEach
    void close() {
        service.close();
    }

    private OpenAnswer open(Money amount) {
        return gateway.open(
                new OpenRequest(PAYMENT, amount, Instant.now().plusSeconds(900)), Deadline.in(Duration.ofMinutes(1)));
    }

    private RefundAnswer refund() {
        RefundRequest request = new RefundRequest(RefundId.parse("cart42_r1"), PAYMENT, "t1", AMOUNT);
        return gateway.refund(request, Deadline.in(Duration.ofMinutes(1)));
    }

    private void answers(int status, String body) {
        service.http.now(asked -> new Said(status, body));
    }

    @Test
    void a_payment_opens_with_a_signed_form() {
        assertThat(open(AMOUNT)).isInstanceOf(OpenAnswer.Opened.class);
        SortedMap<String, String> form = service.http.asked().get(0).form();
        assertThat(form)
                .containsEntry("pid", "1001")
                .containsEntry("out_trade_no", "cart42_p1")
                .containsEntry("money", "49.00")
                .containsEntry("type", "alipay")
                .containsEntry("notify_url", "https://shop.example/notify/epay")
                .containsEntry("return_url", "https://shop.example/paid/cart42_p1")
                .containsEntry("sign_type", "MD5")
                .doesNotContainKey("key");
    }

    @Test
    void the_buyer_pays_by_page_by_code_or_by_link_as_the_service_answers() {
        answers(200, "{\"code\":1,\"payurl\":\"https://pay.test/1\",\"qrcode\":\"\"}");
        assertThat(open(AMOUNT)).isEqualTo(new OpenAnswer.Opened(PayWith.redirect("https://pay.test/1")));
        answers(200, "{\"code\":\"1\",\"payurl\":null,\"qrcode\":\"weixin://wxpay/bizpayurl?pr=1\"}");
        assertThat(open(AMOUNT)).isEqualTo(new OpenAnswer.Opened(PayWith.qrCode("weixin://wxpay/bizpayurl?pr=1")));
        answers(200, "{\"code\":1,\"urlscheme\":\"weixin://dl/business/?t=1\"}");
        assertThat(open(AMOUNT)).isEqualTo(new OpenAnswer.Opened(PayWith.redirect("weixin://dl/business/?t=1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>系统发生错误</html>",
                "{\"code\":-1,\"msg\":\"最大支付金额是10元\"}",
                "{\"code\":1}",
                "{\"payurl\":\"https://pay.test/1\"}",
                "{\"code\":1,\"payurl\":\"javascript:alert(1)\"}",
                "{\"code\":1,\"payurl\":\"JavaScript:alert(1)\"}",
                "{\"code\":1,\"payurl\":\"https://pay.test/a b\"}",
                "{\"code\":1.0,\"payurl\":\"https://pay.test/1\"}",
                "{\"code\":true,\"payurl\":\"https://pay.test/1\"}"
            })
    void an_answer_without_anything_to_pay_with_is_unknown(String body) {
        answers(200, body);
        assertThat(open(AMOUNT)).isInstanceOf(OpenAnswer.Unknown.class);
    }

    @Test
    void other_currencies_than_yuan_are_refused_without_a_call() {
        assertThat(open(new Money(4_900, Currency.USD))).isInstanceOf(OpenAnswer.Refused.class);
        assertThat(service.http.asked()).isEmpty();
    }

    @Test
    void a_payment_is_pending_until_it_is_paid_and_unknown_orders_are_not_found() {
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.NotFound());
        service.add("cart42_p1", "49.00");
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Pending());
        service.pay("cart42_p1");
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Paid("t1", AMOUNT));
    }

    @Test
    void what_was_paid_short_is_told_as_it_is() {
        service.add("cart42_p1", "0.01");
        service.pay("cart42_p1");
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Paid("t1", new Money(1, Currency.CNY)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, -1, 99})
    void another_status_than_paid_is_pending_and_never_closed(int status) {
        service.add("cart42_p1", "49.00").put("status", status);
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Pending());
    }

    @Test
    void numbers_may_come_as_texts_as_php_writes_them() {
        answers(
                200,
                "{\"code\":\"1\",\"status\":\"1\",\"pid\":\"1001\",\"out_trade_no\":\"cart42_p1\",\"trade_no\":2016,"
                        + "\"money\":\"49.00\"}");
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Paid("2016", AMOUNT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"status\":1}",
                "{\"code\":-3,\"msg\":\"商户密钥错误\"}",
                "{\"code\":1,\"status\":1,\"trade_no\":\"t1\",\"money\":\"49.00\"}",
                "{\"code\":1,\"status\":1,\"out_trade_no\":\"other_p1\",\"trade_no\":\"t1\",\"money\":\"49.00\"}",
                "{\"code\":1,\"status\":1,\"pid\":1002,\"out_trade_no\":\"cart42_p1\",\"trade_no\":\"t1\",\"money\":\"49.00\"}",
                "{\"code\":1,\"status\":1,\"out_trade_no\":\"cart42_p1\",\"money\":\"49.00\"}",
                "{\"code\":1,\"status\":1,\"out_trade_no\":\"cart42_p1\",\"trade_no\":\"t1\"}",
                "{\"code\":1,\"status\":1,\"out_trade_no\":\"cart42_p1\",\"trade_no\":\"t1\",\"money\":49.00}",
                "{\"code\":1,\"status\":1,\"out_trade_no\":\"cart42_p1\",\"trade_no\":\"t1\",\"money\":\"4.9e1\"}",
                "{\"code\":1,\"status\":\"paid\",\"out_trade_no\":\"cart42_p1\",\"trade_no\":\"t1\",\"money\":\"49.00\"}",
                "{\"code\":1,\"out_trade_no\":\"cart42_p1\",\"trade_no\":\"t1\",\"money\":\"49.00\"}"
            })
    void an_answer_that_is_not_plainly_about_this_payment_is_unknown(String body) {
        answers(200, body);
        assertThat(gateway.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
    }

    @Test
    void no_message_shows_the_key() {
        for (int status : List.of(200, 302, 403, 500)) {
            answers(status, "key=" + EpaySamples.KEY.expose());
            PaymentWord.Unknown word = (PaymentWord.Unknown) gateway.query(PAYMENT);
            RefundAnswer.Unknown answer = (RefundAnswer.Unknown) refund();
            assertThat(word.reason() + answer.reason() + gateway).doesNotContain(EpaySamples.KEY.expose());
        }
        PaymentGateway nobody = EpaySamples.builder("http://127.0.0.1:1").build();
        assertThat(((PaymentWord.Unknown) nobody.query(PAYMENT)).reason()).doesNotContain(EpaySamples.KEY.expose());
    }

    @Test
    void nothing_is_closed_since_epay_has_no_close() {
        assertThat(gateway.traits().terms().canClose()).isFalse();
        assertThat(gateway.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
    }

    @Test
    void a_refund_is_done_by_either_word_for_success() {
        service.add("cart42_p1", "49.00");
        service.pay("cart42_p1");
        assertThat(refund()).isEqualTo(new RefundAnswer.Refunded());
        assertThat(service.refundedInAll()).isEqualTo(4_900);
        answers(200, "{\"code\":1,\"msg\":\"退款成功\"}");
        assertThat(refund()).isEqualTo(new RefundAnswer.Refunded());
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -3, -4, -5})
    void what_the_service_refuses_before_doing_anything_is_declined(int code) {
        service.http.now(asked -> EpayStandIn.failure(code));
        assertThat(refund()).isInstanceOf(RefundAnswer.Declined.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"code\":-1,\"msg\":\"退款失败：\"}",
                "{\"code\":0}",
                "{\"code\":0,\"money\":\"48.00\"}",
                "{\"code\":2}",
                "{\"code\":-6}",
                "{\"msg\":\"success\"}"
            })
    void any_other_word_leaves_a_refund_unknown(String body) {
        answers(200, body);
        assertThat(refund()).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void refunds_are_sent_once_and_never_asked_about() {
        assertThat(gateway.traits().terms().refundsRepeatably()).isFalse();
        assertThat(gateway.queryRefund(RefundId.parse("cart42_r1"), PAYMENT)).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(service.http.asked()).isEmpty();
    }
}
