package dev.kadao.suppliers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kadao.order.Secret;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the answer object of the reference supplier protocol. All known members are checked for their type, whatever
 * the state, since an object that is half nonsense is no definite word. Texts for people are cut, see
 * {@link #shown(String, int)}.
 */
final class ProtocolAnswer {
    static final int PROOF_LIMIT = 2_000;
    static final int NUMBER_LIMIT = 128;
    static final int REASON_LIMIT = 500;

    private ProtocolAnswer() {}

    static Answer read(StrictJson json) throws UnreadableException {
        Optional<String> supplierOrder = json.text("supplierOrder")
                .map(text -> shown(text, NUMBER_LIMIT))
                .filter(text -> !text.isBlank());
        Optional<String> proof = json.text("proof").map(text -> shown(text, PROOF_LIMIT));
        String reason =
                json.text("reason").map(text -> shown(text, REASON_LIMIT)).orElse("");
        List<Secret> keys = keys(json);
        int delivered = json.count("delivered").orElse(0);
        Scope scope = scope(json);
        String state = json.text("state").orElseThrow(() -> new UnreadableException("member 'state' is missing"));
        return switch (state) {
            case "success" -> new Answer.Delivered(proof(proof, keys), supplierOrder.orElse(null));
            case "processing" -> new Answer.Accepted(supplierOrder.orElse(null), null);
            case "partial" -> new Answer.Partial(delivered, reason, keys);
            case "failed" -> new Answer.Declined(scope, reason);
            default -> throw new UnreadableException("member 'state' is none of the protocol's states");
        };
    }

    // Suppliers that write every member send an empty list, or blank keys, beside the proof of a top-up. Whether what
    // is
    // there proves anything is judged by core, which knows what was ordered.
    private static Proof proof(Optional<String> proof, List<Secret> keys) {
        boolean noKeys = keys.stream().allMatch(key -> key.expose().isBlank());
        return keys.isEmpty() || (noKeys && proof.isPresent() && !proof.get().isBlank())
                ? new Proof.Receipt(proof.orElse(""))
                : new Proof.SuppliedKeys(keys);
    }

    private static List<Secret> keys(StrictJson json) throws UnreadableException {
        Optional<JsonNode> node = json.member("keys");
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            throw new UnreadableException("member 'keys' is no list");
        }
        List<Secret> keys = new ArrayList<>();
        for (JsonNode key : node.get()) {
            keys.add(Secret.of(StrictJson.textOf(key, "keys")));
        }
        return keys;
    }

    private static Scope scope(StrictJson json) throws UnreadableException {
        return switch (json.text("scope").orElse("order")) {
            case "order" -> Scope.ORDER;
            case "supplier" -> Scope.SUPPLIER;
            default -> throw new UnreadableException("member 'scope' is neither 'order' nor 'supplier'");
        };
    }

    /** A text as it is kept and shown: without control characters, cut between characters to at most the limit. */
    static String shown(String text, int limit) {
        String clean = text.replaceAll("[\\p{Cc}\\u2028\\u2029]", " ");
        if (clean.length() <= limit) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
