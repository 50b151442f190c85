package dev.kadao.suppliers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.order.Bytes;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.InboundNotice;
import dev.kadao.suppliers.signing.Signature;
import dev.kadao.testkit.DispatcherContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;

/** The contract over real sockets, with a supplier that hands over once for each reference. */
class HttpSupplierContractTest extends DispatcherContract {
    private final Map<String, Integer> executions = new ConcurrentHashMap<>();
    private ScriptedServer server;

    @Override
    protected Dispatcher openDispatcher() {
        try {
            server = ScriptedServer.that(this::serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return supplier(server.url(), Samples.CALL_LIMIT);
    }

    @Override
    protected Optional<Dispatcher> openDispatcherAt(URI endpoint, Duration callLimit) {
        return Optional.of(supplier(endpoint.toString(), callLimit));
    }

    private static HttpSupplier supplier(String endpoint, Duration callLimit) {
        Guarantee.Asking asking = new Guarantee.Asking(
                Duration.ofSeconds(5),
                true,
                List.of(Duration.ofSeconds(2)),
                Duration.ofMinutes(30),
                Duration.ofDays(3));
        SupplierTerms terms =
                new SupplierTerms(new Guarantee.Idempotent(Duration.ofDays(1), asking), callLimit, Duration.ofHours(2));
        return HttpSupplier.at(endpoint, Samples.SECRET, terms)
                .connectTimeout(Samples.CALL_LIMIT)
                .clock(() -> Samples.NOW)
                .build();
    }

    private void serve(ScriptedServer.Seen request, java.net.Socket connection, ScriptedServer self) throws Exception {
        String reference = request.method().equals("GET")
                ? request.path().substring("/orders/".length())
                : new ObjectMapper().readTree(request.body()).get("reference").textValue();
        if (request.method().equals("POST")) {
            executions.putIfAbsent(reference, 1);
        }
        ScriptedServer.Script answer = executions.containsKey(reference)
                ? ScriptedServer.answer(200, "{" + success(reference))
                : ScriptedServer.answer(404, "");
        answer.serve(request, connection, self);
    }

    private static String success(String reference) {
        return "\"state\":\"success\",\"supplierOrder\":\"S-1\",\"proof\":\"流水 " + reference + "\"}";
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Override
    protected int executions(DispatchId reference) {
        return executions.getOrDefault(reference.toString(), 0);
    }

    @Override
    protected int requestsArrived() {
        return server.seen.size();
    }

    @Override
    protected Optional<InboundNotice> noticeOf(DispatchId reference) {
        byte[] body = ("{\"reference\":\"" + reference + "\"," + success(reference.toString()))
                .getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(Samples.NOW.getEpochSecond());
        Map<String, List<String>> headers = Map.of(
                Signature.TIMESTAMP, List.of(timestamp),
                Signature.SIGNATURE, List.of(Signature.of(Samples.SECRET, timestamp, body)));
        return Optional.of(new InboundNotice("POST", "", headers, Bytes.of(body), Samples.NOW));
    }
}
