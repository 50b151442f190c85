package dev.kadao.examples.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON without guessing: no doubled member, nothing behind the object, and a text is a text. */
final class LanternJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LanternJson() {}

    /** The message is not in the gateway's form; quotes nothing of it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    static JsonNode read(byte[] body) throws Unreadable {
        try {
            return MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new Unreadable("no strict JSON");
        }
    }

    static String text(JsonNode json, String name) throws Unreadable {
        JsonNode member = json.get(name);
        if (member == null || !member.isTextual()) {
            throw new Unreadable("member '" + name + "' is no text");
        }
        return member.textValue();
    }

    static byte[] write(Map<String, String> members) {
        try {
            return MAPPER.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }
}
