package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What suppliers write beside their answers is kept for years: without the recipient, and within bounds. */
class SupplierTextsTest {
    private static final String RECIPIENT = "13800000000";
    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);

    @AfterEach
    void the_audit_finds_nothing_broken() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void assertNotKept(String text) {
        assertThat(rig.bytes()).extracting(Bytes::asUtf8).noneMatch(kept -> kept.contains(text));
    }

    private void sold() {
        rig.placeTopUp("cart1");
        rig.pay("cart1_p1", "t1");
    }

    @Test
    void a_recipient_that_an_answer_to_a_question_quotes_is_in_no_document_and_no_journal() {
        supplier.onSend.add(() -> new Answer.Unknown("no answer for " + RECIPIENT));
        supplier.onAsk.add(() -> new Answer.Accepted("S-" + RECIPIENT, null));
        supplier.onAsk.add(() -> new Answer.Partial(0, "half of " + RECIPIENT + " and " + RECIPIENT));
        sold();
        rig.pass(Duration.ofHours(1));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.PARKED);
        assertThat(rig.order("cart1").lastDispatch())
                .extracting(Dispatch::supplierOrder)
                .isEqualTo("S-(recipient)");
        assertNotKept(RECIPIENT);
        assertThat(rig.bytes()).extracting(Bytes::asUtf8).anyMatch(kept -> kept.contains("half of (recipient)"));
    }

    @Test
    void a_text_without_end_is_cut_and_the_answer_is_stored_all_the_same() {
        supplier.onSend.add(() -> new Answer.Accepted("n".repeat(200_000), null));
        supplier.onAsk.add(() -> new Answer.Partial(0, "r".repeat(200_000)));
        sold();
        rig.pass(Duration.ofHours(1));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.PARKED);
        assertNotKept("n".repeat(SupplierTexts.NUMBER_LIMIT + 1));
        assertNotKept("r".repeat(SupplierTexts.REASON_LIMIT + 1));
    }

    @Test
    void a_text_is_cut_between_characters_and_holds_no_control_characters() {
        String face = "\ud83d\ude00";
        Answer cut =
                SupplierTexts.kept(new Answer.NotSent("x".repeat(SupplierTexts.REASON_LIMIT - 1) + face), RECIPIENT);
        assertThat(cut).isEqualTo(new Answer.NotSent("x".repeat(SupplierTexts.REASON_LIMIT - 1)));

        assertThat(SupplierTexts.kept(new Answer.Unknown("one\ntwo\u2028three"), RECIPIENT))
                .isEqualTo(new Answer.Unknown("one two three"));
    }

    @Test
    void a_key_that_a_text_beside_it_quotes_is_cut_out() {
        List<Secret> keys = List.of(Secret.of("AAAA-1"), Secret.of("BBBB-2"));
        assertThat(SupplierTexts.kept(new Answer.Partial(2, "sold AAAA-1, BBBB-2 and no more", keys), RECIPIENT))
                .isEqualTo(new Answer.Partial(2, "sold (key), (key) and no more", keys));
        Answer delivered = new Answer.Delivered(new Proof.SuppliedKeys(keys), "S/BBBB-2");
        assertThat(SupplierTexts.kept(delivered, RECIPIENT))
                .isEqualTo(new Answer.Delivered(new Proof.SuppliedKeys(keys), "S/(key)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ""})
    void a_recipient_of_one_character_or_none_replaces_nothing(String recipient) {
        Answer answer = new Answer.Declined(Scope.ORDER, "exactly so");
        assertThat(SupplierTexts.kept(answer, recipient)).isEqualTo(answer);
        assertThat(SupplierTexts.kept(answer, null)).isEqualTo(answer);
    }
}
