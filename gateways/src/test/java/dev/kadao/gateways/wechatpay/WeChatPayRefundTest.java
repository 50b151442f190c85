package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeChatPayRefundTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:05Z");
    private static final PaymentId PAYMENT = new PaymentId(new CheckoutId("cart42"), 1);
    private static final RefundId REFUND = new RefundId(new CheckoutId("cart42"), 1);
    private static final String POST = "POST /v3/refund/domestic/refunds";
    private static final String GET = "GET /v3/refund/domestic/refunds/cart42_r1";
    private static final String ORDER = "GET /v3/pay/transactions/out-trade-no/cart42_p1";

    private final StandIn standIn = new StandIn(() -> NOW);
    private final WeChatPay gateway = standIn.settings().build();
    private String trade = "";

    @BeforeEach
    void pay() {
        gateway.open(
                new OpenRequest(PAYMENT, new Money(4_900, Currency.CNY), NOW.plusSeconds(900)),
                Deadline.in(Duration.ofMinutes(5)));
        trade = standIn.pay(PAYMENT.toString());
    }

    @AfterEach
    void close() {
        standIn.close();
    }

    private RefundAnswer refund(long fen) {
        return refund(REFUND, fen);
    }

    private RefundAnswer refund(RefundId refund, long fen) {
        return gateway.refund(
                new RefundRequest(refund, PAYMENT, trade, new Money(fen, Currency.CNY)),
                Deadline.in(Duration.ofMinutes(5)));
    }

    private long requests(String start) {
        return standIn.seen().stream()
                .filter(seen -> (seen.method() + " " + seen.target()).startsWith(start))
                .count();
    }

    @Test
    void a_refund_asks_for_the_total_first_and_tells_it() throws Exception {
        assertThat(refund(1_000)).isEqualTo(new RefundAnswer.Pending());

        Loopback.Request post = standIn.seen().get(standIn.seen().size() - 1);
        assertThat(new ObjectMapper().readTree(post.body()))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"out_trade_no\":\"cart42_p1\",\"out_refund_no\":\"cart42_r1\","
                                + "\"amount\":{\"refund\":1000,\"total\":4900,\"currency\":\"CNY\"}}"));
    }

    @Test
    void several_refunds_in_part_each_move_their_own_amount() {
        refund(1_000);
        refund(new RefundId(new CheckoutId("cart42"), 2), 3_900);
        refund(1_000);

        assertThat(standIn.refunded(PAYMENT.toString())).isEqualTo(4_900);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, Refunded",
        "PROCESSING, Pending",
        "ABNORMAL, Pending",
        "CLOSED, Declined",
        "SOMETHING_NEW, Unknown"
    })
    void the_state_of_a_refund_is_read_alike_in_both_answers(String status, String answer) {
        refund(4_900);
        standIn.refundStatus(REFUND.toString(), status);

        assertThat(gateway.queryRefund(REFUND, PAYMENT).getClass().getSimpleName())
                .isEqualTo(answer);
        assertThat(refund(4_900).getClass().getSimpleName()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "403, USER_ACCOUNT_ABNORMAL, Declined",
        "400, INVALID_REQUEST, Declined",
        "403, NO_AUTH, Declined",
        "403, NOT_ENOUGH, Unknown",
        "400, PARAM_ERROR, Unknown",
        "404, RESOURCE_NOT_EXISTS, Unknown",
        "404, MCH_NOT_EXISTS, Unknown",
        "429, FREQUENCY_LIMITED, Unknown",
        "500, SYSTEM_ERROR, Unknown",
        "500, INVALID_REQUEST, Unknown",
        "400, SOMETHING_NEW, Unknown"
    })
    void only_errors_that_the_documents_call_final_decline_a_refund(int status, String code, String answer) {
        standIn.next(POST, status, StandIn.error(code));

        assertThat(refund(4_900).getClass().getSimpleName()).isEqualTo(answer);
        assertThat(standIn.refunded(PAYMENT.toString())).isZero();
    }

    @Test
    void a_refusal_of_what_an_earlier_send_has_done_is_no_refusal() {
        refund(4_900);
        standIn.next(POST, 400, StandIn.error("INVALID_REQUEST"));

        assertThat(refund(4_900)).isEqualTo(new RefundAnswer.Pending());
    }

    @Test
    void a_refusal_that_cannot_be_confirmed_is_unknown() {
        standIn.next(POST, 400, StandIn.error("INVALID_REQUEST"));
        standIn.next(GET, 500, StandIn.error("SYSTEM_ERROR"));

        assertThat(refund(4_900)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @ParameterizedTest
    @EnumSource(value = StandIn.Signing.class, names = "RIGHT", mode = EnumSource.Mode.EXCLUDE)
    void an_answer_without_a_good_signature_is_unknown_whatever_it_says(StandIn.Signing signing) {
        standIn.next(POST, 400, StandIn.error("INVALID_REQUEST"), signing);
        standIn.next(GET, 404, StandIn.error("RESOURCE_NOT_EXISTS"), signing);
        standIn.next(ORDER, 200, standIn.transaction(PAYMENT.toString()), signing);

        assertThat(refund(4_900)).as("order not asked").isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(requests(POST)).isZero();
        assertThat(refund(4_900)).as("refund refused").isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void a_refund_that_is_not_there_is_not_found_and_another_404_is_unknown() {
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.NotFound());

        standIn.next(GET, 404, StandIn.error("MCH_NOT_EXISTS"));
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void nothing_is_sent_for_an_unpaid_order_another_trade_or_another_currency() {
        standIn.next(ORDER, 200, standIn.transaction(PAYMENT.toString()).replace("SUCCESS", "NOTPAY"));
        assertThat(refund(4_900)).isInstanceOf(RefundAnswer.Unknown.class);
        standIn.next(ORDER, 200, standIn.transaction(PAYMENT.toString()).replace(trade, "4200009999"));
        assertThat(refund(4_900)).isInstanceOf(RefundAnswer.Unknown.class);
        standIn.next(ORDER, 200, standIn.transaction(PAYMENT.toString()).replace("\"CNY\"", "\"JPY\""));
        assertThat(refund(4_900)).isInstanceOf(RefundAnswer.Declined.class);

        assertThat(requests(POST)).isZero();
    }

    @Test
    void a_question_that_uses_up_the_call_limit_leaves_nothing_to_send() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Loopback silent = new Loopback(request -> {
            try {
                over.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Loopback.Response(500, List.of(), new byte[0]);
        })) {
            WeChatPay hasty = standIn.settings()
                    .endpoint(silent.url())
                    .callLimit(Duration.ofMillis(500))
                    .build();
            RefundAnswer answer = hasty.refund(
                    new RefundRequest(REFUND, PAYMENT, trade, new Money(4_900, Currency.CNY)),
                    Deadline.in(Duration.ofMinutes(5)));
            over.countDown();

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            RefundAnswer.Unknown.class,
                            unknown -> assertThat(unknown.reason())
                                    .startsWith(
                                            "not sent: the order's total could not be asked for: no full answer within"));
            assertThat(silent.seen()).noneMatch(seen -> seen.method().equals("POST"));
        }
    }

    @Test
    void an_answer_about_another_refund_payment_trade_or_amount_is_unknown() {
        refund(4_900);
        String good = "{\"refund_id\":\"5\",\"out_refund_no\":\"cart42_r1\",\"out_trade_no\":\"cart42_p1\","
                + "\"transaction_id\":\"" + trade + "\",\"status\":\"SUCCESS\",\"amount\":{\"refund\":4900,"
                + "\"total\":4900,\"currency\":\"CNY\"}}";
        for (String other : List.of(
                good.replace("cart42_r1", "cart42_r2"),
                good.replace("cart42_p1", "cart42_p2"),
                good.replace(trade, "4200009999"),
                good.replace("\"refund\":4900", "\"refund\":1"),
                good.replace("\"refund\":4900", "\"refund\":\"4900\""))) {
            standIn.next(POST, 200, other);
            assertThat(refund(4_900)).as(other).isInstanceOf(RefundAnswer.Unknown.class);
        }
        for (String enough : List.of(good, "{\"out_refund_no\":\"cart42_r1\",\"status\":\"SUCCESS\"}")) {
            standIn.next(POST, 200, enough);
            assertThat(refund(4_900)).as(enough).isEqualTo(new RefundAnswer.Refunded());
        }
    }
}
