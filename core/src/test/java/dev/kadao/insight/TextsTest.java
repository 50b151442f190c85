package dev.kadao.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.insight.Diagnosis.Choice;
import dev.kadao.insight.Diagnosis.EtaRule;
import dev.kadao.insight.Diagnosis.Verdict;
import dev.kadao.insight.NextEvent.What;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Stage;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What buyers read, in the shipped languages and in a shop's own. */
class TextsTest {
    private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");
    private static final Instant ETA = Instant.parse("2026-11-01T08:15:00Z");
    private static final Instant NEXT = Instant.parse("2026-11-01T08:10:00Z");
    private static final Texts TEXTS = Texts.standard();

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void every_sentence_names_its_stage_its_owner_and_a_time_or_who_acts_next(String language) {
        Locale locale = Locale.forLanguageTag(language);
        List<String> wrong = new ArrayList<>();
        Set<String> read = new HashSet<>();
        for (Diagnosis diagnosis : everything()) {
            String sentence = TEXTS.sentence(diagnosis, locale, ZoneOffset.UTC);
            if (read.add(sentence)) {
                check(diagnosis, sentence, locale, wrong);
            }
        }
        assertThat(read).hasSizeGreaterThan(1_000);
        assertThat(wrong).isEmpty();
    }

    private static void check(Diagnosis diagnosis, String sentence, Locale locale, List<String> wrong) {
        if (!sentence.startsWith(TEXTS.stage(diagnosis.stage(), locale))) {
            wrong.add("names no stage: " + sentence);
        }
        boolean ended = diagnosis.whoseTurn() == Stage.Turn.NOBODY;
        if (!ended && !sentence.contains(TEXTS.turn(diagnosis.whoseTurn(), locale))) {
            wrong.add("names no owner: " + sentence);
        }
        boolean owed = Diagnosis.isOwed(diagnosis.stage()) || diagnosis.verdict() == Verdict.WITH_PERSON;
        boolean saysWhoActs =
                sentence.contains(TEXTS.next(new NextEvent(What.PERSON_DECIDES, null), NOW, locale, ZoneOffset.UTC));
        boolean saysWhen = sentence.contains("2026-11-01 08:") || sentence.contains(now(locale));
        if (owed && !saysWhen && !saysWhoActs) {
            wrong.add("names no time: " + sentence);
        }
        if (sentence.matches("(?s).*([{}]|\\s\\s|null).*")) {
            wrong.add("is not filled in: " + sentence);
        }
        String own = sentence.substring(TEXTS.stage(diagnosis.stage(), locale).length());
        if (locale.getLanguage().equals("zh") ? own.matches(".*[,;!?()].*") : !own.matches("\\p{ASCII}+")) {
            wrong.add("mixes punctuation: " + sentence);
        }
        Phrases.BANNED.stream()
                .filter(sentence.toLowerCase(Locale.ROOT)::contains)
                .forEach(phrase -> wrong.add("says " + phrase + ": " + sentence));
    }

    private static String now(Locale locale) {
        return locale.getLanguage().equals("zh") ? "马上会" : "right away";
    }

    /** Every stage with every verdict, next step, rule and next event that it can have, and some that it cannot. */
    private static List<Diagnosis> everything() {
        List<Diagnosis> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            for (Verdict verdict : verdicts(stage)) {
                for (NextStep step : steps(stage)) {
                    for (What what : What.values()) {
                        all.addAll(withTimes(stage, verdict, step, what));
                    }
                }
            }
        }
        return all;
    }

    private static List<Diagnosis> withTimes(Stage stage, Verdict verdict, NextStep step, What what) {
        List<Diagnosis> all = new ArrayList<>();
        boolean untimed = what == What.PERSON_DECIDES;
        for (EtaRule rule : EtaRule.values()) {
            Instant eta = rule == EtaRule.NONE ? null : ETA;
            for (boolean withCase : new boolean[] {true, false}) {
                all.add(diagnosis(
                        stage, verdict, step, rule, eta, new NextEvent(what, untimed ? null : NEXT), withCase));
                all.add(diagnosis(
                        stage, verdict, step, rule, eta, new NextEvent(what, untimed ? null : NOW), withCase));
            }
        }
        return all;
    }

    private static Diagnosis diagnosis(
            Stage stage, Verdict verdict, NextStep step, EtaRule rule, Instant eta, NextEvent next, boolean withCase) {
        Track.Place node = step == NextStep.CONFIRM ? Track.Place.SENT_TO_ACCOUNT : Track.Place.SENT;
        boolean taken = step == NextStep.PERSON_DECIDES || step == NextStep.PERSON_DELIVERS;
        Stage.Turn turn = taken && !stage.isFinal() ? Stage.Turn.OPERATOR : stage.turn();
        return new Diagnosis(
                verdict, stage, node, NOW, eta, rule, turn, step, List.of(Choice.PAY), next, withCase, null, NOW);
    }

    private static Set<NextStep> steps(Stage stage) {
        Set<NextStep> others = EnumSet.of(
                NextStep.PAY, NextStep.COLLECT, NextStep.CONFIRM, NextStep.ASK_GATEWAY, NextStep.PERSON_DECIDES);
        Set<NextStep> owed = EnumSet.complementOf(EnumSet.copyOf(others));
        owed.removeAll(EnumSet.of(NextStep.GIVE_MONEY_BACK, NextStep.NONE));
        owed.add(NextStep.PERSON_DECIDES);
        return Diagnosis.isOwed(stage) ? owed : others;
    }

    private static List<Verdict> verdicts(Stage stage) {
        return switch (stage) {
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING ->
                List.of(Verdict.ON_TIME, Verdict.LATE, Verdict.STUCK);
            case AWAITING_PAYMENT -> List.of(Verdict.NOT_PAID);
            case CLOSED -> List.of(Verdict.CLOSED);
            case ON_HOLD, DISPUTED, PARKED -> List.of(Verdict.WITH_PERSON);
            case DELIVERED -> List.of(Verdict.DELIVERED);
            case COMPLETED -> List.of(Verdict.COMPLETED);
            case REFUNDING -> List.of(Verdict.REFUNDING);
            case REFUNDED -> List.of(Verdict.REFUNDED);
        };
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void every_stage_has_a_name_in_both_languages(Stage stage) {
        assertThat(TEXTS.stage(stage, Locale.CHINA)).matches("[\\p{IsHan},]+");
        assertThat(TEXTS.stage(stage, Locale.ENGLISH)).matches("[A-Za-z, ]+");
    }

    @Test
    void the_stages_read_as_they_always_did() {
        assertThat(TEXTS.stage(Stage.PAID, Locale.CHINESE)).isEqualTo("已付款,正在备货");
        assertThat(TEXTS.stage(Stage.UNCERTAIN, Locale.TRADITIONAL_CHINESE)).isEqualTo("正在核实发放结果");
        assertThat(TEXTS.stage(Stage.PARKED, Locale.FRENCH)).isEqualTo("Being handled by our staff");
    }

    @Test
    void a_shop_says_single_things_in_its_own_words_and_the_others_as_before() {
        Texts own = TEXTS.with(Locale.CHINESE, new StringReader("turn.operator=客服小卡\nstage.parked=客服跟进中\n"));
        Diagnosis parked = diagnosis(
                Stage.PARKED,
                Verdict.WITH_PERSON,
                NextStep.PERSON_DECIDES,
                EtaRule.NONE,
                null,
                new NextEvent(What.PERSON_DECIDES, null),
                true);
        assertThat(own.sentence(parked, Locale.SIMPLIFIED_CHINESE, ZoneOffset.UTC))
                .startsWith("客服跟进中。客服小卡正在处理这笔订单");
        assertThat(own.stage(Stage.PARKED, Locale.ENGLISH)).isEqualTo("Being handled by our staff");
        assertThat(TEXTS.stage(Stage.PARKED, Locale.CHINESE)).isEqualTo("人工处理中");
    }

    @Test
    void a_region_says_what_differs_and_a_new_language_says_everything() {
        Texts region = TEXTS.with(Locale.TRADITIONAL_CHINESE, Map.of("stage.closed", "已關閉"));
        assertThat(region.stage(Stage.CLOSED, Locale.TRADITIONAL_CHINESE)).isEqualTo("已關閉");
        assertThat(region.stage(Stage.CLOSED, Locale.SIMPLIFIED_CHINESE)).isEqualTo("已关闭");
        assertThatThrownBy(() -> TEXTS.with(Locale.JAPANESE, Map.of("stage.closed", "終了")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'stage.paid' is missing")
                .hasMessageContaining("'node.refunded' is missing");
        Map<String, String> japanese = new HashMap<>();
        Texts.keys().forEach(key -> japanese.put(key, TEXTS.message(key, Locale.ENGLISH)));
        japanese.put("stage.closed", "終了");
        assertThat(TEXTS.with(Locale.JAPANESE, japanese).stage(Stage.CLOSED, Locale.JAPAN))
                .isEqualTo("終了");
    }

    @Test
    void everything_that_is_wrong_with_a_shops_texts_is_said_at_once() {
        Map<String, String> wrong = Map.of(
                "stage.payed", "Paid",
                "say.parked", "Staff handle it.",
                "by.promise", "Promised by {at}.",
                "do.wait", "Please Try Again Later.",
                "do.paid", "出现系统故障。",
                "turn.system", " ",
                "time", "not a pattern");
        assertThatThrownBy(() -> TEXTS.with(Locale.ENGLISH, wrong))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("7 problems")
                .hasMessageContaining("there is no message 'stage.payed'")
                .hasMessageContaining("'say.parked' names [], it must name exactly [owner]")
                .hasMessageContaining("'by.promise' names [at], it must name exactly [eta]")
                .hasMessageContaining("'do.wait' says 'try again later'")
                .hasMessageContaining("'do.paid' says '系统故障'")
                .hasMessageContaining("'turn.system' is empty")
                .hasMessageContaining("'time' is no pattern");
        assertThatThrownBy(() -> TEXTS.with(Locale.ENGLISH, new StringReader("do.wait=a\ndo.wait=b\n")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("twice: [do.wait]");
    }
}
