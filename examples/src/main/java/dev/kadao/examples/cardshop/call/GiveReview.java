package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.TextRule;
import java.util.Optional;

/**
 * What a buyer thinks of an order.
 *
 * @param stars 1 to 5
 */
public record GiveReview(int stars, Optional<String> text) {
    private static final TextRule TEXT = TextRule.prose(2000);

    static GiveReview read(Members body) {
        return new GiveReview(body.whole("stars", 1, 5), body.optionalText("text", TEXT));
    }
}
