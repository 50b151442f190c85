package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Checkout;
import dev.kadao.order.Personal;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever can be stored comes back as it was, to the same bytes. */
class RoundTripProperties {

    @Property(tries = 300)
    void a_checkout_comes_back_as_it_was(@ForAll("checkouts") Checkout checkout) {
        Bytes document = Codec.encode(checkout);
        assertThat(Codec.decode(document)).isEqualTo(checkout);
        assertThat(Codec.encode(Codec.decode(document))).isEqualTo(document);
    }

    @Property(tries = 1000)
    void a_journal_row_comes_back_as_it_was(@ForAll("rows") JournalEntry row) {
        Bytes bytes = Codec.encodeJournal(row);
        assertThat(Codec.decodeJournal(bytes)).isEqualTo(row);
        assertThat(Codec.encodeJournal(Codec.decodeJournal(bytes))).isEqualTo(bytes);
    }

    @Property
    void a_word_of_a_gateway_comes_back_as_it_was(@ForAll("words") PaymentWord word) {
        assertThat(Codec.decodeWord(Codec.encodeWord(word))).isEqualTo(word);
    }

    @Property
    void any_text_of_a_person_comes_back_unit_by_unit(@ForAll("texts") String text) {
        Personal personal = Personal.salted(Bytes.utf8("0123456789abcdef")).with(text);
        Personal read = Codec.decodePersonal(Codec.encode(personal));
        assertThat(read).isEqualTo(personal);
        assertThat(read.text(read.commitTo(text))).contains(text);
    }

    @Provide
    Arbitrary<Checkout> checkouts() {
        return any(Checkout.class);
    }

    @Provide
    Arbitrary<JournalEntry> rows() {
        return any(JournalEntry.class);
    }

    @Provide
    Arbitrary<PaymentWord> words() {
        return any(PaymentWord.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().all().ofMaxLength(300);
    }

    private static <T> Arbitrary<T> any(Class<T> type) {
        return Arbitraries.randomValue(random -> new Anything(new Chance(random)).of(type));
    }

    private record Chance(Random random) implements Anything.Choices {
        private static final String UNITS =
                "aZ09 _-\"\\/\u0000\u0007\u001f\n\r\t\u007f\u0085\u2028卡到é\ud83c\udf81\ud800\udc00\uffff";

        @Override
        public int below(int bound) {
            return random.nextInt(bound);
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                boolean any = random.nextInt(4) == 0;
                text.append(any ? (char) random.nextInt(0x10000) : UNITS.charAt(random.nextInt(UNITS.length())));
            }
            return text.toString();
        }

        @Override
        public boolean present() {
            return random.nextBoolean();
        }
    }
}
