package dev.kadao.examples.supplier;

import dev.kadao.order.Secret;
import java.net.URI;
import java.util.Map;

/**
 * Our account at the supplier. Prints neither key.
 *
 * @param merchant our number there; notices name it
 * @param requestKey signs what we send
 * @param noticeKey signs what the supplier sends us
 * @param products the supplier's product for each of our SKUs
 */
public record MagpieAccount(
        URI endpoint, String merchant, Secret requestKey, Secret noticeKey, Map<String, String> products) {
    public MagpieAccount {
        products = Map.copyOf(products);
        if (requestKey.expose().isBlank() || noticeKey.expose().isBlank()) {
            throw new IllegalArgumentException(
                    "a key is blank: anyone could sign. Copy both from the supplier's console");
        }
    }
}
