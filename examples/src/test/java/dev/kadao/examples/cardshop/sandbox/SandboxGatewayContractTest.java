package dev.kadao.examples.cardshop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.testkit.PaymentGatewayContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;

/** The contract over real sockets, with a gateway that keeps its records in this test. */
class SandboxGatewayContractTest extends PaymentGatewayContract {
    private static final Secret SECRET = Secret.of("sandbox 密");
    private static final Instant NOW = Instant.parse("2026-11-05T08:00:00Z");

    private final Map<String, String> payments = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> refunds = new ConcurrentHashMap<>();
    private RawServer server;

    @Override
    protected PaymentGateway openGateway() {
        try {
            server = new RawServer(this::serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SandboxLedger ledger = new RemoteSandboxLedger(server.uri(), SECRET, Duration.ofSeconds(60), () -> NOW);
        return new SandboxGateway(
                SECRET, ledger, request -> PayWith.redirect("http://127.0.0.1/pay?payment=" + request.payment()));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve(Socket connection, RawServer self) throws IOException {
        RawServer.Seen request = self.seen.get(self.seen.size() - 1);
        String[] path = request.line().split(" ")[1].substring(1).split("/");
        boolean isPost = request.line().startsWith("POST");
        String answer = path[0].equals("payments")
                ? payment(path[1], isPost)
                : isPost ? refund(request.body()) : refundStatus(path[1]);
        RawServer.answer(connection, answer.isEmpty() ? 404 : 200, answer);
    }

    private String payment(String payment, boolean closes) {
        String known = closes
                ? payments.computeIfAbsent(payment, id -> "{\"status\":\"closed\"}")
                : payments.getOrDefault(payment, "");
        return closes && known.contains("paid") ? "{\"status\":\"paid\"}" : known;
    }

    private String refund(String body) throws IOException {
        JsonNode refund = new ObjectMapper().readTree(body);
        refunds.putIfAbsent(refund.get("reference").textValue(), refund);
        return "{\"status\":\"refunded\"}";
    }

    private String refundStatus(String reference) {
        return refunds.containsKey(reference) ? "{\"status\":\"refunded\"}" : "";
    }

    @Override
    protected InboundNotice pay(PaymentId payment, Money amount) {
        String said = "\"status\":\"paid\",\"tradeNumber\":\"交易 1\",\"amount\":\"" + amount.toDecimal()
                + "\",\"currency\":\"" + amount.currency().code() + "\"}";
        payments.put(payment.toString(), "{" + said);
        byte[] body = ("{\"noticeId\":\"n1\",\"payment\":\"" + payment + "\"," + said).getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> headers = new HashMap<>();
        SignedMessage.headers(SECRET, NOW, body).forEach((name, value) -> headers.put(name, List.of(value)));
        return new InboundNotice("POST", "", headers, Bytes.of(body), NOW);
    }

    @Override
    protected int requestsArrived() {
        return server.seen.size();
    }

    @Override
    protected long refunded(PaymentId payment) {
        return refunds.values().stream()
                .filter(refund -> refund.get("payment").textValue().equals(payment.toString()))
                .mapToLong(refund -> Money.parse(
                                refund.get("amount").textValue(),
                                Currency.of(refund.get("currency").textValue()))
                        .minorUnits())
                .sum();
    }
}
