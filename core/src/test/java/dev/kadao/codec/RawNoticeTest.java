package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.port.InboundNotice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of an inbound message, and what comes back when it is to be read again. */
class RawNoticeTest {
    private static final Instant CAME = Instant.parse("2026-11-01T08:00:00.123456Z");
    private static final Instant STORED = Instant.parse("2026-11-01T08:00:01Z");

    private static InboundNotice notice(Map<String, List<String>> headers, Bytes body) {
        return new InboundNotice("POST", "a=1&a=2", headers, body, CAME);
    }

    @Test
    void a_message_comes_back_as_it_came() {
        InboundNotice came = notice(
                Map.of("Wechatpay-Signature", List.of("c2ln"), "X-Twice", List.of("1", "2")),
                Bytes.of(new byte[] {0, '\n', (byte) 0xff, '{'}));

        assertThat(Codec.decodeInbound(Codec.encodeInbound(came), STORED)).contains(came);
    }

    @Test
    void its_bytes_are_the_same_for_ever() {
        assertThat(Codec.encodeInbound(notice(Map.of("B", List.of("2"), "A", List.of("1")), Bytes.utf8("{}\n")))
                        .asUtf8())
                .isEqualTo("kadao-inbound\n"
                        + "{\"format\":1,\"method\":\"POST\",\"query\":\"a=1&a=2\",\"headers\":[[\"a\",[\"1\"]],[\"b\",[\"2\"]]],"
                        + "\"receivedAt\":\"2026-11-01T08:00:00.123456Z\",\"whole\":true}\n{}\n");
    }

    @Test
    void what_opens_other_doors_is_not_kept() {
        InboundNotice came = notice(
                Map.of("Cookie", List.of("session"), "Authorization", List.of("Bearer x"), "Fine", List.of("y")),
                Bytes.EMPTY);

        assertThat(Codec.decodeInbound(Codec.encodeInbound(came), STORED)
                        .orElseThrow()
                        .headers())
                .containsOnlyKeys("fine");
    }

    @Test
    void too_many_headers_lose_the_longest_and_keep_the_signature() {
        InboundNotice came = notice(
                Map.of(
                        "Long", List.of("x".repeat(15_000)),
                        "Longer", List.of("x".repeat(16_000)),
                        "Signature", List.of("y".repeat(344))),
                Bytes.utf8("body"));

        assertThat(Codec.decodeInbound(Codec.encodeInbound(came), STORED)
                        .orElseThrow()
                        .headers())
                .containsOnlyKeys("long", "signature");
    }

    @Test
    void a_body_without_room_is_left_out_and_the_row_can_still_be_stored() {
        Bytes raw = Codec.encodeInbound(notice(Map.of(), Bytes.of(new byte[1024 * 1024])));

        assertThat(raw.size()).isLessThan(1_000);
        assertThat(Codec.decodeInbound(raw, STORED)).isEmpty();
    }

    @Test
    void a_row_of_an_earlier_version_is_the_body_alone() {
        Optional<InboundNotice> read = Codec.decodeInbound(Bytes.utf8("{\"id\":1}"), STORED);

        assertThat(read).contains(new InboundNotice("POST", "", Map.of(), Bytes.utf8("{\"id\":1}"), STORED));
    }

    @Test
    void what_was_erased_or_came_from_a_statement_cannot_be_read_again() {
        assertThat(Codec.decodeInbound(Bytes.EMPTY, STORED)).isEmpty();
        assertThat(Codec.decodeInbound(Codec.encodeStatementLine("line 7"), STORED))
                .isEmpty();
    }
}
