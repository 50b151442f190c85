package dev.kadao.gateways.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over real sockets, against a stand-in that verifies by the official SDK. */
class AlipayCallsTest {
    private static final PaymentId PAYMENT = new PaymentId(new CheckoutId("cart42"), 1);
    private static final RefundId REFUND = new RefundId(new CheckoutId("cart42"), 1);
    private static final Money AMOUNT = new Money(4_900, Currency.CNY);
    private static final String DONE = "{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\"cart42_p1\"";
    private AlipayStandIn standIn;
    private Alipay alipay;

    @BeforeEach
    void open() throws IOException {
        standIn = new AlipayStandIn();
        alipay = AlipaySamples.builder(standIn.url()).build();
    }

    @AfterEach
    void close() throws IOException {
        standIn.close();
    }

    private static Deadline ahead() {
        return Deadline.in(Duration.ofMinutes(5));
    }

    private OpenAnswer opened() {
        return alipay.open(new OpenRequest(PAYMENT, AMOUNT, AlipaySamples.NOW.plusSeconds(900)), ahead());
    }

    private RefundAnswer refunded(String amount) {
        Money money = Money.parse(amount, Currency.CNY);
        return alipay.refund(new RefundRequest(REFUND, PAYMENT, "t1", money), ahead());
    }

    private static String refusal(String code, String reason) {
        return "{\"code\":\"" + code + "\",\"msg\":\"No\",\"sub_code\":\"" + reason
                + "\",\"sub_msg\":\"138****8000 不行\"}";
    }

    private void isUnknownEverywhere(String reason) {
        assertThat(opened())
                .isInstanceOfSatisfying(OpenAnswer.Unknown.class, unknown -> told(unknown.reason(), reason));
        assertThat(alipay.query(PAYMENT))
                .isInstanceOfSatisfying(PaymentWord.Unknown.class, unknown -> told(unknown.reason(), reason));
        assertThat(alipay.close(PAYMENT))
                .isInstanceOfSatisfying(CloseAnswer.Unknown.class, unknown -> told(unknown.reason(), reason));
        assertThat(refunded("1.00"))
                .isInstanceOfSatisfying(RefundAnswer.Unknown.class, unknown -> told(unknown.reason(), reason));
        assertThat(alipay.queryRefund(REFUND, PAYMENT))
                .isInstanceOfSatisfying(RefundAnswer.Unknown.class, unknown -> told(unknown.reason(), reason));
    }

    private static void told(String reason, String expected) {
        assertThat(reason).contains(expected).doesNotContain("138****8000").doesNotContain("不行");
    }

    @Test
    void an_order_is_asked_for_as_the_document_says() {
        alipay = AlipaySamples.builder(standIn.url() + "/gateway.do")
                .notifyUrl("https://shop.example/notify/alipay")
                .subject("点卡 100%+")
                .build();

        assertThat(opened()).isEqualTo(new OpenAnswer.Opened(PayWith.qrCode("https://qr.alipay.com/bax0")));
        Map<String, String> request = standIn.seen.get(0);
        assertThat(request)
                .containsEntry(":path", "/gateway.do")
                .containsEntry("method", "alipay.trade.precreate")
                .containsEntry("app_id", AlipaySamples.APP_ID)
                .containsEntry("charset", "utf-8")
                .containsEntry("sign_type", "RSA2")
                .containsEntry("version", "1.0")
                .containsEntry("timestamp", AlipaySamples.NOW_IN_CHINA)
                .containsEntry("notify_url", "https://shop.example/notify/alipay")
                .containsEntry(
                        "biz_content",
                        "{\"out_trade_no\":\"cart42_p1\",\"total_amount\":\"49.00\",\"subject\":\"点卡 100%+\","
                                + "\"seller_id\":\"" + AlipaySamples.SELLER_ID
                                + "\",\"time_expire\":\"2026-11-23 08:45:05\"}");
        assertThat(request.get(":in the body")).startsWith("biz_content=").doesNotContain("&");
    }

    @Test
    void an_order_in_another_currency_is_refused_without_asking() {
        Money dollars = new Money(4_900, Currency.USD);

        assertThat(alipay.open(new OpenRequest(PAYMENT, dollars, AlipaySamples.NOW), ahead()))
                .isInstanceOf(OpenAnswer.Refused.class);
        assertThat(alipay.refund(new RefundRequest(REFUND, PAYMENT, "t1", dollars), ahead()))
                .isInstanceOf(RefundAnswer.Declined.class);
        assertThat(standIn.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACQ.TOTAL_FEE_EXCEED", "ACQ.EXIST_FORBIDDEN_WORD", "ACQ.ACCESS_FORBIDDEN"})
    void what_alipay_will_never_open_is_refused(String reason) {
        standIn.answersObject(refusal("40004", reason));

        assertThat(opened()).isEqualTo(new OpenAnswer.Refused("Alipay: 40004 " + reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ACQ.SYSTEM_ERROR", "ACQ.TRADE_HAS_SUCCESS", "ACQ.TRADE_HAS_CLOSE", "ACQ.CONTEXT_INCONSISTENT"})
    void what_may_be_open_all_the_same_is_unknown(String reason) {
        standIn.answersObject(refusal("40004", reason));

        assertThat(opened()).isEqualTo(new OpenAnswer.Unknown("alipay.trade.precreate: 40004 " + reason));
    }

    @Test
    void a_code_that_nobody_scanned_is_not_found_and_cannot_be_closed() {
        opened();

        assertThat(alipay.query(PAYMENT)).isEqualTo(new PaymentWord.NotFound());
        assertThat(alipay.close(PAYMENT)).isEqualTo(new CloseAnswer.NotFound());
        assertThat(alipay.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.NotFound());
    }

    @Test
    void a_scanned_code_is_pending_then_paid_then_given_back() {
        standIn.scan("cart42_p1", "49.00");
        assertThat(alipay.query(PAYMENT)).isEqualTo(new PaymentWord.Pending());

        String trade = standIn.pay("cart42_p1", AMOUNT).get("trade_no");
        assertThat(alipay.query(PAYMENT)).isEqualTo(new PaymentWord.Paid(trade, AMOUNT));

        standIn.giveBack("cart42_p1", "console-1", "12.00");
        assertThat(alipay.query(PAYMENT)).isEqualTo(new PaymentWord.Paid(trade, AMOUNT));

        standIn.giveBack("cart42_p1", "console-2", "37.00");
        assertThat(alipay.query(PAYMENT)).isEqualTo(new PaymentWord.MovedBack(trade, AMOUNT, AMOUNT));
        assertThat(alipay.close(PAYMENT)).isEqualTo(new CloseAnswer.AlreadyPaid());
    }

    @Test
    void a_trade_that_alipay_closed_unpaid_is_closed() {
        standIn.scan("cart42_p1", "49.00");
        standIn.closeUnpaid("cart42_p1");

        assertThat(alipay.query(PAYMENT)).isEqualTo(new PaymentWord.Closed());
        assertThat(alipay.close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"trade_status\":\"TRADE_SUCCESS\",\"trade_no\":\"t1\"",
                "\"trade_status\":\"TRADE_SUCCESS\",\"trade_no\":\"t1\",\"total_amount\":49.00",
                "\"trade_status\":\"TRADE_SUCCESS\",\"trade_no\":\"t1\",\"total_amount\":\"4.9e1\"",
                "\"trade_status\":\"TRADE_SUCCESS\",\"trade_no\":\"t1\",\"total_amount\":[\"49.00\"]",
                "\"trade_status\":\"TRADE_SUCCESS\",\"trade_no\":7,\"total_amount\":\"49.00\"",
                "\"trade_status\":\"TRADE_SUCCESS\",\"total_amount\":\"49.00\"",
                "\"trade_no\":\"t1\",\"total_amount\":\"49.00\"",
                "\"trade_status\":\"TRADE_SUCCESS\",\"trade_no\":\"t1\",\"total_amount\":\"49.00\",\"total_amount\":\"49.00\""
            })
    void a_signed_answer_that_cannot_be_read_is_unknown(String members) {
        standIn.answersObject(DONE + "," + members + "}");

        assertThat(alipay.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
    }

    @Test
    void a_signed_answer_about_another_payment_is_unknown() {
        standIn.answersObject(
                DONE.replace("cart42_p1", "cart43_p1")
                        + ",\"trade_status\":\"TRADE_SUCCESS\",\"trade_no\":\"t1\",\"total_amount\":\"49.00\","
                        + "\"qr_code\":\"https://qr.alipay.com/x\",\"fund_change\":\"Y\",\"refund_status\":\"REFUND_SUCCESS\"}");

        isUnknownEverywhere("not said of this reference");
    }

    @Test
    void an_answer_that_is_unsigned_wrongly_signed_or_changed_is_unknown() {
        standIn.scansAtOnce();
        standIn.answers(body -> body.replaceFirst(",\"sign\":\"[^\"]*\"", ""));
        isUnknownEverywhere("not signed");
        standIn.answers(body -> body.replaceFirst("\"sign\":\"....", "\"sign\":\"AAAA"));
        isUnknownEverywhere("signature is not Alipay's");
        standIn.answers(body -> body.replaceFirst("\"msg\":\"", "\"msg\":\"x"));
        isUnknownEverywhere("signature is not Alipay's");
        standIn.answers(body -> body.replaceFirst("_response\"", "_answer\""));
        isUnknownEverywhere("has no");
    }

    @Test
    void an_answer_to_another_question_is_unknown() {
        AtomicReference<String> first = new AtomicReference<>();
        standIn.answers(body -> {
            first.compareAndSet(null, body);
            return first.get();
        });
        opened();

        assertThat(alipay.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
        assertThat(alipay.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{\"a\":1}{", "流水", "<html>502</html>"})
    void an_answer_that_is_no_object_is_unknown(String body) {
        standIn.answers(answer -> body);

        isUnknownEverywhere("alipay.trade.");
    }

    @Test
    void deep_nesting_and_long_answers_are_unknown_and_no_exception() {
        standIn.answers(body -> "{\"a\":" + "[".repeat(500_000) + "]".repeat(500_000) + "}");
        isUnknownEverywhere("alipay.trade.");
        standIn.answers(body -> "{\"a\":\"" + "x".repeat(1 << 20) + "\"}");
        isUnknownEverywhere("longer than");
    }

    @Test
    void what_the_gateway_itself_refuses_is_unknown_and_told_to_the_operator() {
        Alipay stranger = Alipay.builder(
                        AlipaySamples.APP_ID,
                        AlipaySamples.SELLER_ID,
                        AlipaySamples.base64(AlipaySamples.ALIPAY.getPublic()),
                        Secret.of(AlipaySamples.base64(AlipaySamples.keyPair().getPrivate())))
                .endpoint(standIn.url())
                .build();

        assertThat(stranger.query(PAYMENT))
                .isEqualTo(
                        new PaymentWord.Unknown("alipay.trade.query: the answer has no 'alipay_trade_query_response',"
                                + " but error_response 40002 isv.invalid-signature"));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 404, 500, 502})
    void another_status_than_200_is_unknown_whatever_the_body_says(int status) {
        standIn.scansAtOnce();
        standIn.answersStatus(status);

        isUnknownEverywhere("status " + status);
    }

    @Test
    void a_system_that_is_not_available_is_unknown() {
        standIn.answersObject(refusal("20000", "isp.unknow-error"));
        isUnknownEverywhere("20000 isp.unknow-error");
        standIn.answersObject(refusal("40004", "ACQ.SYSTEM_ERROR"));
        isUnknownEverywhere("40004 ACQ.SYSTEM_ERROR");
        standIn.answersObject(refusal("40006", "isv.insufficient-isv-permissions"));
        isUnknownEverywhere("40006 isv.insufficient-isv-permissions");
        // A business's reason counts with the business's code only.
        standIn.answersObject(refusal("20000", "ACQ.TRADE_NOT_EXIST"));
        isUnknownEverywhere("20000 ACQ.TRADE_NOT_EXIST");
        standIn.answersObject(refusal("20000", "ACQ.TRADE_HAS_FINISHED"));
        isUnknownEverywhere("20000 ACQ.TRADE_HAS_FINISHED");
    }

    @Test
    void a_code_that_is_no_code_is_not_quoted() {
        standIn.answersObject(refusal("40004", "138****8000 不行"));

        isUnknownEverywhere("40004 (unreadable code)");
    }

    @Test
    void a_connection_that_is_lost_or_refused_is_unknown() throws IOException {
        standIn.answers(body -> null);
        isUnknownEverywhere("alipay.trade.");
        standIn.close();
        isUnknownEverywhere("alipay.trade.");
    }

    @Test
    void a_gateway_that_never_answers_is_unknown_within_the_call_limit() {
        CountDownLatch released = new CountDownLatch(1);
        standIn.answers(body -> {
            try {
                return released.await(60, TimeUnit.SECONDS) ? body : null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        });
        alipay = AlipaySamples.builder(standIn.url())
                .callLimit(Duration.ofMillis(300))
                .build();

        assertThat(alipay.query(PAYMENT))
                .isEqualTo(new PaymentWord.Unknown("alipay.trade.query: no full answer within PT0.3S"));
        released.countDown();
    }

    @Test
    void a_refund_is_sent_as_the_document_says_and_done_when_the_funds_changed() {
        standIn.pay("cart42_p1", AMOUNT);

        assertThat(refunded("9.00")).isEqualTo(new RefundAnswer.Refunded());
        assertThat(standIn.seen.get(0))
                .containsEntry("method", "alipay.trade.refund")
                .containsEntry(
                        "biz_content",
                        "{\"out_trade_no\":\"cart42_p1\",\"trade_no\":\"t1\",\"refund_amount\":\"9.00\","
                                + "\"out_request_no\":\"cart42_r1\"}");
        assertThat(alipay.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.Refunded());
    }

    @Test
    void a_repeated_refund_moves_no_funds_and_is_asked_about() {
        standIn.pay("cart42_p1", AMOUNT);
        refunded("49.00");

        assertThat(refunded("49.00")).isEqualTo(new RefundAnswer.Pending());
        assertThat(alipay.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.Refunded());
        assertThat(standIn.givenBack("cart42_p1")).isEqualTo(4_900);
    }

    @Test
    void a_refund_is_pending_when_alipay_does_not_say_that_the_funds_changed() {
        standIn.answersObject(DONE + ",\"refund_fee\":\"9.00\"}");

        assertThat(refunded("9.00")).isEqualTo(new RefundAnswer.Pending());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACQ.TRADE_HAS_FINISHED",
                "ACQ.TRADE_NOT_ALLOW_REFUND",
                "ACQ.REASON_TRADE_REFUND_FEE_ERR",
                "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
            })
    void a_refund_that_alipay_will_never_make_is_declined(String reason) {
        standIn.answersObject(refusal("40004", reason));

        assertThat(refunded("9.00")).isEqualTo(new RefundAnswer.Declined("Alipay: 40004 " + reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACQ.SYSTEM_ERROR",
                "ACQ.SELLER_BALANCE_NOT_ENOUGH",
                "ACQ.DISCORDANT_REPEAT_REQUEST",
                "ACQ.REASON_TRADE_BEEN_FREEZEN",
                "ACQ.TRADE_NOT_EXIST",
                "ACQ.TRADE_STATUS_ERROR",
                "ACQ.NEVER_HEARD_OF"
            })
    void a_refund_that_may_succeed_under_its_reference_is_unknown(String reason) {
        standIn.answersObject(refusal("40004", reason));

        assertThat(refunded("9.00")).isEqualTo(new RefundAnswer.Unknown("alipay.trade.refund: 40004 " + reason));
    }

    @Test
    void a_refund_that_alipay_does_not_know_is_not_found() {
        standIn.pay("cart42_p1", AMOUNT);

        assertThat(alipay.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.NotFound());
    }

    @Test
    void a_refund_of_another_state_is_not_yet_done() {
        String ours = DONE + ",\"out_request_no\":\"cart42_r1\",\"refund_amount\":\"9.00\"";
        standIn.answersObject(ours + "}");
        assertThat(alipay.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.Pending());
        standIn.answersObject(ours + ",\"refund_status\":\"REFUND_PROCESSING\"}");
        assertThat(alipay.queryRefund(REFUND, PAYMENT)).isInstanceOf(RefundAnswer.Unknown.class);
        standIn.answersObject(ours.replace("r1", "r2") + ",\"refund_status\":\"REFUND_SUCCESS\"}");
        assertThat(alipay.queryRefund(REFUND, PAYMENT)).isInstanceOf(RefundAnswer.Unknown.class);
    }
}
