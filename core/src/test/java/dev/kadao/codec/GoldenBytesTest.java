package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Checkout;
import dev.kadao.order.Commitment;
import dev.kadao.order.Entry;
import dev.kadao.order.Personal;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One sample of everything stored, byte by byte. */
class GoldenBytesTest {
    private static final Instant AT = Instant.parse("2026-11-01T08:00:00.123456Z");

    @Test
    void a_sample_of_every_entry_keeps_its_bytes_and_can_be_read() {
        List<JournalEntry> rows = new ArrayList<>();
        for (Class<?> type : StoredNamesTest.variantsOf(Entry.class)) {
            rows.add(new JournalEntry(1, "step", AT, List.of("e"), List.of((Entry) sample(type, true))));
            if (Forms.OPTIONAL.containsKey(type)) {
                rows.add(new JournalEntry(2, "step", AT, List.of(), List.of((Entry) sample(type, false))));
            }
        }
        Golden.check("entries.txt", lines(rows, Codec::encodeJournal));
        assertThat(Golden.read("entries.txt"))
                .map(line -> Codec.decodeJournal(Bytes.utf8(line)))
                .isEqualTo(rows);
    }

    @Test
    void a_full_and_a_sparse_checkout_keep_their_bytes_and_can_be_read() {
        List<Checkout> checkouts =
                List.of((Checkout) sample(Checkout.class, true), (Checkout) sample(Checkout.class, false));
        Golden.check("checkouts.txt", lines(checkouts, Codec::encode));
        assertThat(Golden.read("checkouts.txt"))
                .map(line -> Codec.decode(Bytes.utf8(line)))
                .isEqualTo(checkouts);
    }

    @Test
    void what_a_store_writes_for_erased_texts_is_read_as_erased() {
        assertThat(Codec.decodePersonal(StoredCheckout.ERASED)).isEqualTo(Personal.ERASED);
    }

    @Test
    void personal_texts_keep_their_bytes_and_can_be_read() {
        List<Personal> texts = List.of(
                Personal.salted(Bytes.utf8("0123456789abcdef"))
                        .with("卡到 \"a\\b\" 🎁")
                        .with("a@example.com"),
                Personal.ERASED,
                new Personal(Bytes.EMPTY, Map.of(new Commitment("0".repeat(64)), "")));
        Golden.check("personal.txt", lines(texts, Codec::encode));
        assertThat(Golden.read("personal.txt"))
                .map(line -> Codec.decodePersonal(Bytes.utf8(line)))
                .isEqualTo(texts);
    }

    @Test
    void every_word_of_a_gateway_keeps_its_bytes_and_can_be_read() {
        List<PaymentWord> words = new ArrayList<>();
        for (Class<?> type : StoredNamesTest.variantsOf(PaymentWord.class)) {
            words.add((PaymentWord) sample(type, true));
            if (Forms.OPTIONAL.containsKey(type)) {
                words.add((PaymentWord) sample(type, false));
            }
        }
        Golden.check("words.txt", lines(words, Codec::encodeWord));
        assertThat(Golden.read("words.txt"))
                .map(line -> Codec.decodeWord(Bytes.utf8(line)))
                .isEqualTo(words);
    }

    private static <T> List<String> lines(List<T> values, java.util.function.Function<T, Bytes> encode) {
        return values.stream().map(value -> encode.apply(value).asUtf8()).toList();
    }

    private static Object sample(Class<?> type, boolean full) {
        return new Anything(new Counting(full)).of(type);
    }

    /** Choices that go up one by one: different for neighbours, the same for ever. */
    private static final class Counting implements Anything.Choices {
        private final boolean full;
        private int count;

        Counting(boolean full) {
            this.full = full;
        }

        @Override
        public int below(int bound) {
            count += 1;
            return count % bound;
        }

        @Override
        public String text() {
            count += 1;
            return "text " + count;
        }

        @Override
        public boolean present() {
            return full;
        }
    }
}
