package dev.kadao.examples.cardshop.http;

/** A stranger's text made fit for a sentence: short, and without characters that change how the sentence looks. */
public final class Quoted {
    private Quoted() {}

    public static String of(String text) {
        return "'" + cut(text, 40) + "'";
    }

    static String cut(String text, int most) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(most).forEach(point -> {
            if (Printable.is(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format("\\u%04x", point));
            }
        });
        return text.codePointCount(0, text.length()) > most ? shown + "…" : shown.toString();
    }
}
