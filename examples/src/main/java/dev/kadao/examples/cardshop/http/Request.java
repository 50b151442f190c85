package dev.kadao.examples.cardshop.http;

import com.sun.net.httpserver.Headers;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request, read completely: within the size limit and the time limit. Immutable; the body must not be changed. */
public final class Request {
    private final String method;
    private final Map<String, String> pathValues;
    private final String rawQuery;
    private final Headers headers;
    private final byte[] body;
    private final InetSocketAddress sender;

    Request(
            String method,
            Map<String, String> pathValues,
            String rawQuery,
            Headers headers,
            byte[] body,
            InetSocketAddress sender) {
        this.method = method;
        this.pathValues = Map.copyOf(pathValues);
        this.rawQuery = rawQuery;
        this.headers = headers;
        this.body = body;
        this.sender = sender;
    }

    /** What stood in the path where the route's template has {@code {name}}. */
    public String path(String name) {
        String value = pathValues.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route's template has no {" + name + "}.");
        }
        return value;
    }

    public String method() {
        return method;
    }

    /** The query as it came, empty if there is none. */
    public String rawQuery() {
        return rawQuery;
    }

    /** A parameter of the query; one that is no UTF-8 or has doubled names is a {@link Problem} with status 400. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(PercentCode.query(rawQuery).get(name));
    }

    /** The one value of a header; empty if it is missing or stands there more than once. */
    public Optional<String> header(String name) {
        @Nullable List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? Optional.empty() : Optional.of(values.get(0));
    }

    /** All headers, with the names as the server spells them. */
    public Map<String, List<String>> headers() {
        return Map.copyOf(headers);
    }

    /** All values of a header that may be repeated, joined as RFC 9110 joins them. */
    public String joinedHeader(String name) {
        @Nullable List<String> values = headers.get(name);
        return values == null ? "" : String.join(",", values);
    }

    public byte[] body() {
        return body;
    }

    /** The body as one JSON object; a body that is none is a {@link Problem} with status 400. */
    public Members json() {
        return StrictJson.read(body);
    }

    /** As {@link #json()}, but nothing at all counts as an empty object. */
    public Members jsonOrNothing() {
        return body.length == 0 ? StrictJson.nothing() : StrictJson.read(body);
    }

    /** The address that the connection came from, without its port. */
    public String senderAddress() {
        return sender.getAddress().getHostAddress();
    }
}
