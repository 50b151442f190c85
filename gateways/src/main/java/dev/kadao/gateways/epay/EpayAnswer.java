package dev.kadao.gateways.epay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kadao.order.Bytes;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.Optional;

/**
 * An answer of the service's API: JSON that is not signed, with numbers that PHP writes as numbers or as texts. Its
 * sentences ({@code msg}) are not shown, since they may quote anything.
 */
final class EpayAnswer {
    private final StrictJson json;
    private final int code;

    private EpayAnswer(StrictJson json, int code) {
        this.json = json;
        this.code = code;
    }

    static EpayAnswer read(Bytes body) throws UnreadableException {
        StrictJson json = StrictJson.read(body.toArray());
        int code = number(json, "code").orElseThrow(() -> new UnreadableException("member 'code' is missing"));
        return new EpayAnswer(json, code);
    }

    /** 1 is success; what the others mean differs from act to act. */
    int code() {
        return code;
    }

    Optional<Integer> number(String name) throws UnreadableException {
        return number(json, name);
    }

    /** A text that is not empty; PHP writes what is not there as null, or as an empty text. */
    Optional<String> text(String name) throws UnreadableException {
        return json.text(name).filter(text -> !text.isEmpty());
    }

    /** A name, which some services write as a number. */
    Optional<String> name(String name) throws UnreadableException {
        Optional<JsonNode> node = json.member(name);
        return node.isPresent() && node.get().isIntegralNumber()
                ? Optional.of(node.get().asText())
                : text(name);
    }

    private static Optional<Integer> number(StrictJson json, String name) throws UnreadableException {
        Optional<JsonNode> node = json.member(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        boolean plain = node.get().isIntegralNumber() || node.get().isTextual();
        if (!plain || !node.get().asText().matches("-?[0-9]{1,6}")) {
            throw new UnreadableException("member '" + name + "' is no whole number");
        }
        return Optional.of(Integer.parseInt(node.get().asText()));
    }
}
