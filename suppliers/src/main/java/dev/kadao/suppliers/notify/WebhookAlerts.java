package dev.kadao.suppliers.notify;

import dev.kadao.order.InvalidValueException;
import dev.kadao.port.Alert;
import dev.kadao.port.AlertSink;
import dev.kadao.port.NotToldException;
import dev.kadao.suppliers.signing.Signature;
import dev.kadao.wire.Exchange;
import dev.kadao.wire.StrictJson;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the shop's own people by a signed {@code POST} of JSON, to a chat robot or a pager of the shop. Thread-safe, needs
 * no closing. The shop alone names the endpoint, so plain http and private networks are taken.
 *
 * <p>The body has the members {@code event} (always {@code shop.alert}), {@code kind} (such as {@code low-stock}),
 * {@code subject}, {@code sentence}, {@code level} and {@code at}; the headers are those of {@link WebhookNotifier}, and
 * {@code Idempotency-Key} is the same for every try of the same kind, subject and level. It is so when the same trouble comes
 * back, too: whoever goes by it should forget it after an hour. Any status 2xx is told; redirects are not followed.
 */
public final class WebhookAlerts implements AlertSink {
    private final WebhookEndpoint endpoint;
    private final Duration limit;
    private final InstantSource clock;
    private final Exchange exchange;

    WebhookAlerts(WebhookEndpoint endpoint, Duration limit, InstantSource clock) {
        List<String> problems = new ArrayList<>();
        Spans.check("limit", limit, problems);
        URI uri = endpoint.uri();
        boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            problems.add("the endpoint is no absolute http or https URL without user and fragment.");
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException("these alerts cannot be sent:\n- " + String.join("\n- ", problems));
        }
        this.endpoint = endpoint;
        this.limit = limit;
        this.clock = clock;
        this.exchange = new Exchange(limit, limit);
    }

    /**
     * A sink that tells one endpoint of the shop.
     *
     * @param limit of one try; keep it below {@code EngineSettings.callLimit}
     * @throws InvalidValueException if the endpoint or the limit cannot be used
     */
    public static WebhookAlerts to(WebhookEndpoint endpoint, Duration limit) {
        return new WebhookAlerts(endpoint, limit, InstantSource.system());
    }

    @Override
    public void alert(Alert alert) {
        Exchange.Outcome outcome = exchange.run(signed(alert), limit);
        if (!(outcome instanceof Exchange.Outcome.Answered answered)) {
            throw NotToldException.notifierFailed("the endpoint: " + ((Exchange.Outcome.Failed) outcome).why());
        }
        if (answered.status() < 200 || answered.status() > 299) {
            throw NotToldException.notifierFailed("the endpoint answered with status " + answered.status());
        }
    }

    private HttpRequest signed(Alert alert) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("event", "shop.alert");
        members.put("kind", alert.word());
        members.put("subject", alert.subject());
        members.put("sentence", alert.sentence());
        members.put("level", alert.level());
        members.put("at", alert.at().truncatedTo(ChronoUnit.SECONDS).toString());
        byte[] body = StrictJson.write(members);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        return HttpRequest.newBuilder(endpoint.uri())
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Idempotency-Key", key(alert))
                .header(Signature.TIMESTAMP, timestamp)
                .header(Signature.SIGNATURE, Signature.of(endpoint.secret(), timestamp, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    /** Of what a header may hold; a SKU may be anything. */
    private static String key(Alert alert) {
        String subject = alert.subject().replaceAll("[^0-9A-Za-z_.-]", "_");
        return alert.word() + ":" + subject + ":" + alert.level();
    }

    @Override
    public String toString() {
        return "WebhookAlerts(" + endpoint + ")";
    }
}
