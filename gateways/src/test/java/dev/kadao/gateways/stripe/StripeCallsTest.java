package dev.kadao.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.gateways.shared.FormStandIn.Asked;
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

class StripeCallsTest {
    private static final PaymentId PAYMENT = PaymentId.parse("cart42_p1");
    private static final RefundId REFUND = RefundId.parse("cart42_r1");
    private static final Money AMOUNT = new Money(4_900, Currency.CNY);
    private final StripeStandIn stripe = new StripeStandIn();
    private final PaymentGateway gateway =
            StripeSamples.builder(stripe.http.url()).build();

    @AfterEach
    void close() {
        stripe.close();
    }

    private static Deadline ahead() {
        return Deadline.in(Duration.ofMinutes(1));
    }

    private OpenAnswer open(PaymentGateway at, Instant deadline) {
        return at.open(new OpenRequest(PAYMENT, AMOUNT, deadline), ahead());
    }

    private String paidTrade() throws Exception {
        stripe.add("cart42_p1", 4_900, "cny");
        stripe.pay("cart42_p1");
        return ((PaymentWord.Paid) gateway.query(PAYMENT)).tradeNumber();
    }

    private RefundAnswer refund(String trade) {
        return gateway.refund(new RefundRequest(REFUND, PAYMENT, trade, AMOUNT), ahead());
    }

    private void allAnswered(int status, String body) {
        stripe.http.now(asked -> new Said(status, body));
    }

    @Test
    void a_payment_opens_as_a_session_that_outlives_its_deadline_by_what_stripe_demands() {
        Instant deadline = Instant.now().plusSeconds(900);
        OpenAnswer.Opened opened = (OpenAnswer.Opened) open(gateway, deadline);
        assertThat(opened.payWith().kind()).isEqualTo(PayWith.Kind.REDIRECT);
        Asked asked = stripe.http.asked().get(0);
        SortedMap<String, String> form = asked.form();
        assertThat(asked.header("Idempotency-key")).contains("cart42_p1");
        assertThat(asked.header("Stripe-version")).contains("2024-11-20.acacia");
        assertThat(form)
                .containsEntry("client_reference_id", "cart42_p1")
                .containsEntry("success_url", "https://shop.example/paid/cart42_p1")
                .containsEntry("cancel_url", "https://shop.example/cart/cart42_p1")
                .containsEntry("line_items[0][price_data][currency]", "cny")
                .containsEntry("line_items[0][price_data][unit_amount]", "4900")
                .containsEntry("adaptive_pricing[enabled]", "false")
                .containsEntry(
                        "expires_at",
                        String.valueOf(deadline.plusSeconds(31 * 60).getEpochSecond()));
    }

    @Test
    void a_deadline_beyond_stripes_day_leaves_the_expiry_to_stripe() {
        assertThat(open(gateway, Instant.now().plus(Duration.ofDays(3)))).isInstanceOf(OpenAnswer.Opened.class);
        assertThat(stripe.http.asked().get(0).form()).doesNotContainKey("expires_at");
    }

    @Test
    void a_payment_opened_again_with_another_product_name_is_the_session_of_before() {
        Instant deadline = Instant.now().plusSeconds(900);
        OpenAnswer first = open(gateway, deadline);
        PaymentGateway renamed =
                StripeSamples.builder(stripe.http.url()).productName("Other").build();
        assertThat(open(renamed, deadline)).isEqualTo(first);
    }

    @Test
    void what_stripe_will_never_take_is_refused_and_all_else_unknown() {
        Instant deadline = Instant.now().plusSeconds(900);
        Money odd = new Money(100, new Currency("USDT", 6));
        assertThat(gateway.open(new OpenRequest(PAYMENT, odd, deadline), ahead()))
                .isInstanceOf(OpenAnswer.Refused.class);
        assertThat(stripe.http.asked()).isEmpty();
        stripe.http.now(asked -> StripeStandIn.error(400, "invalid_request_error", "amount_too_small"));
        assertThat(open(gateway, deadline)).isInstanceOf(OpenAnswer.Refused.class);
        for (int status : List.of(400, 401, 402, 403, 409, 429, 500, 503)) {
            stripe.http.now(asked -> StripeStandIn.error(status, "api_error", "url_invalid"));
            OpenAnswer answer = open(gateway, deadline);
            assertThat(answer).isInstanceOf(OpenAnswer.Unknown.class);
            assertThat(((OpenAnswer.Unknown) answer).reason())
                    .contains("status " + status + ", url_invalid")
                    .doesNotContain("buyer@example.com");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "<html>",
                "{\"id\":\"cs_1\"}",
                "{\"id\":\"cs_1\",\"client_reference_id\":\"other_p1\",\"url\":\"https://checkout.stripe.test/x\"}",
                "{\"id\":\"cs_1\",\"client_reference_id\":\"cart42_p1\",\"url\":\"javascript:alert(1)\"}",
                "{\"id\":\"cs_1\",\"client_reference_id\":\"cart42_p1\",\"url\":null}"
            })
    void an_answer_without_the_payments_own_page_is_unknown(String body) {
        allAnswered(200, body);
        assertThat(open(gateway, Instant.now().plusSeconds(900))).isInstanceOf(OpenAnswer.Unknown.class);
    }

    @Test
    void an_open_session_is_pending_and_an_expired_one_closed() {
        stripe.add("other_p1", 100, "cny");
        stripe.add("cart42_p1", 4_900, "cny");
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Pending());
        assertThat(gateway.close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Closed());
    }

    @Test
    void a_paid_session_is_found_at_any_age_by_search() throws Exception {
        stripe.add("cart42_p1", 4_900, "cny");
        stripe.pay("cart42_p1");
        addOthers(300);
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Paid("pi_cs_test_0", AMOUNT));
        assertThat(gateway.close(PAYMENT)).isEqualTo(new CloseAnswer.AlreadyPaid());
    }

    @Test
    void an_open_session_behind_hundreds_of_ended_ones_is_found_among_the_open_ones() {
        stripe.add("cart42_p1", 4_900, "cny");
        addOthers(300);
        assertThat(gateway.close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
    }

    @Test
    void what_is_beyond_all_looking_is_pending_and_not_closed() throws Exception {
        stripe.add("cart42_p1", 4_900, "cny");
        stripe.pay("cart42_p1");
        addOthers(300);
        stripe.searchLags = true;
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Pending());
        assertThat(gateway.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
    }

    private void addOthers(int count) {
        for (int i = 0; i < count; i++) {
            stripe.add("other" + i + "_p1", 100, "cny").put("status", "expired");
        }
    }

    @Test
    void a_payment_that_stripe_never_had_is_not_found_and_not_closed() {
        stripe.add("CART42_p1", 4_900, "cny");
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.NotFound());
        assertThat(gateway.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
    }

    @Test
    void odd_sessions_of_other_integrations_do_not_hide_ours() {
        stripe.add("cart42_p1", 4_900, "cny");
        stripe.add("subscription", 100, "cny").put("client_reference_id", null);
        stripe.add("odd", 100, "cny").put("payment_intent", List.of("pi_1", "pi_2"));
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Pending());
    }

    @Test
    void a_session_paid_while_it_was_to_be_closed_is_already_paid() throws Exception {
        stripe.add("cart42_p1", 4_900, "cny");
        stripe.http.now(asked -> {
            if (asked.path().endsWith("/expire")) {
                stripe.pay("cart42_p1");
            }
            return stripe.answer(asked);
        });
        assertThat(gateway.close(PAYMENT)).isEqualTo(new CloseAnswer.AlreadyPaid());
    }

    @Test
    void a_session_at_a_slow_method_is_neither_closed_nor_paid() {
        stripe.add("cart42_p1", 4_900, "cny").put("status", "complete");
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Pending());
        assertThat(gateway.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 301, 400, 401, 404, 429, 500})
    void without_a_clear_answer_nothing_is_known(int status) {
        allAnswered(status, "{}");
        assertThat(gateway.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
        assertThat(gateway.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(refund("pi_1")).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void a_refused_connection_is_unknown() {
        PaymentGateway nobody = StripeSamples.builder("http://127.0.0.1:1").build();
        assertThat(nobody.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
        assertThat(open(nobody, Instant.now().plusSeconds(900))).isInstanceOf(OpenAnswer.Unknown.class);
    }

    @Test
    void a_list_that_ends_nowhere_ends_the_looking() {
        allAnswered(200, "{\"data\":[],\"has_more\":true}");
        assertThat(gateway.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
        allAnswered(200, "{\"data\":[]}");
        assertThat(gateway.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
    }

    @Test
    void a_refund_is_sent_once_however_old_its_key_is() throws Exception {
        String trade = paidTrade();
        assertThat(refund(trade)).isEqualTo(new RefundAnswer.Refunded());
        stripe.forgetKeys();
        assertThat(refund(trade)).isEqualTo(new RefundAnswer.Refunded());
        assertThat(stripe.refunded(trade)).isEqualTo(4_900);
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.Refunded());
    }

    @Test
    void a_refund_of_the_console_is_not_ours() throws Exception {
        String trade = paidTrade();
        stripe.addRefund(trade, 4_900, null, "succeeded");
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.NotFound());
        assertThat(refund(trade)).isInstanceOf(RefundAnswer.Declined.class);
    }

    @Test
    void search_which_does_not_tell_capitals_from_small_letters_is_not_taken_at_its_word() throws Exception {
        stripe.add("CART42_p1", 4_900, "cny");
        stripe.pay("CART42_p1");
        stripe.addRefund("pi_cs_test_0", 4_900, "cart42_r1", "succeeded");
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void refunds_are_found_before_search_knows_the_payment() throws Exception {
        String trade = paidTrade();
        stripe.searchLags = true;
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.NotFound());
        refund(trade);
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.Refunded());
    }

    @Test
    void each_status_of_a_refund_has_its_answer() throws Exception {
        String trade = paidTrade();
        var refund = stripe.addRefund(trade, 4_900, "cart42_r1", "pending");
        for (String status : List.of("pending", "requires_action")) {
            refund.put("status", status);
            assertThat(refund(trade)).isEqualTo(new RefundAnswer.Pending());
            assertThat(gateway.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.Pending());
        }
        for (String status : List.of("failed", "canceled")) {
            refund.put("status", status);
            assertThat(gateway.queryRefund(REFUND, PAYMENT)).isInstanceOf(RefundAnswer.Declined.class);
        }
        refund.put("status", "of_tomorrow");
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isInstanceOf(RefundAnswer.Unknown.class);
        refund.put("status", "succeeded");
        refund.put("amount", 1);
        assertThat(refund(trade)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"charge_already_refunded", "charge_disputed", "charge_not_refundable", "refund_disputed_payment"
            })
    void refusals_that_stripe_calls_final_decline_a_refund(String code) throws Exception {
        String trade = paidTrade();
        refusing(400, code);
        assertThat(refund(trade)).isInstanceOf(RefundAnswer.Declined.class);
        refusing(500, code);
        assertThat(refund(trade)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "resource_missing", "idempotency_key_in_use", "balance_insufficient", "rate_limit"})
    void other_refusals_leave_a_refund_unknown(String code) throws Exception {
        String trade = paidTrade();
        refusing(400, code);
        assertThat(refund(trade)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    private void refusing(int status, String code) {
        stripe.http.now(asked -> asked.line().equals("POST /v1/refunds")
                ? StripeStandIn.error(status, "invalid_request_error", code)
                : stripe.answer(asked));
    }

    @Test
    void a_payment_without_an_intent_cannot_be_refunded_by_a_call() {
        assertThat(refund("cs_test_1")).isInstanceOf(RefundAnswer.Declined.class);
        assertThat(stripe.http.asked()).isEmpty();
    }

    @Test
    void a_call_of_many_pages_ends_within_its_limit() {
        addOthers(300);
        PaymentGateway hasty = StripeSamples.builder(stripe.http.url())
                .callLimit(Duration.ofNanos(1))
                .build();
        assertThat(hasty.query(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
    }
}
