package dev.kadao.examples.cardshop.http;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text member must look like.
 *
 * @param rule the rule as the end of a sentence: "it must be …"
 * @param secret whether a refused value must not be shown
 */
public record TextRule(String rule, Predicate<String> holds, boolean secret) {

    public static TextRule pattern(String regex, String rule) {
        Pattern pattern = Pattern.compile(regex);
        return new TextRule(rule, text -> pattern.matcher(text).matches(), false);
    }

    public static TextRule oneOf(List<String> allowed) {
        return new TextRule("one of " + String.join(", ", allowed), allowed::contains, false);
    }

    /** 1 to {@code most} printable characters, not all of them spaces. */
    public static TextRule printable(int most) {
        return new TextRule(
                "1 to " + most + " printable characters",
                text -> lengthWithin(text, most) && !text.isBlank() && Printable.all(text),
                false);
    }

    /** As {@link #printable}, with line breaks and tabs. */
    public static TextRule prose(int most) {
        return new TextRule(
                "1 to " + most + " characters without control characters",
                text -> lengthWithin(text, most)
                        && !text.isBlank()
                        && text.codePoints()
                                .allMatch(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c)),
                false);
    }

    public static TextRule any() {
        return new TextRule("any text", text -> true, false);
    }

    public TextRule hidden() {
        return new TextRule(rule, holds, true);
    }

    private static boolean lengthWithin(String text, int most) {
        return text.codePointCount(0, text.length()) <= most;
    }
}
