package dev.kadao.examples.cardshop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.examples.cardshop.database.ShopDatabase;
import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxGatewayTest {
    private static final Secret SECRET = Secret.of("sandbox 密");
    private static final Instant NOW = Instant.parse("2026-11-05T08:00:00Z");
    private static final Money AMOUNT = Money.parse("49.00", Currency.CNY);
    private static final PaymentId PAYMENT = PaymentId.parse("cart42_p1");

    private final JdbcSandboxLedger ledger;
    private final SandboxGateway gateway;

    SandboxGatewayTest() throws ShopDatabase.Unusable {
        ledger = JdbcSandboxLedger.open(inMemory(), Duration.ofSeconds(20));
        gateway = new SandboxGateway(
                SECRET, ledger, request -> PayWith.redirect("http://127.0.0.1/pay?payment=" + request.payment()));
    }

    private static JdbcDataSource inMemory() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:sandbox-gateway;DB_CLOSE_DELAY=-1");
        return database;
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static String notice(String status, String amount, String currency) {
        return "{\"noticeId\":\"n1\",\"payment\":\"cart42_p1\",\"tradeNumber\":\"交易 1\",\"status\":" + status
                + ",\"amount\":" + amount + ",\"currency\":" + currency + ",\"at\":\"2026-11-05T07:59:58Z\"}";
    }

    private static InboundNotice signed(String method, Secret secret, Instant at, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> headers = new HashMap<>();
        SignedMessage.headers(secret, at, bytes).forEach((name, value) -> headers.put(name, List.of(value)));
        return new InboundNotice(method, "", headers, Bytes.of(bytes), NOW);
    }

    private static InboundNotice signed(String body) {
        return signed("POST", SECRET, NOW, body);
    }

    private void saysOf(String body, PaymentWord word) {
        NoticeReading.Genuine genuine = (NoticeReading.Genuine) gateway.read(signed(body));
        assertThat(genuine.payment()).isEqualTo("cart42_p1");
        assertThat(genuine.word()).isEqualTo(word);
        assertThat(genuine.whenStored().status()).isEqualTo(200);
        assertThat(genuine.whenStored().body().asUtf8()).isEqualTo("ok");
        assertThat(genuine.whenNot().status()).isEqualTo(503);
        assertThat(genuine.whenNot().body().asUtf8()).doesNotContain("ok");
    }

    private void isRefused(InboundNotice notice, int status) {
        NoticeReading reading = gateway.read(notice);
        assertThat(reading).isInstanceOf(NoticeReading.Forged.class);
        NoticeReading.Forged forged = (NoticeReading.Forged) reading;
        assertThat(forged.reply().status()).isEqualTo(status);
        assertThat(forged.reply().body().asUtf8()).isEqualTo(status == 401 ? "unauthorized" : "bad request");
        assertThat(forged.reason()).doesNotContain(SECRET.expose());
    }

    @Test
    void its_terms_are_those_of_a_gateway_that_can_do_everything() {
        assertThat(gateway.traits())
                .isEqualTo(new PaymentGateway.Traits(new GatewayTerms(true, true, true, true), true));
    }

    @Test
    void a_payment_opens_at_once_with_the_pay_page() {
        PaymentGateway.OpenRequest request = new PaymentGateway.OpenRequest(PAYMENT, AMOUNT, NOW);
        PaymentGateway.OpenAnswer.Opened opened =
                new PaymentGateway.OpenAnswer.Opened(PayWith.redirect("http://127.0.0.1/pay?payment=cart42_p1"));

        assertThat(gateway.open(request, Deadline.in(Duration.ofMinutes(1)))).isEqualTo(opened);
        assertThat(gateway.open(request, Deadline.in(Duration.ofMinutes(1)))).isEqualTo(opened);
    }

    @Test
    void a_signed_notice_is_genuine_and_says_what_it_says() {
        saysOf(notice("\"paid\"", "\"49.00\"", "\"CNY\""), new PaymentWord.Paid("交易 1", AMOUNT));
        saysOf(notice("\"paid\"", "\"49\"", "\"JPY\""), new PaymentWord.Paid("交易 1", Money.parse("49", Currency.JPY)));
        saysOf(notice("\"refunded\"", "\"49.00\"", "\"CNY\""), new PaymentWord.MovedBack("交易 1", AMOUNT));
        saysOf("{\"noticeId\":\"n1\",\"payment\":\"cart42_p1\",\"status\":\"pending\"}", new PaymentWord.Pending());
        saysOf("{\"noticeId\":\"n1\",\"payment\":\"cart42_p1\",\"status\":\"closed\"}", new PaymentWord.Closed());
    }

    @Test
    void a_payment_of_another_form_is_handed_on_for_others_to_judge() {
        String body = notice("\"closed\"", "\"49.00\"", "\"CNY\"").replace("cart42_p1", "nobody's");

        assertThat(((NoticeReading.Genuine) gateway.read(signed(body))).payment())
                .isEqualTo("nobody's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1e2\"",
                "\" 49.00 \"",
                "\"49.001\"",
                "\"49\"",
                "\"-49.00\"",
                "\"+49.00\"",
                "\"049.00\"",
                "\"49,00\"",
                "\"\"",
                "49.00",
                "[\"49.00\"]",
                "{}",
                "true",
                "null"
            })
    void a_malformed_amount_is_a_bad_request(String amount) {
        isRefused(signed(notice("\"paid\"", amount, "\"CNY\"")), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"noticeId\":\"n1\",\"payment\":\"cart42_p1\",\"status\":\"paid\"}",
                "{\"noticeId\":\"n1\",\"payment\":\"cart42_p1\",\"status\":\"PAID\"}",
                "{\"noticeId\":1,\"payment\":\"cart42_p1\",\"status\":\"closed\"}",
                "{\"noticeId\":\"n1\",\"payment\":\"cart42_p1\",\"status\":\"closed\",\"status\":\"pending\"}",
                "{\"noticeId\":\"n1\",\"payment\":\"cart42_p1\",\"status\":\"closed\"} x"
            })
    void a_signed_notice_that_cannot_be_read_is_a_bad_request(String body) {
        isRefused(signed(body), 400);
    }

    @Test
    void a_wrong_signature_time_or_header_is_unauthorized() {
        String body = notice("\"paid\"", "\"49.00\"", "\"CNY\"");
        isRefused(signed("POST", Secret.of("guess"), NOW, body), 401);
        isRefused(signed("POST", SECRET, NOW.plusSeconds(301), body), 401);
        isRefused(signed("POST", SECRET, NOW.minusSeconds(301), body), 401);
        assertThat(gateway.read(signed("POST", SECRET, NOW.plusSeconds(300), body)))
                .isInstanceOf(NoticeReading.Genuine.class);
        assertThat(gateway.read(signed("POST", SECRET, NOW.minusSeconds(300), body)))
                .isInstanceOf(NoticeReading.Genuine.class);
        InboundNotice good = signed(body);
        isRefused(new InboundNotice("POST", "", Map.of(), good.body(), NOW), 401);
        isRefused(new InboundNotice("POST", "", good.headers(), Bytes.utf8(body + " "), NOW), 401);
    }

    @Test
    void only_a_post_is_a_notice() {
        isRefused(signed("GET", SECRET, NOW, notice("\"paid\"", "\"49.00\"", "\"CNY\"")), 400);
    }

    @Test
    void a_refund_after_its_deadline_is_not_sent() {
        RefundId refund = RefundId.parse("late_r1");
        PaymentGateway.RefundRequest request = new PaymentGateway.RefundRequest(refund, PAYMENT, "t1", AMOUNT);

        assertThat(gateway.refund(request, Deadline.in(Duration.ofSeconds(-1))))
                .isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(gateway.queryRefund(refund, PAYMENT)).isEqualTo(new RefundAnswer.NotFound());
        assertThat(gateway.refund(request, Deadline.in(Duration.ofMinutes(1)))).isEqualTo(new RefundAnswer.Refunded());
        assertThat(gateway.queryRefund(refund, PAYMENT)).isEqualTo(new RefundAnswer.Refunded());
    }
}
