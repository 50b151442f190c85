package dev.kadao.engine;

import dev.kadao.order.Secret;
import dev.kadao.port.Dispatcher.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of suppliers as they are kept. Documents and journals are never erased, and suppliers like to quote the number
 * that they could not top up or the keys that they sold; a text without bounds would let a document grow without any.
 */
final class SupplierTexts {
    static final int REASON_LIMIT = 500;
    static final int NUMBER_LIMIT = 128;

    private final String recipient;
    private final List<Secret> keys;

    private SupplierTexts(String recipient, List<Secret> keys) {
        this.recipient = recipient;
        this.keys = keys;
    }

    /** The answer about an order of this recipient; null once it has been erased. */
    static Answer kept(Answer answer, @Nullable String recipient) {
        return new SupplierTexts(recipient == null ? "" : recipient, SupplierCalls.keysOf(answer)).kept(answer);
    }

    /** A reason that names no order, as it is logged. */
    static String reason(String text) {
        return new SupplierTexts("", List.of()).kept(text);
    }

    private Answer kept(Answer answer) {
        if (answer instanceof Answer.Declined declined) {
            return new Answer.Declined(declined.scope(), kept(declined.reason()));
        }
        if (answer instanceof Answer.Partial partial) {
            return new Answer.Partial(partial.delivered(), kept(partial.reason()), partial.keys());
        }
        if (answer instanceof Answer.NotSent notSent) {
            return new Answer.NotSent(kept(notSent.reason()));
        }
        if (answer instanceof Answer.Unknown unknown) {
            return new Answer.Unknown(kept(unknown.reason()));
        }
        if (answer instanceof Answer.Accepted accepted) {
            return new Answer.Accepted(number(accepted.supplierOrder()), accepted.askAgainAfter());
        }
        if (answer instanceof Answer.Delivered delivered) {
            return new Answer.Delivered(delivered.proof(), number(delivered.supplierOrder()));
        }
        return answer;
    }

    private String kept(String text) {
        return cut(text, REASON_LIMIT);
    }

    private @Nullable String number(@Nullable String text) {
        return text == null ? null : cut(text, NUMBER_LIMIT);
    }

    private String cut(String text, int limit) {
        String clean = withoutSecrets(text).replaceAll("[\\p{Cc}\\u2028\\u2029]", " ");
        if (clean.length() <= limit) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(limit - 1)) ? limit - 1 : limit);
    }

    /** What is as short as a single character is no secret, and would be found in every text. */
    private String withoutSecrets(String text) {
        String clean = recipient.length() < 2 ? text : text.replace(recipient, "(recipient)");
        for (Secret key : keys) {
            clean = key.expose().length() < 2 ? clean : clean.replace(key.expose(), "(key)");
        }
        return clean;
    }
}
