package dev.kadao.engine;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what a recipient is counted and denied: the many spellings of one mailbox or telephone are one. Goods always go to
 * what the buyer wrote.
 */
final class RecipientForm {
    /** Blanks of all kinds, characters without a width, and what people put between the digits of a number. */
    private static final Pattern IGNORED = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{Mn}]+");

    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[-()./]+");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{5,20}");
    private static final Pattern MAINLAND_MOBILE = Pattern.compile("(?:\\+?86)?0?(1[3-9][0-9]{9})");

    private RecipientForm() {}

    static String of(String recipient) {
        String folded = Normalizer.normalize(recipient, Normalizer.Form.NFKC);
        // Up, then down: letters whose small form alone differs fall together too.
        String plain = IGNORED.matcher(folded.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
                .replaceAll("");
        int at = plain.lastIndexOf('@');
        return at > 0 ? mailbox(plain, at) : number(plain);
    }

    /** What stands behind a plus sign is the mailbox's own sorting. */
    private static String mailbox(String address, int at) {
        int plus = address.indexOf('+');
        return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) : address;
    }

    private static String number(String text) {
        String dialled = BETWEEN_DIGITS.matcher(asciiDigits(text)).replaceAll("");
        String digits = dialled.startsWith("00") ? "+" + dialled.substring(2) : dialled;
        if (!NUMBER.matcher(digits).matches()) {
            return text;
        }
        Matcher mobile = MAINLAND_MOBILE.matcher(digits);
        return mobile.matches() ? mobile.group(1) : digits;
    }

    /** Digits of every script are the same number. */
    private static String asciiDigits(String text) {
        StringBuilder digits = new StringBuilder();
        text.codePoints()
                .forEach(point ->
                        digits.appendCodePoint(Character.isDigit(point) ? '0' + Character.digit(point, 10) : point));
        return digits.toString();
    }
}
