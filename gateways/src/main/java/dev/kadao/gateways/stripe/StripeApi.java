package dev.kadao.gateways.stripe;

import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.wire.Exchange;
import dev.kadao.wire.OneTimeBody;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Requests to Stripe's API (docs.stripe.com/api): forms go, JSON comes. Thread-safe. */
final class StripeApi {
    /**
     * The version that answers are written in, so that they stay what is read here; the one that brought
     * {@code adaptive_pricing} for single sessions. Events are written in the version of their endpoint at Stripe.
     */
    private static final String VERSION = "2024-11-20.acacia";

    private final String endpoint;
    private final Secret apiKey;
    private final Exchange exchange;
    private final Duration callLimit;

    StripeApi(String endpoint, Secret apiKey, Duration connectTimeout, Duration callLimit) {
        this.endpoint = endpoint;
        this.apiKey = apiKey;
        this.exchange = new Exchange(connectTimeout, callLimit);
        this.callLimit = callLimit;
    }

    /** How a request ended. */
    sealed interface Reply {}

    /** With status 200. */
    record Done(StrictJson json) implements Reply {}

    /**
     * Stripe has not done it, or not said so in its form.
     *
     * @param type of the error, empty if there is none
     * @param code of the error, empty if there is none
     */
    record Failed(String why, int status, String type, String code) implements Reply {}

    /** A call of the port: all its requests together end within the call limit. */
    final class Call {
        private final long endNanos = System.nanoTime() + callLimit.toNanos();

        Reply get(String path, Map<String, String> query) {
            return run("GET " + path, request(path + "?" + form(query)).GET().build());
        }

        Reply post(String path, Map<String, String> form, String idempotencyKey, Deadline deadline) {
            OneTimeBody body = new OneTimeBody(form(form).getBytes(StandardCharsets.UTF_8), deadline);
            HttpRequest.Builder request = request(path).header("Content-Type", "application/x-www-form-urlencoded");
            if (!idempotencyKey.isEmpty()) {
                request.header("Idempotency-Key", idempotencyKey);
            }
            if (deadline.isExpired()) {
                return new Failed("the send deadline had passed", 0, "", "");
            }
            return run("POST " + path, request.POST(body).build());
        }

        /** A deadline for what the port gives none for: as long as this call lasts. */
        Deadline deadline() {
            return Deadline.in(left());
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1, endNanos - System.nanoTime()));
        }

        private Reply run(String what, HttpRequest request) {
            if (System.nanoTime() - endNanos >= 0) {
                return new Failed(what + ": the call limit was over before", 0, "", "");
            }
            Exchange.Outcome outcome = exchange.run(request, left());
            if (outcome instanceof Exchange.Outcome.Answered answered) {
                return read(what, answered);
            }
            return new Failed(what + ": " + ((Exchange.Outcome.Failed) outcome).why(), 0, "", "");
        }
    }

    Call call() {
        return new Call();
    }

    private static Reply read(String what, Exchange.Outcome.Answered answered) {
        int status = answered.status();
        try {
            StrictJson json = StrictJson.read(answered.body().toArray());
            if (status == 200) {
                return new Done(json);
            }
            Optional<StrictJson> error = json.object("error");
            String type = error.isEmpty() ? "" : word(error.get(), "type");
            String code = error.isEmpty() ? "" : word(error.get(), "code");
            String named = code.isEmpty() ? type : code;
            String why = what + ": status " + status + (named.isEmpty() ? "" : ", " + named);
            return new Failed(why, status, type, code);
        } catch (UnreadableException e) {
            return new Failed(what + ": status " + status + ", " + e.getMessage(), status, "", "");
        }
    }

    /** Stripe's own words are shown; its sentences are not, since they may quote what was sent. */
    private static String word(StrictJson error, String member) throws UnreadableException {
        return error.text(member).filter(text -> text.matches("[a-z_]{1,64}")).orElse("");
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(endpoint + pathAndQuery))
                .header("Authorization", "Bearer " + apiKey.expose())
                .header("Stripe-Version", VERSION)
                .header("Accept", "application/json");
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return endpoint;
    }
}
