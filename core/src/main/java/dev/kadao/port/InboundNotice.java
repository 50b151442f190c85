package dev.kadao.port;

import dev.kadao.order.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP message that says it comes from a gateway or supplier, as it came in: nothing is verified yet. Headers are
 * found by name in any case; {@code toString} shows no content.
 *
 * @param method the HTTP method
 * @param query the raw query string, empty if there is none
 * @param receivedAt when it came, by this machine's clock; signature times are compared with it
 */
public record InboundNotice(
        String method, String query, Map<String, List<String>> headers, Bytes body, Instant receivedAt) {
    public InboundNotice {
        Map<String, List<String>> folded = new TreeMap<>();
        headers.forEach((name, values) -> folded.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = java.util.Collections.unmodifiableMap(folded);
    }

    /** The only value of a header; empty if it is missing or given twice. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "InboundNotice(" + method + ", " + body.size() + " bytes, " + receivedAt + ")";
    }
}
