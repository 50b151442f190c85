package dev.kadao.examples.cardshop.http;

import java.util.Locale;

/** The two languages that buyers are spoken to in. */
public enum Language {
    CHINESE("zh-CN"),
    ENGLISH("en");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }

    public Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    public static Language of(Request request) {
        return preferred(request.joinedHeader("Accept-Language"));
    }

    /** The first of zh* and en* by weight (RFC 9110, 12.5.4); Chinese if the header names neither. */
    static Language preferred(String header) {
        Language best = CHINESE;
        int bestWeight = 0;
        for (String range : header.split(",", -1)) {
            String[] parts = range.strip().toLowerCase(Locale.ROOT).split(";", 2);
            String tag = parts[0].strip();
            int weight = parts.length == 1 ? 1000 : thousandths(parts[1].strip());
            if (weight > bestWeight && (speaks(tag, "zh") || speaks(tag, "en"))) {
                best = speaks(tag, "zh") ? CHINESE : ENGLISH;
                bestWeight = weight;
            }
        }
        return best;
    }

    private static boolean speaks(String tag, String language) {
        return tag.equals(language) || tag.startsWith(language + "-");
    }

    /** The weight in thousandths; one that cannot be read counts as "not acceptable". */
    private static int thousandths(String parameter) {
        String text = parameter.replace(" ", "");
        if (!text.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
            return 0;
        }
        String digits = (text.substring(2).replace(".", "") + "000").substring(0, 4);
        return Integer.parseInt(digits);
    }
}
