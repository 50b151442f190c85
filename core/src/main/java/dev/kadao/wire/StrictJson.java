package dev.kadao.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON object, read without guessing: valid UTF-8, no doubled member, nothing behind it, each member of the type
 * that is asked for. A member that is {@code null} counts as absent; unknown ones do not matter.
 */
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;

    private StrictJson(ObjectNode object) {
        this.object = object;
    }

    /**
     * Reads a message.
     *
     * @throws UnreadableException if the bytes are no such object
     */
    public static StrictJson read(byte[] body) throws UnreadableException {
        try {
            // Decoded here, since Jackson would guess UTF-16 and UTF-32 from the first bytes.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return new StrictJson(object);
            }
            throw new UnreadableException("the body is no JSON object");
        } catch (CharacterCodingException e) {
            throw new UnreadableException("the body is not UTF-8");
        } catch (JsonProcessingException e) {
            // Its message is left out on purpose: it may quote the body, and a body may hold keys.
            throw new UnreadableException("the body is no strict JSON");
        }
    }

    /** The object with these members, in their order: texts, numbers, truth values, lists and maps of such. */
    public static byte[] write(Map<String, ?> members) {
        try {
            return MAPPER.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written as JSON", e);
        }
    }

    /** A member of whatever type. */
    public Optional<JsonNode> member(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    /**
     * A member that is a text.
     *
     * @throws UnreadableException if it is no text, or one that holds half a character
     */
    public Optional<String> text(String name) throws UnreadableException {
        Optional<JsonNode> node = member(name);
        return node.isEmpty() ? Optional.empty() : Optional.of(textOf(node.get(), name));
    }

    /**
     * A whole number from 0 on.
     *
     * @throws UnreadableException if it is another thing
     */
    public Optional<Integer> count(String name) throws UnreadableException {
        Optional<JsonNode> node = member(name);
        if (node.isPresent()
                && !(node.get().isIntegralNumber()
                        && node.get().canConvertToInt()
                        && node.get().intValue() >= 0)) {
            throw new UnreadableException("member '" + name + "' is no count");
        }
        return node.map(JsonNode::intValue);
    }

    /**
     * An amount in minor units, or a time in seconds: a whole number from 0 on.
     *
     * @throws UnreadableException if it is another thing, {@code 100.0} and {@code 1e2} among them
     */
    public Optional<Long> amount(String name) throws UnreadableException {
        Optional<JsonNode> node = member(name);
        if (node.isPresent()
                && !(node.get().isIntegralNumber()
                        && node.get().canConvertToLong()
                        && node.get().longValue() >= 0)) {
            throw new UnreadableException("member '" + name + "' is no whole number");
        }
        return node.map(JsonNode::longValue);
    }

    /**
     * A member that is an object itself.
     *
     * @throws UnreadableException if it is no object
     */
    public Optional<StrictJson> object(String name) throws UnreadableException {
        Optional<JsonNode> node = member(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof ObjectNode object) {
            return Optional.of(new StrictJson(object));
        }
        throw new UnreadableException("member '" + name + "' is no object");
    }

    /**
     * A member that is a list of objects; empty if it is absent.
     *
     * @throws UnreadableException if it is another thing
     */
    public List<StrictJson> objects(String name) throws UnreadableException {
        List<StrictJson> objects = new ArrayList<>();
        Optional<JsonNode> list = member(name);
        if (list.isPresent() && !list.get().isArray()) {
            throw new UnreadableException("member '" + name + "' is no list");
        }
        for (JsonNode item : list.isPresent() ? list.get() : MAPPER.createArrayNode()) {
            if (!(item instanceof ObjectNode object)) {
                throw new UnreadableException("member '" + name + "' is no list of objects");
            }
            objects.add(new StrictJson(object));
        }
        return objects;
    }

    /**
     * A member that is a truth value.
     *
     * @throws UnreadableException if it is another thing
     */
    public Optional<Boolean> flag(String name) throws UnreadableException {
        Optional<JsonNode> node = member(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw new UnreadableException("member '" + name + "' is neither true nor false");
        }
        return node.map(JsonNode::booleanValue);
    }

    /**
     * The text that a node is.
     *
     * @param name of the member, for the refusal
     * @throws UnreadableException if it is no text, or one that holds half a character
     */
    public static String textOf(JsonNode node, String name) throws UnreadableException {
        if (!node.isTextual()) {
            throw new UnreadableException("member '" + name + "' is no text");
        }
        // Half a surrogate pair can be escaped in JSON but not be stored: '?' would come back.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue())) {
            throw new UnreadableException("member '" + name + "' holds half a character");
        }
        return node.textValue();
    }
}
