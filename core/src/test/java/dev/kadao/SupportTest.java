package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.engine.SupportRig;
import dev.kadao.insight.DisputeEvidence;
import dev.kadao.insight.Texts;
import dev.kadao.order.Case;
import dev.kadao.order.Intent;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Order;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Personal;
import dev.kadao.order.Questions;
import dev.kadao.order.Stage;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.QuestionReader;
import dev.kadao.support.SupportAnswer;
import dev.kadao.support.SupportAnswer.Need;
import dev.kadao.support.SupportQuestion;
import dev.kadao.support.SupportShare;
import dev.kadao.support.UnrecordedQuestions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What support does besides talking: nudges, hands over, counts, keeps bounds, and trusts no model. */
class SupportTest {
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    private static FrontSupport support(SupportRig rig) {
        return new FrontSupport(rig.engine(), Texts.standard(), null);
    }

    private static FrontSupport support(SupportRig rig, QuestionReader reader) {
        return new FrontSupport(rig.engine(), Texts.standard(), rig.engine().reading(reader));
    }

    private static SupportQuestion own(String words) {
        return SupportQuestion.of(words, Locale.ENGLISH).by(Set.of(SupportRig.CHECKOUT));
    }

    @Test
    void a_buyer_who_says_that_he_paid_has_the_gateway_asked_at_once_and_the_order_goes_on() {
        SupportRig rig = SupportRig.in("unpaid");
        rig.gateway()
                .words
                .put(
                        PaymentId.parse("kd5001_p1"),
                        new PaymentWord.Paid("t9", rig.checkout().total()));

        SupportAnswer answer = support(rig).ask(own("my card was charged but the order still says unpaid"));
        rig.settle();

        assertThat(answer.did()).containsExactly("asked-gateway");
        assertThat(rig.gateway().queries).containsExactly(PaymentId.parse("kd5001_p1"));
        assertThat(rig.checkout().order(1).stage()).isEqualTo(Stage.PAID);
    }

    @Test
    void asking_over_and_over_asks_the_gateway_once_a_minute_only() {
        SupportRig rig = SupportRig.in("unpaid");
        for (int i = 0; i < 5; i++) {
            support(rig).ask(own("still says unpaid"));
            rig.settle();
        }
        assertThat(rig.gateway().queries).hasSize(1);
    }

    @Test
    void whoever_shows_nothing_is_told_what_anybody_may_know_and_changes_nothing() {
        SupportRig rig = SupportRig.in("keys-seen");
        SupportQuestion question = SupportQuestion.of("this code is invalid, I want a human", Locale.ENGLISH);

        SupportAnswer answer = support(rig).ask(question.about("t1"));

        assertThat(answer.need()).isEqualTo(Need.PROOF);
        assertThat(answer.orders()).containsExactly(SupportRig.ORDER);
        assertThat(answer.text()).doesNotContain("first time").doesNotContain("138");
        assertThat(rig.checkout().order(1).questions()).isNull();
        assertThat(rig.checkout().cases()).isEmpty();
    }

    @Test
    void a_person_gets_the_words_and_the_whole_context_and_nothing_personal_lies_in_the_document() {
        SupportRig rig = SupportRig.in("keys-seen");
        String words = "key doesnt work, call me at 13912345678";

        SupportAnswer answer = support(rig).ask(own(words));

        Case open = rig.checkout().cases().get(0);
        Case.Evidence evidence = open.evidence().get(0);
        assertThat(answer.did()).contains("handed-over");
        assertThat(open.kind()).isEqualTo(Case.Kind.OTHER);
        assertThat(evidence.fact())
                .contains("KEY_INVALID", "DELIVERED", "paid 2026", "seen 2026")
                .doesNotContain("139");
        Personal personal =
                rig.engine().reads().checkout(SupportRig.CHECKOUT).orElseThrow().personal();
        assertThat(personal.text(evidence.text())).contains(words);
        assertThat(rig.engine().audit().violations()).isEmpty();
    }

    @Test
    void of_many_questions_a_bounded_number_is_recorded_and_each_is_answered() {
        SupportRig rig = SupportRig.in("keys-seen");
        for (int i = 0; i < 30; i++) {
            SupportAnswer answer = support(rig).ask(own("agent! " + i));
            assertThat(answer.did()).contains("handed-over");
            rig.pass(Duration.ofSeconds(1));
        }
        Order order = rig.checkout().order(1);

        assertThat(order.questions().asked()).isEqualTo(Questions.MOST);
        assertThat(rig.checkout().cases()).hasSize(1);
        assertThat(rig.checkout().cases().get(0).evidence()).hasSize(Questions.MOST_HANDED_OVER);
        assertThat(rig.engine().audit().violations()).isEmpty();
    }

    @Test
    void the_third_question_about_the_same_order_reaches_a_person() {
        SupportRig rig = SupportRig.in("unpaid");
        FrontSupport support = support(rig);

        assertThat(support.ask(own("still says unpaid")).settled()).isTrue();
        assertThat(support.ask(own("still says unpaid!")).settled()).isTrue();
        assertThat(support.ask(own("STILL says unpaid!!")).did()).contains("handed-over");
    }

    @Test
    void a_model_chooses_what_is_meant_and_never_what_is_so() {
        SupportRig rig = SupportRig.in("waiting");
        SupportAnswer answer = support(rig, (words, locale) -> Optional.of(Intent.REFUND_STATUS))
                .ask(own("blah"));

        assertThat(answer.intent()).isEqualTo(Intent.REFUND_STATUS);
        assertThat(answer.text()).contains("no refund under way").doesNotContain("Refunded");
    }

    @Test
    void a_model_that_fails_or_says_nothing_leaves_it_to_the_rules_and_keeps_nobody_from_a_person() {
        SupportRig rig = SupportRig.in("processing");
        QuestionReader broken = (words, locale) -> {
            throw new IllegalStateException("no model");
        };
        QuestionReader soothing = (words, locale) -> Optional.of(Intent.WHERE_IS_IT);

        assertThat(support(rig, broken).ask(own("havent received it")).intent()).isEqualTo(Intent.WHERE_IS_IT);
        assertThat(support(rig, (words, locale) -> Optional.empty())
                        .ask(own("want a refund"))
                        .intent())
                .isEqualTo(Intent.WANT_REFUND);
        assertThat(support(rig, soothing).ask(own("I will call the police")).intent())
                .isEqualTo(Intent.THREAT);
    }

    @Test
    void the_share_settled_without_a_person_is_counted_within_a_period() {
        SupportRig rig = SupportRig.in("processing");
        FrontSupport support = support(rig);
        assertThat(support.share(LONG_AGO, LATER)).isEqualTo(new SupportShare(0, 0, 0));

        support.ask(own("havent received it"));
        assertThat(support.share(LONG_AGO, LATER)).isEqualTo(new SupportShare(1, 0, 1));
        support.ask(own("agent please"));

        assertThat(support.share(LONG_AGO, LATER)).isEqualTo(new SupportShare(0, 1, 2));
        assertThat(support.share(LONG_AGO, LONG_AGO.plusSeconds(1))).isEqualTo(new SupportShare(0, 0, 0));
        assertThat(support.share(LONG_AGO, LATER).settledShare()).isZero();
    }

    @Test
    void questions_that_no_order_remembers_are_counted_apart_and_in_no_share() {
        SupportRig rig = SupportRig.in("processing");
        FrontSupport support = support(rig);
        assertThat(support.unrecorded().all()).isZero();

        support.ask(SupportQuestion.of("where is my order?", Locale.ENGLISH));
        support.ask(SupportQuestion.of("where is my order kd5001?", Locale.ENGLISH));
        support.ask(SupportQuestion.of("refund kd5001, it is mine", Locale.ENGLISH));
        assertThat(support.unrecorded()).isEqualTo(new UnrecordedQuestions(1, 1, 0, 1, 0));
        assertThat(support.share(LONG_AGO, LATER)).isEqualTo(new SupportShare(0, 0, 0));

        support.ask(own("where is my order?"));
        assertThat(support.unrecorded()).isEqualTo(new UnrecordedQuestions(1, 1, 0, 1, 0));
        assertThat(support.share(LONG_AGO, LATER)).isEqualTo(new SupportShare(1, 0, 1));
    }

    @Test
    void evidence_for_a_dispute_says_when_keys_were_seen_and_from_how_many_places() {
        DisputeEvidence evidence =
                support(SupportRig.in("keys-seen")).evidenceOf(SupportRig.ORDER).orElseThrow();

        assertThat(evidence.shown()).isEqualTo(1);
        assertThat(evidence.origins()).isEqualTo(1);
        assertThat(evidence.firstShownAt()).isNotNull().isAfterOrEqualTo(evidence.deliveredAt());
        assertThat(support(SupportRig.in("waiting")).firstAnswer(SupportRig.ORDER, Locale.ENGLISH, ZoneOffset.UTC))
                .isEmpty();
        assertThat(support(SupportRig.in("top-up-done"))
                        .firstAnswer(SupportRig.ORDER, Locale.ENGLISH, ZoneOffset.UTC)
                        .orElseThrow())
                .contains("the supplier reported the top-up as done on 2026-");
    }

    @Test
    void several_orders_are_asked_back_for_by_number_and_stage_alone() {
        SupportRig rig = SupportRig.in("processing");
        rig.placeAnother("kd5002");
        SupportQuestion question = SupportQuestion.of("where is it", Locale.ENGLISH)
                .by(Set.of(SupportRig.CHECKOUT, new dev.kadao.order.CheckoutId("kd5002")));

        SupportAnswer answer = support(rig).ask(question);

        assertThat(answer.need()).isEqualTo(Need.WHICH_ORDER);
        assertThat(answer.orders()).extracting(Object::toString).isEqualTo(List.of("kd5001.1", "kd5002.1"));
        assertThat(answer.text()).contains("kd5001.1", "kd5002.1").doesNotContain("138");
    }

    @Test
    void words_that_are_no_question_are_refused_at_the_gate() {
        assertThatThrownBy(() -> own(" ")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> own("x".repeat(2_001))).hasMessageContaining("2000 characters");
        assertThat(own("my secret words").toString()).doesNotContain("secret");
    }
}
