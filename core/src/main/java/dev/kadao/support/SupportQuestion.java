package dev.kadao.support;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
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
 * @param own the checkouts that the asker has shown to be his, for example as the account that is logged in; at most 50. About any other one he is told what anybody may know, and nothing is done
 * @param pickupToken of the purchase, if the asker has it; a wrong one shows nothing
 * @param locale Chinese for any {@code zh}, else English
 * @param zone of the times in the answer
 */
public record SupportQuestion(
        String words,
        Optional<String> number,
        Set<CheckoutId> own,
        Optional<Secret> pickupToken,
        Locale locale,
        ZoneId zone) {
    private static final int MOST_WORDS = 2_000;
    private static final int MOST_NUMBER = 128;
    private static final int MOST_OWN = 50;

    public SupportQuestion {
        own = Set.copyOf(own);
        if (words.isBlank() || length(words) > MOST_WORDS) {
            throw new InvalidValueException(
                    "a question needs 1 to " + MOST_WORDS + " characters, not only blanks; it has " + length(words));
        }
        int length = number.map(SupportQuestion::length).orElse(1);
        if (length > MOST_NUMBER || number.filter(String::isBlank).isPresent()) {
            throw new InvalidValueException(
                    "a number of 1 to " + MOST_NUMBER + " characters is needed, or none; it has " + length);
        }
        if (own.size() > MOST_OWN) {
            throw new InvalidValueException(
                    own.size() + " checkouts of one buyer are too many: give the latest " + MOST_OWN);
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A question of somebody who has shown nothing, in a language, with times in UTC. */
    public static SupportQuestion of(String words, Locale locale) {
        return new SupportQuestion(words, Optional.empty(), Set.of(), Optional.empty(), locale, ZoneOffset.UTC);
    }

    /** This question with a number. */
    public SupportQuestion about(String newNumber) {
        return new SupportQuestion(words, Optional.of(newNumber), own, pickupToken, locale, zone);
    }

    /** This question of somebody whose checkouts these are. */
    public SupportQuestion by(Set<CheckoutId> newOwn) {
        return new SupportQuestion(words, number, newOwn, pickupToken, locale, zone);
    }

    /** This question of somebody who has a pick-up token. */
    public SupportQuestion with(Secret token) {
        return new SupportQuestion(words, number, own, Optional.of(token), locale, zone);
    }

    /** Without the words, which are personal. */
    @Override
    public String toString() {
        return "SupportQuestion(" + words.length() + " characters, " + locale + ")";
    }
}
