package dev.kadao.examples.cardshop.http;

/** Which characters a person can see: no control, no line break, no invisible or direction-changing one. */
public final class Printable {
    private Printable() {}

    public static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    public static boolean all(String text) {
        return text.codePoints().allMatch(Printable::is);
    }
}
