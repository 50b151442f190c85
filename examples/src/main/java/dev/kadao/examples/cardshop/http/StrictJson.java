package dev.kadao.examples.cardshop.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON read without any leniency: what two readers could understand differently (a doubled member, trailing text,
 * broken UTF-8, half a surrogate pair) is refused with a {@link Problem} that names the member.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper WRITER = new ObjectMapper();
    // Names come from strangers: interning them would let strangers fill a table of ours.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .build())
            .build();

    private StrictJson() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return WRITER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Members nothing() {
        return new Members(object(), "");
    }

    /** The one object that these bytes are. */
    public static Members read(byte[] body) {
        if (body.length == 0) {
            throw Problem.badRequest("The body is empty; it must be one JSON object.");
        }
        try (JsonParser parser = FACTORY.createParser(text(body))) {
            parser.nextToken();
            JsonNode node = value(parser, "", 0);
            if (parser.nextToken() != null) {
                throw Problem.badRequest("There is text after the end of the JSON object; send one object only.");
            }
            if (node instanceof ObjectNode object) {
                return new Members(object, "");
            }
            throw Problem.badRequest("The body is " + kind(node) + "; it must be one JSON object.");
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problem.badRequest("The body is not valid UTF-8; send JSON in UTF-8.");
        }
    }

    private static Problem unreadable(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (e instanceof StreamConstraintsException) {
            return Problem.badRequest("The JSON is nested deeper than " + MAX_DEPTH
                    + " levels or has a number or a name beyond all measure" + where + ".");
        }
        return Problem.badRequest("The body is no valid JSON" + where + ".");
    }

    private static JsonNode value(JsonParser parser, String path, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw Problem.badRequest("The JSON is nested deeper than " + MAX_DEPTH + " levels at " + shown(path) + ".");
        }
        @Nullable JsonToken token = parser.currentToken();
        if (token == null) {
            throw Problem.badRequest("The body is empty; it must be one JSON object.");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, path, depth);
            case START_ARRAY -> array(parser, path, depth);
            case VALUE_STRING -> NODES.textNode(whole(parser.getText(), path));
            case VALUE_NUMBER_INT -> integer(parser.getText());
            // Nothing here takes a fraction as a number, so only its kind matters.
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw Problem.badRequest("The body is no valid JSON at " + shown(path) + ".");
        };
    }

    private static JsonNode object(JsonParser parser, String path, int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(parser.currentName(), path);
            String member = path.isEmpty() ? name : path + "." + name;
            if (object.has(name)) {
                throw Problem.badRequest("The member " + shown(member) + " stands there twice; send it once.");
            }
            parser.nextToken();
            object.set(name, value(parser, member, depth + 1));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser, String path, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path + "[" + array.size() + "]", depth + 1));
        }
        return array;
    }

    private static JsonNode integer(String digits) {
        return digits.length() <= 18
                ? NODES.numberNode(Long.parseLong(digits))
                : NODES.numberNode(new BigInteger(digits));
    }

    /** The text, unless it holds half a surrogate pair, which no UTF-8 can carry on. */
    private static String whole(String text, String path) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw Problem.badRequest("The text at " + shown(path) + " holds half a surrogate pair (\\u"
                        + Integer.toHexString(c) + "), which is no character.");
            }
        }
        return text;
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "of an unknown kind";
        };
    }

    static String shown(String path) {
        return path.isEmpty() ? "the top" : "'" + Quoted.cut(path, 80) + "'";
    }
}
