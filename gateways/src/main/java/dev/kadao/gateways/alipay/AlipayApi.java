package dev.kadao.gateways.alipay;

import dev.kadao.gateways.shared.Rsa;
import dev.kadao.port.Deadline;
import dev.kadao.wire.Exchange;
import dev.kadao.wire.OneTimeBody;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signed calls of Alipay's gateway: {@code POST /gateway.do}, the common parameters in the query and
 * {@code biz_content} in the body, as the official SDK sends them. Thread-safe; never throws.
 */
final class AlipayApi {
    private final String url;
    private final String appId;
    private final PrivateKey ourKey;
    private final PublicKey alipayKey;
    private final InstantSource clock;
    private final Exchange exchange;

    /** What came of a call. */
    sealed interface Reply {
        record Said(AlipayAnswer answer) implements Reply {}

        /** No answer that could be believed; {@code why} quotes none. */
        record Nothing(String why) implements Reply {}
    }

    AlipayApi(
            String url, String appId, PrivateKey ourKey, PublicKey alipayKey, InstantSource clock, Exchange exchange) {
        this.url = url;
        this.appId = appId;
        this.ourKey = ourKey;
        this.alipayKey = alipayKey;
        this.clock = clock;
        this.exchange = exchange;
    }

    /** Asks, or does what may be done again. */
    Reply call(String method, Map<String, ?> content, Duration within) {
        SortedMap<String, String> parameters = parameters(method, content);
        byte[] body = body(parameters);
        return read(method, exchange.run(request(parameters, BodyPublishers.ofByteArray(body)), within));
    }

    /**
     * Does what is begun before a deadline or not at all.
     *
     * @param more common parameters of this method alone
     */
    Reply send(String method, Map<String, ?> content, Map<String, String> more, Duration within, Deadline deadline) {
        SortedMap<String, String> parameters = parameters(method, content);
        parameters.putAll(more);
        OneTimeBody body = new OneTimeBody(body(parameters), deadline);
        HttpRequest request = request(parameters, body);
        if (deadline.isExpired()) {
            return new Reply.Nothing("the send deadline had passed before connecting");
        }
        Reply reply = read(method, exchange.run(request, within));
        return body.wasLate() ? new Reply.Nothing("the send deadline had passed once connected") : reply;
    }

    private SortedMap<String, String> parameters(String method, Map<String, ?> content) {
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("app_id", appId);
        parameters.put("method", method);
        parameters.put("format", "JSON");
        parameters.put("charset", "utf-8");
        parameters.put("sign_type", "RSA2");
        parameters.put("timestamp", AlipayTime.of(clock.instant()));
        parameters.put("version", "1.0");
        parameters.put("biz_content", new String(StrictJson.write(content), StandardCharsets.UTF_8));
        return parameters;
    }

    private static byte[] body(Map<String, String> parameters) {
        return ("biz_content=" + encoded(parameters.getOrDefault("biz_content", "")))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private HttpRequest request(SortedMap<String, String> parameters, BodyPublisher body) {
        // All parameters are signed, sorted by name, as they are before they are escaped. None of ours is empty.
        String content = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
        String query = parameters.entrySet().stream()
                .filter(each -> !each.getKey().equals("biz_content"))
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        String sign = encoded(Rsa.sign(ourKey, content.getBytes(StandardCharsets.UTF_8)));
        return HttpRequest.newBuilder(URI.create(url + "?" + query + "&sign=" + sign))
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
                .POST(body)
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply read(String method, Exchange.Outcome outcome) {
        if (outcome instanceof Exchange.Outcome.Failed failed) {
            return new Reply.Nothing(method + ": " + failed.why());
        }
        Exchange.Outcome.Answered answered = (Exchange.Outcome.Answered) outcome;
        if (answered.status() != 200) {
            return new Reply.Nothing(method + ": status " + answered.status());
        }
        try {
            return new Reply.Said(AlipayAnswer.read(answered.body().toArray(), method, alipayKey));
        } catch (UnreadableException e) {
            return new Reply.Nothing(method + ": " + e.getMessage());
        }
    }
}
