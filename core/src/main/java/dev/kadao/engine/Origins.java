package dev.kadao.engine;

import dev.kadao.order.Commitment;
import dev.kadao.order.Personal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where keys were asked for, on the erasable side: each origin once, marked so that they can be counted. Beyond so many
 * only the commitment is recorded, against which a text from elsewhere, such as an access log, can still be held.
 */
final class Origins {
    static final int MOST_TEXTS = 20;
    /** No recipient begins so: a recipient has no line break. */
    private static final String MARK = "seen from\n";

    private Origins() {}

    /** The commitment to an origin; null if it is not known, or once erased: without a salt it could be guessed. */
    static @Nullable Commitment commitment(Personal personal, @Nullable String origin) {
        return origin == null || personal.isErased() ? null : personal.commitTo(MARK + origin);
    }

    /**
     * The texts with one more origin.
     *
     * @param always whether it is kept even beyond the bound
     */
    static Personal remembering(Personal personal, @Nullable String origin, boolean always) {
        if (origin == null || personal.isErased()) {
            return personal;
        }
        long kept = personal.texts().values().stream()
                .filter(text -> text.startsWith(MARK))
                .count();
        boolean known = personal.text(personal.commitTo(MARK + origin)).isPresent();
        return known || (kept >= MOST_TEXTS && !always) ? personal : personal.with(MARK + origin);
    }

    /** The origin behind a commitment; empty if its text is not, or no longer, kept. */
    static Optional<String> text(Personal personal, @Nullable Commitment commitment) {
        return commitment == null
                ? Optional.empty()
                : personal.text(commitment)
                        .filter(text -> text.startsWith(MARK))
                        .map(text -> text.substring(MARK.length()));
    }
}
