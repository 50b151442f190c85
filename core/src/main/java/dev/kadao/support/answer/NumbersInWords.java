package dev.kadao.support.answer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be a number of an order within free words. */
public final class NumbersInWords {
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z_]{3,64}(?:\\.[0-9]{1,2}(?![0-9]))?");
    private static final int MOST = 6;
    private static final int SHORTEST = 4;

    private NumbersInWords() {}

    /** The candidates in order, at most six. Whether they mean anything only the store can tell. */
    public static List<String> in(String words) {
        Set<String> found = new LinkedHashSet<>();
        Matcher token = TOKEN.matcher(words);
        while (token.find() && found.size() < MOST) {
            String text = token.group();
            boolean hasDigit = text.chars().anyMatch(character -> character >= '0' && character <= '9');
            if (hasDigit && text.length() >= SHORTEST) {
                found.add(text);
            }
        }
        return List.copyOf(found);
    }
}
