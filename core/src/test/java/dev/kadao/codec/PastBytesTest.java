package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import org.junit.jupiter.api.Test;

/**
 * What earlier versions stored, as their own golden files had it: read, and written back byte by byte. {@link GoldenBytesTest}
 * rewrites its samples with each new component, and so tells only of values with all of them or none.
 */
class PastBytesTest {
    /** The day whose last commit wrote the files under {@code golden/codec/past}. */
    private static final String DAY = "2026-11-23";

    @Test
    void a_full_and_a_sparse_checkout_of_the_past_are_read_and_written_back() {
        assertThat(Golden.read("past/checkouts-" + DAY + ".txt"))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(Codec.encode(Codec.decode(Bytes.utf8(line)))).isEqualTo(Bytes.utf8(line)));
    }

    @Test
    void every_journal_row_of_the_past_is_read_and_written_back() {
        assertThat(Golden.read("past/entries-" + DAY + ".txt"))
                .hasSize(87)
                .allSatisfy(line -> assertThat(Codec.encodeJournal(Codec.decodeJournal(Bytes.utf8(line))))
                        .isEqualTo(Bytes.utf8(line)));
    }
}
