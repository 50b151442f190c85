package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.InboundNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that an adapter cannot mean: they count as unknown, and the supplier is asked at its own pace. */
class SupplierSlipsTest {
    private final ScriptedSupplier supplier = new ScriptedSupplier(new Guarantee.Queryable(new Guarantee.Asking(
            Duration.ofSeconds(5), true, List.of(Duration.ofMinutes(1)), Duration.ofMinutes(30), Duration.ofDays(3))));
    private final Rig rig = Rig.with(supplier);

    @AfterEach
    void the_audit_finds_nothing_broken() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void sold() {
        rig.placeTopUp("cart1");
        rig.pay("cart1_p1", "t1");
    }

    @Test
    void not_found_to_an_order_that_was_sent_is_unknown_and_asked_about() {
        supplier.onSend.add(Answer.NotFound::new);
        sold();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.UNCERTAIN);

        rig.clockwork.advance(Duration.ofSeconds(10));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(supplier.sent).hasSize(1);
        assertThat(supplier.asked).hasSize(1);
    }

    static Stream<Answer> noAnswersToAQuestion() {
        return Stream.of(new Answer.NotSent("connection refused"), null);
    }

    @ParameterizedTest
    @MethodSource("noAnswersToAQuestion")
    void a_question_that_was_not_sent_is_asked_again_after_its_gap_and_never_sent_as_an_order(Answer slip) {
        supplier.onSend.add(() -> new Answer.Unknown("no reply"));
        for (int i = 0; i < 1_000; i++) {
            supplier.onAsk.add(() -> slip);
        }
        sold();

        rig.clockwork.advance(Duration.ofMinutes(10));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.UNCERTAIN);
        assertThat(supplier.sent).hasSize(1);
        // Two tries for each question, ten gaps of a minute.
        assertThat(supplier.asked).hasSizeBetween(10, 24);
    }

    @Test
    void no_answer_at_all_to_an_order_is_unknown_and_asked_about() {
        supplier.onSend.add(() -> null);
        sold();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.UNCERTAIN);

        rig.clockwork.advance(Duration.ofSeconds(10));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    static Stream<Answer> noWordsOfANotice() {
        return Stream.of(new Answer.NotFound(), new Answer.NotSent("connection refused"));
    }

    @ParameterizedTest
    @MethodSource("noWordsOfANotice")
    void a_notice_that_says_what_only_a_call_can_say_starts_no_new_dispatch(Answer slip) {
        supplier.onSend.add(() -> new Answer.Unknown("no reply"));
        // A question is tried twice.
        supplier.onAsk.add(() -> new Answer.Unknown("busy"));
        supplier.onAsk.add(() -> new Answer.Unknown("busy"));
        sold();
        rig.clockwork.advance(Duration.ofSeconds(30));

        supplier.inNotice.add(slip);
        InboundNotice notice =
                new InboundNotice("POST", "", Map.of(), Bytes.utf8("cart1_1_1"), Instant.parse("2026-11-05T08:00:00Z"));
        assertThat(rig.engine.receiveFromSupplier("a", notice).status()).isEqualTo(200);
        rig.clockwork.settle();

        assertThat(rig.stage("cart1")).isEqualTo(Stage.UNCERTAIN);
        assertThat(supplier.sent).hasSize(1);
        rig.clockwork.advance(Duration.ofMinutes(5));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(supplier.sent).hasSize(1);
    }
}
