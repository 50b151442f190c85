package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.TextRule;
import java.util.Optional;

/**
 * A buyer's question in free words.
 *
 * @param number any number the buyer has
 */
public record AskSupport(String words, Optional<String> number) {
    private static final TextRule WORDS = TextRule.prose(2000);
    private static final TextRule NUMBER = TextRule.prose(128);

    static AskSupport read(Members body) {
        return new AskSupport(body.text("words", WORDS), body.optionalText("number", NUMBER));
    }
}
