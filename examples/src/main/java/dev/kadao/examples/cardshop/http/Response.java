package dev.kadao.examples.cardshop.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** An answer: status, headers and the bytes of its body. Immutable; the bytes are not copied and must not be changed. */
public final class Response {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Response(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(headers);
        this.body = body;
    }

    public static Response of(int status, String contentType, byte[] body) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", contentType);
        // Answers may hold keys, recipients and states that change by the second.
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        return new Response(status, headers, body);
    }

    public static Response json(int status, JsonNode body) {
        return of(status, "application/json", StrictJson.bytes(body));
    }

    public static Response text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /** This answer with one more header, or with another value of it. */
    public Response with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
