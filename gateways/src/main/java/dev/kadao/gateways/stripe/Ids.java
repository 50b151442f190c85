package dev.kadao.gateways.stripe;

import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.Optional;

/** Names of Stripe's objects, and the names that we put into their metadata. */
final class Ids {
    /** The metadata of sessions, payment intents and, by Stripe's copying, charges: the payment id. */
    static final String PAYMENT = "payment";

    /** The metadata of refunds: the refund id. */
    static final String REFUND = "refund";

    private Ids() {}

    /** @throws UnreadableException if it is missing or no name of Stripe's form */
    static String required(StrictJson json, String member) throws UnreadableException {
        return optional(json, member).orElseThrow(() -> new UnreadableException("member '" + member + "' is missing"));
    }

    /** @throws UnreadableException if it is there and no name of Stripe's form */
    static Optional<String> optional(StrictJson json, String member) throws UnreadableException {
        Optional<String> id = json.text(member);
        if (id.isPresent() && !id.get().matches("[0-9A-Za-z_-]{1,100}")) {
            throw new UnreadableException("member '" + member + "' is no id");
        }
        return id;
    }

    /** The payment id in an object's metadata; empty if it is not ours. */
    static Optional<String> ofOurs(StrictJson json) throws UnreadableException {
        return inMetadata(json, PAYMENT);
    }

    static Optional<String> inMetadata(StrictJson json, String name) throws UnreadableException {
        Optional<StrictJson> metadata = json.object("metadata");
        return metadata.isEmpty() ? Optional.empty() : metadata.get().text(name);
    }
}
