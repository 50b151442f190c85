package dev.kadao.support;

import dev.kadao.order.Intent;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a file of rules.
 *
 * @param standing whether words such as "not" before it leave it alone
 * @param chinese what a Chinese rule looks for; of an English one nothing
 * @param row what an English rule looks for: alternatives word by word, {@link EnglishWords#GAP} for a gap
 */
record WordRule(Intent intent, int weight, boolean standing, Pattern chinese, List<List<String>> row) {
    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final Pattern TAKEN_BACK =
            Pattern.compile("(不是|不想|不用|不要|不必|无需|不需要|别|没有要|没想|并非|不打算|没说|没)(要|想|来|去|给我|再|说|叫|让你)?$");
    private static final Pattern DENIED = Pattern.compile("(不是|并非|没说)$");
    private static final int LOOK_BACK = 8;

    static WordRule parse(String line, boolean isChinese) {
        String[] parts = line.strip().split("\\s+", 3);
        boolean standing = parts[2].startsWith("=");
        String pattern = standing ? parts[2].substring(1) : parts[2];
        return new WordRule(
                Intent.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                standing,
                isChinese ? Pattern.compile(pattern.replace("~", "[^。!?;]{0,6}")) : NOTHING,
                isChinese ? List.of() : EnglishWords.row(pattern));
    }

    boolean matchesChinese(String prepared) {
        Pattern negation = standing ? DENIED : TAKEN_BACK;
        Matcher found = chinese.matcher(prepared);
        while (found.find()) {
            String before = prepared.substring(Math.max(0, found.start() - LOOK_BACK), found.start());
            if (!negation.matcher(before).find()) {
                return true;
            }
        }
        return false;
    }
}
