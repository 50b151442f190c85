package dev.kadao.suppliers.notify;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.net.URI;

/**
 * Where a buyer's system takes messages.
 *
 * @param uri as the buyer gave it; judged when it is called
 * @param secret shared with that buyer alone, signs the messages; not blank
 */
public record WebhookEndpoint(URI uri, Secret secret) {
    public WebhookEndpoint {
        if (secret.expose().isBlank()) {
            throw new InvalidValueException(
                    "the secret of a webhook endpoint is blank: anyone could sign messages to it. Agree on 32 random"
                            + " characters or more with the buyer");
        }
    }

    /** Shows the host alone: paths and queries often hold a token. */
    @Override
    public String toString() {
        return "WebhookEndpoint(" + uri.getHost() + ")";
    }
}
