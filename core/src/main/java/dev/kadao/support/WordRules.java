package dev.kadao.support;

import dev.kadao.order.Intent;
import dev.kadao.port.QuestionReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The built-in reader of questions: weighted phrases of Chinese and English, which stand in {@code words_zh.txt} and {@code
 * words_en.txt} beside this class. Deterministic, asks nobody, thread-safe.
 *
 * <p>What asks for a person, or speaks of fraud or an authority, wins over everything else in the words. Otherwise the
 * intent with the highest weight wins; where two are level, the one that says more.
 */
public final class WordRules implements QuestionReader {
    private static final WordRules BUILT_IN = new WordRules();
    private static final int ENOUGH = 2;

    /** Where two are level, the one that says more comes first. */
    private static final List<Intent> PRECEDENCE = List.of(
            Intent.PAID_TWICE,
            Intent.WRONG_ACCOUNT,
            Intent.REFUND_STATUS,
            Intent.KEY_INVALID,
            Intent.PAID_BUT_UNPAID,
            Intent.WANT_REFUND,
            Intent.CHANGE_RECIPIENT,
            Intent.RECEIPT,
            Intent.HOW_TO_SEE_KEY,
            Intent.WHERE_IS_IT);

    private final List<WordRule> chinese = read("words_zh.txt", true);
    private final List<WordRule> english = read("words_en.txt", false);
    private final EnglishWords vocabulary = EnglishWords.of(english);

    private WordRules() {}

    /** The rules that come with the library. */
    public static WordRules builtIn() {
        return BUILT_IN;
    }

    @Override
    public Optional<Intent> read(String words, Locale locale) {
        Map<Intent, Integer> highest = new EnumMap<>(Intent.class);
        Map<Intent, Integer> matches = new EnumMap<>(Intent.class);
        String joined = ChineseWords.prepared(words);
        List<String> tokens = EnglishWords.tokens(words);
        for (WordRule rule : chinese) {
            count(rule, rule.matchesChinese(joined), highest, matches);
        }
        for (WordRule rule : english) {
            count(rule, vocabulary.matches(rule, tokens), highest, matches);
        }
        return winner(highest, matches);
    }

    private static void count(
            WordRule rule, boolean matched, Map<Intent, Integer> highest, Map<Intent, Integer> matches) {
        if (matched) {
            highest.merge(rule.intent(), rule.weight(), Math::max);
            matches.merge(rule.intent(), 1, Integer::sum);
        }
    }

    private static Optional<Intent> winner(Map<Intent, Integer> highest, Map<Intent, Integer> matches) {
        if (highest.containsKey(Intent.THREAT)) {
            return Optional.of(Intent.THREAT);
        }
        if (highest.containsKey(Intent.HUMAN)) {
            return Optional.of(Intent.HUMAN);
        }
        Intent best = null;
        int bestScore = ENOUGH - 1;
        for (Intent intent : PRECEDENCE) {
            // Rules of one intent overlap, so that more than one match says little more than one.
            int score = highest.getOrDefault(intent, 0) + (matches.getOrDefault(intent, 0) > 1 ? 1 : 0);
            if (score > bestScore) {
                best = intent;
                bestScore = score;
            }
        }
        return Optional.ofNullable(best);
    }

    private static List<WordRule> read(String file, boolean isChinese) {
        List<WordRule> rules = new ArrayList<>();
        try (InputStream in = WordRules.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing beside " + WordRules.class);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    rules.add(WordRule.parse(line, isChinese));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        return List.copyOf(rules);
    }
}
