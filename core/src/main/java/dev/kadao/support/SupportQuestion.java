package dev.kadao.support;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A buyer's question.
 *
 * @param words free words, 1 to 2000 characters; personal data
 * @param number any number the buyer has: an order, checkout, payment or refund, the gateway's trade number or the
 *     supplier's own; 1 to 128 characters. Numbers within the words are found too
 * @param own the checkouts that the asker has shown to be his, by the pick-up token or as the account that is logged in; at
 *     most 50. About any other one he is told what anybody may know, and nothing is done
 * @param locale Chinese for any {@code zh}, else English
 * @param zone of the times in the answer
 */
public record SupportQuestion(String words, Optional<String> number, Set<CheckoutId> own, Locale locale, ZoneId zone) {
    private static final int MOST_WORDS = 2_000;
    private static final int MOST_NUMBER = 128;
    private static final int MOST_OWN = 50;

    public SupportQuestion {
        own = Set.copyOf(own);
        if (words.isBlank() || words.length() > MOST_WORDS) {
            throw new InvalidValueException(
                    "a question needs 1 to " + MOST_WORDS + " characters, not only blanks; it has " + words.length());
        }
        int length = number.map(String::length).orElse(1);
        if (length > MOST_NUMBER || number.filter(String::isBlank).isPresent()) {
            throw new InvalidValueException(
                    "a number of 1 to " + MOST_NUMBER + " characters is needed, or none; it has " + length);
        }
        if (own.size() > MOST_OWN) {
            throw new InvalidValueException(
                    own.size() + " checkouts of one buyer are too many: give the latest " + MOST_OWN);
        }
    }

    /** A question of somebody who has shown nothing, in a language, with times in UTC. */
    public static SupportQuestion of(String words, Locale locale) {
        return new SupportQuestion(words, Optional.empty(), Set.of(), locale, ZoneOffset.UTC);
    }

    /** This question with a number. */
    public SupportQuestion about(String newNumber) {
        return new SupportQuestion(words, Optional.of(newNumber), own, locale, zone);
    }

    /** This question of somebody whose checkouts these are. */
    public SupportQuestion by(Set<CheckoutId> newOwn) {
        return new SupportQuestion(words, number, newOwn, locale, zone);
    }

    /** Without the words, which are personal. */
    @Override
    public String toString() {
        return "SupportQuestion(" + words.length() + " characters, " + locale + ")";
    }
}
