package dev.kadao.gateways;

import dev.kadao.order.Bytes;
import dev.kadao.port.InboundNotice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes of a genuine notice one that was damaged, forged, cut, doubled or stuffed on its way. For one thread. */
final class Mangler {
    private static final List<String> SPELLINGS = List.of(
            "1e2", " 100 ", "100.001", "１００", "-1", "[]", "{}", "null", "\"", "%zz", "%00", "&&", "=", "\ud800",
            "\r\n");

    private final Random random;

    Mangler(Random random) {
        this.random = random;
    }

    InboundNotice mangled(InboundNotice genuine) {
        InboundNotice notice = genuine;
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            notice = once(notice);
        }
        return notice;
    }

    private InboundNotice once(InboundNotice notice) {
        int choice = random.nextInt(20);
        if (choice < 12) {
            return notice.query().isEmpty() || random.nextInt(4) == 0
                    ? withBody(notice, bytes(notice.body().toArray()))
                    : withQuery(notice, latin(bytes(latin(notice.query()))));
        }
        if (choice < 17) {
            return withHeaders(notice, headers(notice.headers()));
        }
        if (choice < 18) {
            String method = List.of("GET", "POST", "PUT", "", "POST ").get(random.nextInt(5));
            return new InboundNotice(method, notice.query(), notice.headers(), notice.body(), notice.receivedAt());
        }
        Instant other =
                notice.receivedAt().plusSeconds((random.nextBoolean() ? 1 : -1) * (301L + random.nextInt(100_000)));
        return new InboundNotice(notice.method(), notice.query(), notice.headers(), notice.body(), other);
    }

    private byte[] bytes(byte[] from) {
        if (from.length == 0) {
            return noise(random.nextInt(200));
        }
        int at = random.nextInt(from.length);
        int until = at + 1 + random.nextInt(Math.min(16, from.length - at));
        byte[] head = Arrays.copyOf(from, at);
        byte[] cut = Arrays.copyOfRange(from, at, until);
        byte[] tail = Arrays.copyOfRange(from, until, from.length);
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> {
                byte[] flipped = from.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 3 -> joined(head, tail);
            case 4 -> joined(head, cut, cut, tail);
            case 5 -> joined(head, noise(1 + random.nextInt(8)), tail);
            case 6 -> head;
            case 7 -> joined(head, spelling(), tail);
            case 8 -> doubledParameter(from);
            case 9 -> nested();
            default -> noise(random.nextInt(3_000));
        };
    }

    private byte[] spelling() {
        return SPELLINGS.get(random.nextInt(SPELLINGS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] doubledParameter(byte[] from) {
        String text = latin(from);
        String[] pairs = text.split("&", -1);
        return latin(text + "&" + pairs[random.nextInt(pairs.length)]);
    }

    /** Deeper than a recursive reader's stack, once in a while. */
    private byte[] nested() {
        int depth = random.nextInt(200) == 0 ? 100_000 : 1 + random.nextInt(1_500);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        return open.repeat(depth).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, List<String>> headers(Map<String, List<String>> from) {
        Map<String, List<String>> headers = new HashMap<>(from);
        if (from.isEmpty()) {
            return Map.of("x-" + random.nextInt(10), List.of(latin(noise(5))));
        }
        List<String> names = new ArrayList<>(from.keySet());
        String name = names.get(random.nextInt(names.size()));
        String value = from.get(name).isEmpty() ? "" : from.get(name).get(0);
        switch (random.nextInt(7)) {
            case 0 -> headers.remove(name);
            case 1 -> headers.put(name, List.of(value, value));
            case 2 -> headers.put(name, List.of());
            case 3 -> headers.put(name, List.of(""));
            case 4 -> headers.put(name, from.get(names.get(random.nextInt(names.size()))));
            case 5 ->
                headers.put(
                        name, List.of(random.nextInt(50) == 0 ? "9".repeat(100_000) : "9".repeat(random.nextInt(40))));
            default -> headers.put(name, List.of(latin(bytes(latin(value)))));
        }
        return headers;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static InboundNotice withBody(InboundNotice notice, byte[] body) {
        return new InboundNotice(
                notice.method(), notice.query(), notice.headers(), Bytes.of(body), notice.receivedAt());
    }

    private static InboundNotice withQuery(InboundNotice notice, String query) {
        return new InboundNotice(notice.method(), query, notice.headers(), notice.body(), notice.receivedAt());
    }

    private static InboundNotice withHeaders(InboundNotice notice, Map<String, List<String>> headers) {
        return new InboundNotice(notice.method(), notice.query(), headers, notice.body(), notice.receivedAt());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
