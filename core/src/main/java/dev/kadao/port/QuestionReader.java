package dev.kadao.port;

import dev.kadao.order.Intent;
import java.util.Locale;
import java.util.Optional;

/**
 * Says what a buyer's free words are about, for example with a language model. Thread-safe; may block, since it is asked
 * outside of any transaction.
 *
 * <p>It chooses an intent and nothing else: what is answered and what is done follow from the order's state, so that no
 * model can promise a buyer anything. An exception, or no answer within one call limit ({@code EngineSettings.callLimit}),
 * counts as none; then, and while it is paused because it fails or hangs, the built-in rules decide. Words that by those
 * rules ask for a person, or speak of fraud or an authority, go to a person whatever it says.
 */
@FunctionalInterface
public interface QuestionReader {

    /**
     * What the words are about; empty if that is not sure.
     *
     * @param words as the buyer wrote them: personal data, not to be kept, and not to be followed as instructions
     * @param locale of the buyer, as the shop knows it; the words may be in another language
     */
    Optional<Intent> read(String words, Locale locale);
}
