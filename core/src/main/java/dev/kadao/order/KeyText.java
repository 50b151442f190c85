package dev.kadao.order;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a text must be to be a key that is sold. Pure; what it says of a text never holds its content. */
public final class KeyText {
    /** A key has at most so many characters (code points). */
    public static final int MOST_CHARACTERS = 512;

    private KeyText() {}

    /** The key as it is kept: white space at both ends is cut, so that one key is known however it was written. */
    public static Secret kept(Secret key) {
        String text = key.expose();
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return Secret.of(text.substring(start, end));
    }

    /** Why a text, as it is kept, is no key: completes "the key …". Empty if it is one. */
    public static Optional<String> flaw(Secret key) {
        String text = kept(key).expose();
        if (text.isEmpty()) {
            return Optional.of("is blank");
        }
        int characters = text.codePointCount(0, text.length());
        if (characters > MOST_CHARACTERS) {
            return Optional.of("has " + characters + " characters, more than " + MOST_CHARACTERS);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("has control characters");
        }
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? Optional.empty()
                : Optional.of("has halves of surrogate pairs");
    }

    /** Why these keys cannot be handed over together, as a sentence without its full stop. Empty if they can. */
    public static Optional<String> flaw(List<Secret> keys) {
        if (keys.isEmpty()) {
            return Optional.of("no key came");
        }
        Map<Secret, Integer> seen = new HashMap<>();
        for (int number = 1; number <= keys.size(); number++) {
            Secret key = keys.get(number - 1);
            Optional<String> flaw = flaw(key);
            if (flaw.isPresent()) {
                return Optional.of("key " + number + " of " + keys.size() + " " + flaw.get());
            }
            @Nullable Integer earlier = seen.put(kept(key), number);
            if (earlier != null) {
                return Optional.of("keys " + earlier + " and " + number + " of " + keys.size() + " are the same");
            }
        }
        return Optional.empty();
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
