package dev.kadao.codec;

import dev.kadao.order.Bytes;
import dev.kadao.port.InboundNotice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The bytes that are kept of what said something of money: a first line that names their kind, a line of JSON, then the
 * body as it came. A row without such a first line was written by an earlier version and is the body alone.
 */
final class RawNotice {
    private static final String INBOUND = "kadao-inbound\n";
    private static final String STATEMENT = "kadao-statement\n";
    /** What every store takes. */
    private static final int MOST_BYTES = 1024 * 1024;

    private static final int MOST_HEADER_CHARACTERS = 16 * 1024;
    /** What opens other doors than ours, and what speaks of somebody's browser. */
    private static final Set<String> NEVER_KEPT =
            Set.of("authorization", "proxy-authorization", "cookie", "cookie2", "set-cookie", "x-api-key");

    private RawNotice() {}

    static Bytes of(InboundNotice notice, Envelope envelope) {
        Map<String, List<String>> headers = kept(notice.headers());
        InboundHead head = new InboundHead(notice.method(), notice.query(), headers, notice.receivedAt(), true);
        byte[] before =
                (INBOUND + envelope.write(Forms.INBOUND, head).asUtf8() + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = notice.body().toArray();
        if ((long) before.length + body.length > MOST_BYTES) {
            // What it says is worth more than what it was said in: the money is recorded all the same.
            InboundHead alone = new InboundHead(notice.method(), "", Map.of(), notice.receivedAt(), false);
            return Bytes.utf8(INBOUND + envelope.write(Forms.INBOUND, alone).asUtf8() + "\n");
        }
        byte[] all = Arrays.copyOf(before, before.length + body.length);
        System.arraycopy(body, 0, all, before.length, body.length);
        return Bytes.of(all);
    }

    static Bytes ofStatement(String words) {
        return Bytes.utf8(STATEMENT + words);
    }

    static Optional<InboundNotice> read(Bytes raw, Instant storedAt, Envelope envelope) {
        byte[] bytes = raw.toArray();
        if (bytes.length == 0 || startsWith(bytes, STATEMENT)) {
            return Optional.empty();
        }
        if (!startsWith(bytes, INBOUND)) {
            return Optional.of(new InboundNotice("POST", "", Map.of(), raw, storedAt));
        }
        int from = INBOUND.length();
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        InboundHead head =
                envelope.read(Upcast.Noun.INBOUND, Forms.INBOUND, Bytes.of(Arrays.copyOfRange(bytes, from, end)));
        Bytes body = Bytes.of(Arrays.copyOfRange(bytes, Math.min(end + 1, bytes.length), bytes.length));
        return head.whole()
                ? Optional.of(new InboundNotice(head.method(), head.query(), head.headers(), body, head.receivedAt()))
                : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, String text) {
        byte[] start = text.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** The longest ones go first where there are too many: signatures are short. */
    private static Map<String, List<String>> kept(Map<String, List<String>> headers) {
        Map<String, List<String>> kept = new TreeMap<>(headers);
        kept.keySet().removeAll(NEVER_KEPT);
        int size = kept.entrySet().stream().mapToInt(RawNotice::length).sum();
        if (size <= MOST_HEADER_CHARACTERS) {
            return kept;
        }
        List<Map.Entry<String, List<String>>> longestFirst = kept.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, List<String>>>comparingInt(RawNotice::length)
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .map(header -> Map.entry(header.getKey(), header.getValue()))
                .toList();
        for (Map.Entry<String, List<String>> header : longestFirst) {
            if (size > MOST_HEADER_CHARACTERS) {
                kept.remove(header.getKey());
                size -= length(header);
            }
        }
        return kept;
    }

    private static int length(Map.Entry<String, List<String>> header) {
        return header.getKey().length()
                + header.getValue().stream()
                        .mapToInt(value -> value.length() + 1)
                        .sum();
    }
}
