package dev.kadao;

import java.util.Optional;

/** What a review may look like. Strangers read it: nothing in it may change how the rest of a page is shown. */
final class ReviewWords {
    private static final int MOST_STARS = 5;
    private static final int MOST_CHARACTERS = 2_000;
    /** Joins several signs into one picture. */
    private static final int JOINER = 0x200D;

    private ReviewWords() {}

    /** What is wrong with it; empty if nothing is. */
    static Optional<String> complaint(int stars, Optional<String> text) {
        if (stars < 1 || stars > MOST_STARS) {
            return Optional.of("a review has 1 to " + MOST_STARS + " stars, not " + stars);
        }
        return text.map(String::strip).flatMap(ReviewWords::complaint);
    }

    private static Optional<String> complaint(String text) {
        int characters = text.codePointCount(0, text.length());
        if (characters < 1 || characters > MOST_CHARACTERS) {
            return Optional.of("what a review says has " + characters + " characters; use 1 to " + MOST_CHARACTERS
                    + " without counting blanks at its ends, or leave it out");
        }
        return text.codePoints()
                .filter(character -> !isShown(character))
                .mapToObj(
                        character -> "what a review says has a character that is not printable, U+%04X; leave that out"
                                .formatted(character))
                .findFirst();
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\n' || character == '\r' || character == '\t';
            case Character.FORMAT -> character == JOINER;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
