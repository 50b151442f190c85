package dev.kadao;

import dev.kadao.engine.SupportRig;
import dev.kadao.insight.Texts;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Intent;
import dev.kadao.support.SupportAnswer;
import dev.kadao.support.SupportAnswer.Need;
import dev.kadao.support.SupportQuestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One line of a file of questions. */
record AskedQuestion(String situation, Intent intent, String end, String words, String must, String mustNot) {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "support");

    static List<AskedQuestion> all(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file), StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(AskedQuestion::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AskedQuestion parse(String line) {
        List<String> parts =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        return new AskedQuestion(
                parts.get(0), Intent.valueOf(parts.get(1)), parts.get(2), parts.get(3), parts.get(4), parts.get(5));
    }

    Locale locale() {
        boolean chinese = words.codePoints().anyMatch(Character::isIdeographic);
        return chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }

    SupportAnswer asked(Locale locale) {
        SupportRig rig = SupportRig.in(situation);
        Set<CheckoutId> own =
                situation.equals("stranger") || situation.equals("none") ? Set.of() : Set.of(SupportRig.CHECKOUT);
        return new FrontSupport(rig.engine(), Texts.standard(), null)
                .ask(SupportQuestion.of(words, locale).by(own));
    }

    static String end(SupportAnswer answer) {
        if (answer.need() != Need.NOTHING) {
            return "ask";
        }
        return answer.settled() ? "settled" : "person";
    }
}
