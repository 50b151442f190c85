package dev.kadao.examples.cardshop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class RemoteSandboxLedgerTest {
    private static final Secret SECRET = Secret.of("sandbox 密");
    private static final Instant NOW = Instant.parse("2026-11-05T08:00:00Z");
    private static final PaymentId PAYMENT = PaymentId.parse("cart42_p1");
    private static final RefundRequest REFUND =
            new RefundRequest(RefundId.parse("cart42_r1"), PAYMENT, "t1", Money.parse("49.00", Currency.CNY));

    private static SandboxLedger ledger(RawServer server, Duration limit) {
        return new RemoteSandboxLedger(server.uri(), SECRET, limit, () -> NOW);
    }

    private static SandboxLedger ledger(RawServer server) {
        return ledger(server, Duration.ofSeconds(60));
    }

    private static PaymentWord payment(int status, String body) throws Exception {
        try (RawServer server = RawServer.answering(status, body)) {
            return ledger(server).payment(PAYMENT);
        }
    }

    private static void isSigned(RawServer.Seen seen) {
        byte[] body = seen.body().getBytes(StandardCharsets.UTF_8);
        SignedMessage.headers(SECRET, NOW, body)
                .forEach((name, value) -> assertThat(seen.headers()).containsEntry(name.toLowerCase(), value));
    }

    @Test
    void a_payment_is_asked_about_with_a_signature_over_nothing() throws Exception {
        try (RawServer server = RawServer.answering(200, "{\"status\":\"pending\"}")) {
            assertThat(ledger(server).payment(PAYMENT)).isEqualTo(new PaymentWord.Pending());
            assertThat(server.seen.get(0).line()).isEqualTo("GET /payments/cart42_p1 HTTP/1.1");
            assertThat(server.seen.get(0).body()).isEmpty();
            isSigned(server.seen.get(0));
        }
    }

    @Test
    void the_words_for_a_payment_are_read_exactly() throws Exception {
        Money amount = Money.parse("49.00", Currency.CNY);
        String money = ",\"tradeNumber\":\"交易 1\",\"amount\":\"49.00\",\"currency\":\"CNY\",\"more\":1}";
        assertThat(payment(200, "{\"status\":\"paid\"" + money)).isEqualTo(new PaymentWord.Paid("交易 1", amount));
        assertThat(payment(200, "{\"status\":\"refunded\"" + money))
                .isEqualTo(new PaymentWord.MovedBack("交易 1", amount));
        assertThat(payment(200, "{\"status\":\"closed\",\"tradeNumber\":\"\",\"amount\":\"0\",\"currency\":\"\"}"))
                .isEqualTo(new PaymentWord.Closed());
        assertThat(payment(404, "gone")).isEqualTo(new PaymentWord.NotFound());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "closed",
                "[]",
                "{}",
                "{\"status\":\"CLOSED\"}",
                "{\"status\":\"unheard-of\"}",
                "{\"status\":\"pending\",\"status\":\"closed\"}",
                "{\"status\":\"closed\"} x",
                "{\"status\":\"paid\",\"tradeNumber\":\"t1\",\"currency\":\"CNY\"}",
                "{\"status\":\"paid\",\"tradeNumber\":\"t1\",\"amount\":\"49.00\"}",
                "{\"status\":\"paid\",\"amount\":\"49.00\",\"currency\":\"CNY\"}",
                "{\"status\":\"paid\",\"tradeNumber\":\"t1\",\"amount\":49,\"currency\":\"CNY\"}",
                "{\"status\":\"paid\",\"tradeNumber\":\"t1\",\"amount\":\"1e2\",\"currency\":\"CNY\"}",
                "{\"status\":\"paid\",\"tradeNumber\":\"t1\",\"amount\":\"49.000\",\"currency\":\"CNY\"}"
            })
    void any_other_answer_about_a_payment_is_unknown(String body) throws Exception {
        assertThat(payment(200, body)).isInstanceOf(PaymentWord.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 400, 401, 404, 500, 503})
    void any_other_status_is_unknown_and_closes_or_refunds_nothing(int status) throws Exception {
        try (RawServer server = RawServer.answering(status, "{\"status\":\"closed\"}")) {
            assertThat(ledger(server).close(PAYMENT)).isEqualTo(new CloseAnswer.Unknown("status " + status));
        }
        try (RawServer server = RawServer.answering(status, "{\"status\":\"refunded\"}")) {
            assertThat(ledger(server).refund(REFUND)).isEqualTo(new RefundAnswer.Unknown("status " + status));
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void closing_is_told_by_a_signed_post_without_a_body() throws Exception {
        try (RawServer server = RawServer.answering(200, "{\"status\":\"closed\"}")) {
            assertThat(ledger(server).close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
            assertThat(server.seen.get(0).line()).isEqualTo("POST /payments/cart42_p1/close HTTP/1.1");
            assertThat(server.seen.get(0).body()).isEmpty();
            isSigned(server.seen.get(0));
        }
        try (RawServer server = RawServer.answering(200, "{\"status\":\"paid\"}")) {
            assertThat(ledger(server).close(PAYMENT)).isEqualTo(new CloseAnswer.AlreadyPaid());
        }
        try (RawServer server = RawServer.answering(200, "{\"status\":\"pending\"}")) {
            assertThat(ledger(server).close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
        }
    }

    @Test
    void a_refund_names_its_reference_payment_and_amount() throws Exception {
        try (RawServer server = RawServer.answering(200, "{\"status\":\"refunded\"}")) {
            assertThat(ledger(server).refund(REFUND)).isEqualTo(new RefundAnswer.Refunded());
            assertThat(server.seen.get(0).line()).isEqualTo("POST /refunds HTTP/1.1");
            assertThat(server.seen.get(0).body())
                    .isEqualTo("{\"reference\":\"cart42_r1\",\"payment\":\"cart42_p1\",\"amount\":\"49.00\","
                            + "\"currency\":\"CNY\"}");
            isSigned(server.seen.get(0));
        }
    }

    @Test
    void the_words_for_a_refund_are_read_exactly() throws Exception {
        List<RefundAnswer> expected = List.of(
                new RefundAnswer.Refunded(),
                new RefundAnswer.Pending(),
                new RefundAnswer.Declined("the sandbox declined the refund"));
        List<String> statuses = List.of("refunded", "pending", "declined");
        for (int i = 0; i < statuses.size(); i++) {
            try (RawServer server = RawServer.answering(200, "{\"status\":\"" + statuses.get(i) + "\"}")) {
                assertThat(ledger(server).refund(REFUND)).isEqualTo(expected.get(i));
                assertThat(ledger(server).refundStatus(REFUND.refund())).isEqualTo(expected.get(i));
                assertThat(server.seen.get(1).line()).isEqualTo("GET /refunds/cart42_r1 HTTP/1.1");
            }
        }
        try (RawServer server = RawServer.answering(404, "")) {
            assertThat(ledger(server).refundStatus(REFUND.refund())).isEqualTo(new RefundAnswer.NotFound());
        }
    }

    @Test
    void a_refund_whose_connection_breaks_is_unknown_and_not_sent_again_by_the_client() throws Exception {
        try (RawServer server = new RawServer((connection, self) -> connection.close())) {
            assertThat(ledger(server).refund(REFUND)).isInstanceOf(RefundAnswer.Unknown.class);
            assertThat(server.seen).hasSize(1);
        }
        try (RawServer server = new RawServer((connection, self) -> {
            connection.setSoLinger(true, 0);
            connection.close();
        })) {
            assertThat(ledger(server).refund(REFUND)).isInstanceOf(RefundAnswer.Unknown.class);
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void a_refused_connection_is_unknown() throws Exception {
        SandboxLedger ledger;
        try (RawServer gone = RawServer.answering(200, "")) {
            ledger = ledger(gone);
        }
        assertThat(ledger.payment(PAYMENT)).isEqualTo(new PaymentWord.Unknown("the call failed: ConnectException"));
        assertThat(ledger.close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(ledger.refund(REFUND)).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(ledger.refundStatus(REFUND.refund())).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void garbage_and_endless_answers_are_unknown() throws Exception {
        try (RawServer server = new RawServer((connection, self) -> RawServer.write(connection, "closed\r\n\r\n"))) {
            assertThat(ledger(server).close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
        }
        RawServer.Script endless = (connection, self) -> {
            RawServer.write(connection, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                RawServer.write(connection, " ".repeat(65_536));
            }
        };
        try (RawServer server = new RawServer(endless)) {
            assertThat(ledger(server).close(PAYMENT)).isInstanceOf(CloseAnswer.Unknown.class);
        }
    }

    @Test
    void an_answer_that_trickles_is_unknown_at_the_limit_and_its_connection_is_dropped() throws Exception {
        RawServer.Script trickle = (connection, self) -> {
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (!self.closed.await(20, TimeUnit.MILLISECONDS)) {
                RawServer.write(connection, " ");
            }
        };
        try (RawServer server = new RawServer(trickle)) {
            assertThat(ledger(server, Duration.ofSeconds(2)).payment(PAYMENT))
                    .isEqualTo(new PaymentWord.Unknown("no full answer within PT2S"));
            await().atMost(60, TimeUnit.SECONDS).until(() -> !server.endings.isEmpty());
        }
    }

    @Test
    void an_interrupt_ends_a_call_and_is_passed_on() throws Exception {
        try (RawServer server = new RawServer((connection, self) -> self.closed.await())) {
            AtomicReference<RefundAnswer> answer = new AtomicReference<>();
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                answer.set(ledger(server, Duration.ofMinutes(5)).refund(REFUND));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await().atMost(60, TimeUnit.SECONDS).until(() -> server.seen.size() == 1);

            caller.interrupt();
            caller.join(60_000);

            assertThat(answer.get()).isInstanceOf(RefundAnswer.Unknown.class);
            assertThat(interrupted.get()).isTrue();
        }
    }
}
