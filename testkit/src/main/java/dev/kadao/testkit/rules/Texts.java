package dev.kadao.testkit.rules;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that stores have been seen to spoil. */
final class Texts {
    private Texts() {}

    /** Two characters of each of the seventeen planes of Unicode. */
    static String everyPlane() {
        return IntStream.rangeClosed(0, 16)
                .mapToObj(plane ->
                        Character.toString(plane * 0x10000 + 0x4E2D) + Character.toString(plane * 0x10000 + 0xFFFD))
                .collect(Collectors.joining());
    }

    /** Values that a careless comparison, pattern or collation takes for each other. */
    static List<String> lookalikes() {
        return List.of(
                "a",
                "A",
                "a ",
                " a",
                "ä",
                "a\u0308",
                "ａ",
                "a%",
                "a_",
                "ab",
                "a\\",
                "a'",
                "a\"",
                "%",
                "_",
                "卡到",
                "卡",
                "\uD83C\uDFAE",
                "\uD83C\uDFAE\uD83C\uDFAE",
                everyPlane());
    }
}
