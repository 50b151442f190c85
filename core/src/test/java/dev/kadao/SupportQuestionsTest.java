package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.engine.SupportRig;
import dev.kadao.insight.Diagnosis.Verdict;
import dev.kadao.insight.Texts;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Intent;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Refund;
import dev.kadao.support.SupportAnswer;
import dev.kadao.support.SupportQuestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions as buyers write them: answered rightly or handed to a person, and none wrongly reassured. */
class SupportQuestionsTest {
    /** Of 46; at first 15, of which a malformed rule was one and a key that was used already another. */
    private static final int MISREAD = 13;

    /** Of 15; 7 before the rules were mended for keys that were used already, by somebody who had seen these too. */
    private static final int MISREAD_OF_KEYS = 3;

    private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "..", "docs", "support-questions.md")
            .normalize();
    /** What only an order whose goods are the buyer's may be told. */
    private static final Pattern DELIVERED =
            Pattern.compile("已(发送|送达|到账|发货|充值|交付|发放|完成)|充值(成功|完成)|发放完成|可供您查看|打开订单页，用下单时的提货凭证(再次)?查看"
                    + "|(?<!until it )\\b(has|have|was|were|is|are|been)( been)?( already)? (delivered|arrived|handed over|credited)\\b(?! automatically)"
                    + "|^Delivered|Completed|see the keys|reported the top-up");
    /** What only an order whose money is back may be told. */
    private static final Pattern REFUNDED = Pattern.compile(
            "已退款|退款成功|已(经)?(原路)?退回|已退还|Refunded|(has|have) gone back|went back|(was|were|been) refunded");

    private static final Pattern BANNED =
            Pattern.compile("系统故障|稍后处理|稍后再试|system error|try (again )?later", Pattern.CASE_INSENSITIVE);

    static Stream<AskedQuestion> questions() {
        return AskedQuestion.all("questions.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void every_question_is_answered_from_the_state_or_handed_to_a_person(AskedQuestion question) {
        SupportAnswer answer = question.asked(question.locale());

        SoftAssertions.assertSoftly(all -> {
            all.assertThat(answer.intent()).isEqualTo(question.intent());
            all.assertThat(AskedQuestion.end(answer)).as(answer.text()).isEqualTo(question.end());
            all.assertThat(answer.text()).contains(question.must());
            if (!question.mustNot().isEmpty()) {
                all.assertThat(answer.text()).doesNotContain(question.mustNot());
            }
        });
    }

    static Stream<AskedQuestion> variations() {
        return AskedQuestion.all("variations.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("variations")
    void the_same_questions_in_other_words_are_understood_too(AskedQuestion question) {
        SupportAnswer answer = question.asked(question.locale());

        assertThat(answer.intent()).isEqualTo(question.intent());
        assertThat(AskedQuestion.end(answer)).as(answer.text()).isEqualTo(question.end());
    }

    /** The rules were written without these: so many of other buyers' questions are understood, and the rest reach a person. */
    @Test
    void questions_that_the_rules_do_not_know_are_understood_or_reach_a_person() {
        misreads("held-out.txt", MISREAD);
    }

    @Test
    void questions_about_keys_that_do_not_work_are_understood_or_reach_a_person() {
        misreads("held-out-keys.txt", MISREAD_OF_KEYS);
    }

    private static void misreads(String file, int expected) {
        List<AskedQuestion> questions = AskedQuestion.all(file);
        List<String> misread = new ArrayList<>();
        List<String> reassured = new ArrayList<>();
        for (AskedQuestion question : questions) {
            SupportAnswer answer = question.asked(question.locale());
            if (answer.intent() != question.intent()) {
                misread.add(answer.intent() + " for " + question);
                if (answer.settled() && !question.end().equals("settled")) {
                    reassured.add(question + ": " + answer.text());
                }
            }
        }
        assertThat(reassured).as("wrongly reassured").isEmpty();
        assertThat(misread).as("misread of " + questions.size()).hasSize(expected);
    }

    static List<String> situations() {
        return SupportRig.SITUATIONS;
    }

    @ParameterizedTest
    @MethodSource("situations")
    void whatever_is_asked_nothing_is_said_to_be_delivered_or_refunded_that_is_not(String situation) {
        for (Intent intent : Intent.values()) {
            SupportRig rig = SupportRig.in(situation);
            for (boolean own : List.of(false, true)) {
                for (Locale locale : List.of(Locale.CHINA, Locale.ENGLISH)) {
                    claimsNothingFalse(rig, situation, intent, locale, own);
                }
            }
        }
    }

    private static void claimsNothingFalse(
            SupportRig rig, String situation, Intent intent, Locale locale, boolean own) {
        FrontSupport support = new FrontSupport(
                rig.engine(), Texts.standard(), rig.engine().reading((words, of) -> Optional.of(intent)));
        SupportQuestion question = SupportQuestion.of("hm", locale).about("kd5001.1");
        SupportAnswer answer = support.ask(own ? question.by(Set.of(SupportRig.CHECKOUT)) : question);

        String where = situation + ", " + intent + ", " + locale + ": " + answer.text();
        Checkout checkout = rig.checkout();
        Verdict verdict = answer.diagnosis().orElseThrow().verdict();
        assertThat(answer.intent()).as(where).isEqualTo(intent);
        assertThat(BANNED.matcher(answer.text()).find()).as(where).isFalse();
        assertThat(answer.text()).doesNotContain("{").doesNotContain("sku-0").doesNotContain("13800000000");
        if (verdict != Verdict.DELIVERED && verdict != Verdict.COMPLETED) {
            assertThat(DELIVERED.matcher(answer.text()).find()).as(where).isFalse();
        }
        boolean somethingIsBack = checkout.refunds().stream().anyMatch(refund -> refund.state() == Refund.State.DONE);
        if (verdict != Verdict.REFUNDED && !somethingIsBack) {
            assertThat(REFUNDED.matcher(answer.text()).find()).as(where).isFalse();
        }
        if (verdict == Verdict.STUCK || verdict == Verdict.WITH_PERSON) {
            assertThat(answer.settled()).as(where).isFalse();
        }
        boolean personKnows = checkout.cases().stream().anyMatch(Case::isOpen);
        assertThat(answer.did().contains("handed-over")).as(where).isEqualTo(own && !answer.settled());
        assertThat(!answer.did().contains("handed-over") || personKnows)
                .as(where)
                .isTrue();
    }

    @Test
    void an_amount_that_is_the_number_of_somebody_elses_order_does_not_lead_to_that_one() {
        SupportRig rig = SupportRig.in("waiting");
        rig.placeAnother("20260101");
        SupportAnswer answer = new FrontSupport(rig.engine(), Texts.standard(), null)
                .ask(SupportQuestion.of("paid on 20260101, where is kd5001", Locale.ENGLISH)
                        .by(Set.of(SupportRig.CHECKOUT)));

        assertThat(answer.orders()).containsExactly(SupportRig.ORDER);
    }

    @Test
    void the_page_of_questions_and_answers_is_what_is_answered() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# What support answers",
                "",
                "Generated by `SupportQuestionsTest` from `core/src/test/resources/support/questions.txt`; rewrite with"
                        + " `-Dkadao.golden=write` and read the difference. Each question is asked of an order in a situation, in"
                        + " whatever language it is written, and answered in both. *person*: it lies with a person, in a case."
                        + " *ask*: something is missing first."));
        for (AskedQuestion question : AskedQuestion.all("questions.txt")) {
            SupportAnswer chinese = question.asked(Locale.CHINA);
            SupportAnswer english = question.asked(Locale.ENGLISH);
            lines.addAll(List.of(
                    "",
                    "### " + question.words(),
                    "",
                    question.situation() + " · " + chinese.intent() + " · " + AskedQuestion.end(chinese)
                            + (chinese.did().isEmpty() ? "" : " · " + String.join(", ", chinese.did())),
                    "",
                    "> " + chinese.text(),
                    ">",
                    "> " + english.text()));
        }
        if ("write".equals(System.getProperty("kadao.golden"))) {
            Files.writeString(PAGE, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        }
        assertThat(Files.readAllLines(PAGE, StandardCharsets.UTF_8)).isEqualTo(lines);
    }

    @Test
    void a_shop_replaces_sentences_of_support_as_all_other_texts() {
        assertThat(Texts.keys().stream().filter(key -> key.startsWith("support.")))
                .hasSizeGreaterThan(40);
        Texts own = Texts.standard().with(Locale.CHINA, Map.of("support.handed-over", "小卡已经接手。"));
        FrontSupport support = new FrontSupport(SupportRig.in("stuck").engine(), own, null);

        SupportQuestion question = SupportQuestion.of("找人工客服", Locale.CHINA).by(Set.of(SupportRig.CHECKOUT));
        assertThat(support.ask(question).text()).endsWith("小卡已经接手。");
        assertThatThrownBy(() -> own.with(
                        Locale.ENGLISH,
                        Map.of("support.human", "Please try again later.", "support.refunded", "It is back.")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'support.human' says 'try again later'")
                .hasMessageContaining("'support.refunded' names [], it must name exactly [refunded]");
    }
}
