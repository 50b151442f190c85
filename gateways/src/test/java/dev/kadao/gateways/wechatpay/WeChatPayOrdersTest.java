package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeChatPayOrdersTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:05.789Z");
    private static final PaymentId PAYMENT = new PaymentId(new CheckoutId("cart42"), 1);
    private static final OpenRequest REQUEST =
            new OpenRequest(PAYMENT, new Money(4_900, Currency.CNY), NOW.plusSeconds(900));
    private static final String NATIVE = "POST /v3/pay/transactions/native";
    private static final String QUERY = "GET /v3/pay/transactions/out-trade-no/cart42_p1?mchid=1900000109";
    private static final String CLOSE = "POST /v3/pay/transactions/out-trade-no/cart42_p1/close";

    private final StandIn standIn = new StandIn(() -> NOW);
    private final WeChatPay gateway = standIn.settings().build();

    @AfterEach
    void close() {
        standIn.close();
    }

    private OpenAnswer open() {
        return gateway.open(REQUEST, Deadline.in(Duration.ofMinutes(5)));
    }

    @Test
    void opening_tells_the_order_with_its_end_in_chinas_time_and_answers_a_qr_code() throws Exception {
        assertThat(open()).isEqualTo(new OpenAnswer.Opened(PayWith.qrCode("weixin://wxpay/bizpayurl?pr=cart42_p1")));

        Loopback.Request request = standIn.seen().get(0);
        JsonNode json = new ObjectMapper().readTree(request.body());
        assertThat(json)
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"appid\":\"wx8888888888888888\",\"mchid\":\"1900000109\","
                                + "\"description\":\"卡密 Card keys\",\"out_trade_no\":\"cart42_p1\","
                                + "\"time_expire\":\"2026-11-23T12:15:05+08:00\","
                                + "\"notify_url\":\"https://shop.example/notify/wechatpay\","
                                + "\"amount\":{\"total\":4900,\"currency\":\"CNY\"}}"));
        assertThat(request.headers())
                .containsEntry("accept", "application/json")
                .containsEntry("wechatpay-serial", TestKeys.PUBLIC_KEY_ID);
    }

    @Test
    void an_amount_in_another_currency_is_refused_without_a_call() {
        OpenRequest yen = new OpenRequest(PAYMENT, new Money(4_900, Currency.JPY), NOW.plusSeconds(900));

        assertThat(gateway.open(yen, Deadline.in(Duration.ofMinutes(5)))).isInstanceOf(OpenAnswer.Refused.class);
        assertThat(standIn.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, PARAM_ERROR, Refused",
        "400, APPID_MCHID_NOT_MATCH, Refused",
        "403, NO_AUTH, Refused",
        "400, ORDER_CLOSED, Refused",
        "400, INVALID_REQUEST, Unknown",
        "403, OUT_TRADE_NO_USED, Unknown",
        "400, ORDERPAID, Unknown",
        "429, FREQUENCY_LIMITED, Unknown",
        "500, SYSTEM_ERROR, Unknown",
        "500, PARAM_ERROR, Unknown",
        "400, SOMETHING_NEW, Unknown"
    })
    void only_errors_that_the_documents_call_final_refuse_a_payment(int status, String code, String answer) {
        standIn.next(NATIVE, status, StandIn.error(code));

        assertThat(open().getClass().getSimpleName()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"code_url\":\"\"}", "{\"code_url\":7}", "[]", "{\"code_url\":\"a\"} x"})
    void an_answer_without_a_usable_qr_code_is_unknown(String body) {
        standIn.next(NATIVE, 200, body);

        assertThat(open()).isInstanceOf(OpenAnswer.Unknown.class);
    }

    @ParameterizedTest
    @EnumSource(value = StandIn.Signing.class, names = "RIGHT", mode = EnumSource.Mode.EXCLUDE)
    void an_answer_without_a_good_signature_is_unknown_whatever_it_says(StandIn.Signing signing) {
        open();
        standIn.pay(PAYMENT.toString());
        standIn.next(NATIVE, 200, "{\"code_url\":\"weixin://wxpay/bizpayurl?pr=evil\"}", signing);
        standIn.next(QUERY, 200, standIn.transaction(PAYMENT.toString()), signing);
        standIn.next(CLOSE, 204, "", signing);

        assertThat(open()).isInstanceOf(OpenAnswer.Unknown.class);
        assertThat(gateway.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
        assertThat(gateway.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
    }

    @Test
    void a_refused_signature_of_ours_is_unknown_and_says_so() {
        WeChatPay other = standIn.settings()
                .merchantKey(TestKeys.MERCHANT_SERIAL, Secret.of(TestKeys.base64(TestKeys.PLATFORM.getPrivate())))
                .build();

        assertThat(other.query(PAYMENT))
                .isInstanceOfSatisfying(
                        PaymentWord.Unknown.class,
                        unknown ->
                                assertThat(unknown.reason()).startsWith("status 401 without the gateway's signature"));
    }

    @ParameterizedTest
    @CsvSource({
        "NOTPAY, Pending",
        "USERPAYING, Pending",
        "PAYERROR, Pending",
        "REVOKED, Pending",
        "SOMETHING_NEW, Pending",
        "CLOSED, Closed"
    })
    void an_unpaid_order_is_pending_until_the_gateway_says_closed(String state, String word) {
        open();
        standIn.state(PAYMENT.toString(), state);

        assertThat(gateway.query(PAYMENT).getClass().getSimpleName()).isEqualTo(word);
    }

    @Test
    void an_order_of_which_money_was_given_back_is_unknown_since_the_gateway_does_not_say_how_much() {
        open();
        standIn.pay(PAYMENT.toString());
        standIn.state(PAYMENT.toString(), "REFUND");

        assertThat(gateway.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
    }

    @Test
    void an_order_that_is_not_there_is_not_found_and_never_closed() {
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.NotFound());
        assertThat(gateway.close(PAYMENT)).isEqualTo(new CloseAnswer.Unknown("status 404 ORDER_NOT_EXIST"));
    }

    @Test
    void a_404_that_is_not_about_the_order_is_unknown() {
        standIn.next(QUERY, 404, StandIn.error("MCH_NOT_EXISTS"));
        standIn.next(QUERY, 404, "<html>not found</html>");

        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Unknown("status 404 MCH_NOT_EXISTS"));
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Unknown("status 404"));
    }

    @Test
    void an_answer_about_another_payment_merchant_or_app_is_unknown() {
        open();
        standIn.pay(PAYMENT.toString());
        String good = standIn.transaction(PAYMENT.toString());
        for (String other : List.of(
                good.replace("cart42_p1", "cart42_p2"),
                good.replace(TestKeys.MCH_ID, "1900000110"),
                good.replace(TestKeys.APP_ID, "wx9999999999999999"))) {
            standIn.next(QUERY, 200, other);
            assertThat(gateway.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
        }
        assertThat(gateway.query(PAYMENT)).isInstanceOf(PaymentWord.Paid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ORDER_CLOSED, Closed",
        "400, ORDERCLOSED, Closed",
        "400, ORDERPAID, AlreadyPaid",
        "403, ORDER_PAID, AlreadyPaid",
        "400, INVALID_REQUEST, Unknown",
        "202, USER_PAYING, Unknown",
        "500, SYSTEM_ERROR, Unknown",
        "500, ORDER_CLOSED, Unknown",
        "200, ORDER_CLOSED, Unknown"
    })
    void closing_believes_definite_words_alone(int status, String code, String answer) {
        standIn.next(CLOSE, status, StandIn.error(code));

        assertThat(gateway.close(PAYMENT).getClass().getSimpleName()).isEqualTo(answer);
    }

    @Test
    void a_gateway_that_is_not_there_is_unknown() {
        WeChatPay nowhere = standIn.settings()
                .endpoint("http://127.0.0.1:1")
                .connectTimeout(Duration.ofSeconds(5))
                .build();

        assertThat(nowhere.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
        assertThat(nowhere.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(nowhere.open(REQUEST, Deadline.in(Duration.ofMinutes(5)))).isInstanceOf(OpenAnswer.Unknown.class);
    }

    @Test
    void it_shows_gateway_and_endpoint_alone() {
        assertThat(gateway.toString())
                .isEqualTo("WeChatPay(" + standIn.settings().build().toString().substring(10))
                .doesNotContain(TestKeys.API_V3_KEY)
                .contains("http://127.0.0.1:");
    }
}
