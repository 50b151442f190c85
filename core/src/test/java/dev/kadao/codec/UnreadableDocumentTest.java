package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.order.Bytes;
import dev.kadao.order.Money;
import dev.kadao.order.Personal;
import dev.kadao.order.UnreadableDocumentException;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is refused with both formats named and nothing of its content shown. */
class UnreadableDocumentTest {

    @Test
    void a_newer_format_is_refused_and_named() {
        UnreadableDocumentException refused = catchThrowableOfType(
                UnreadableDocumentException.class, () -> Codec.decode(Bytes.utf8("{\"format\":9,\"id\":\"cart42\"}")));
        assertThat(refused)
                .hasMessage("checkout document of format 9 cannot be read by a version that knows format 1:"
                        + " update Kadao to a version that knows it");
        assertThat(refused.formatFound()).isEqualTo(9);
        assertThat(refused.oldestKnown()).isEqualTo(1);
        assertThat(refused.newestKnown()).isEqualTo(1);
    }

    @Test
    void an_unknown_entry_is_refused_and_named() {
        String row = "{\"format\":1,\"seq\":1,\"stepId\":\"s\",\"at\":\"2026-11-01T00:00:00Z\",\"events\":[],"
                + "\"entries\":[{\"type\":\"moon-landed\",\"line\":1}]}";
        assertThatThrownBy(() -> Codec.decodeJournal(Bytes.utf8(row)))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessage("journal row of format 1 cannot be read by a version that knows format 1:"
                        + " this version has no Entry of the type 'moon-landed'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "13800138000",
                "null",
                "[]",
                "{}",
                "{\"format\":\"1\"}",
                "{\"format\":99999999999}",
                "{\"format\":0}",
                "{\"format\":1}",
                "{\"format\":1,\"salt\":\"\"}",
                "{\"format\":1,\"salt\":\"*13800138000\",\"texts\":[]}",
                "{\"format\":1,\"salt\":13800138000,\"texts\":[]}",
                "{\"format\":1,\"salt\":\"\",\"texts\":[[\"13800138000\",\"a\"]]}",
                "{\"format\":1,\"salt\":\"\",\"texts\":{\"13800138000\":\"a\"}}",
                "{\"format\":1,\"salt\":\"\",\"texts\":[],\"more\":\"13800138000\"}",
                "{\"format\":1,\"salt\":\"\",\"texts\":[]} 13800138000",
                "{\"format\":1,\"salt\":\"\",\"texts\":[13800138000x]}"
            })
    void damaged_bytes_are_refused_without_showing_what_they_hold(String damaged) {
        UnreadableDocumentException refused = catchThrowableOfType(
                UnreadableDocumentException.class, () -> Codec.decodePersonal(Bytes.utf8(damaged)));
        assertThat(refused).isNotNull();
        for (Throwable each = refused; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain("13800138000");
        }
    }

    @Test
    void cut_bytes_are_refused_wherever_they_are_cut() {
        Bytes whole =
                Codec.encode(Personal.salted(Bytes.utf8("0123456789abcdef")).with("卡到"));
        byte[] bytes = whole.toArray();
        for (int length = 0; length < bytes.length; length++) {
            Bytes cut = Bytes.of(java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Codec.decodePersonal(cut)).isInstanceOf(UnreadableDocumentException.class);
        }
    }

    @Test
    void an_older_format_is_read_through_every_upcast_in_turn() {
        Envelope third = new Envelope(3, Map.of(1, (noun, old) -> rename(old, "sum", "money"), 2, (noun, old) -> {
            assertThat(noun).isEqualTo(Upcast.Noun.WORD);
            rename(old, "money", "amount");
        }));
        String old = "{\"format\":1,\"type\":\"paid\",\"tradeNumber\":\"t1\","
                + "\"sum\":{\"minor\":4900,\"currency\":\"CNY\",\"decimals\":2}}";
        assertThat(third.read(Upcast.Noun.WORD, Forms.WORD, Bytes.utf8(old)))
                .isEqualTo(new PaymentWord.Paid("t1", Money.parse("49.00", dev.kadao.order.Currency.CNY)));
        assertThatThrownBy(() ->
                        third.read(Upcast.Noun.WORD, Forms.WORD, Bytes.utf8("{\"format\":4,\"type\":\"pending\"}")))
                .hasMessageContaining("format 4")
                .hasMessageContaining("formats 1 to 3");
    }

    private static void rename(ObjectNode document, String from, String to) {
        document.set(to, document.remove(from));
    }
}
