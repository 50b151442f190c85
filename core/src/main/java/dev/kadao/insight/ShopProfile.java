package dev.kadao.insight;

import dev.kadao.order.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who runs the shop, in its own words: what a buyer may look up before paying. Kadao shows it and vouches for nothing.
 *
 * @param name 1 to 64 printable characters
 * @param licence the number of the business licence (18 digits and capitals in China, spaces aside); up to 64 printable
 *     characters
 * @param icp the ICP number of the website, as 京ICP备12345678号-1
 * @param support the official support channel and the only one: an address of a page, a mail address or another way to
 *     reach people, up to 200 printable characters
 */
public record ShopProfile(String name, Optional<String> licence, Optional<String> icp, Optional<String> support) {
    private static final Pattern ICP = Pattern.compile("\\p{IsHan}ICP[备证]\\d{6,10}号(-\\d{1,3})?");
    private static final int MOST_NAME = 64;
    private static final int MOST_SUPPORT = 200;

    /** @throws InvalidValueException if something is not as said above; names all of it at once */
    public ShopProfile {
        List<String> problems = new ArrayList<>();
        check(problems, "name", name, MOST_NAME);
        licence.ifPresent(text -> check(problems, "licence", text, MOST_NAME));
        support.ifPresent(text -> check(problems, "support channel", text, MOST_SUPPORT));
        icp.filter(number -> !ICP.matcher(number).matches())
                .ifPresent(number -> problems.add("the ICP number '" + shortened(number)
                        + "' is not of the form 京ICP备12345678号 or 京ICP备12345678号-1"));
        if (!problems.isEmpty()) {
            throw new InvalidValueException("the shop's profile cannot be shown: " + String.join("; ", problems));
        }
    }

    private static void check(List<String> problems, String what, String text, int most) {
        if (text.isBlank() || text.length() > most || text.codePoints().anyMatch(Character::isISOControl)) {
            problems.add("the " + what + " has " + text.length() + " characters; use 1 to " + most
                    + " printable ones, not only blanks, or leave it out");
        }
    }

    private static String shortened(String text) {
        String clean = text.replaceAll("\\p{Cc}", "?");
        return clean.length() <= MOST_NAME ? clean : clean.substring(0, MOST_NAME) + "…";
    }
}
