package dev.kadao.examples.supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kadao.order.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer (JSON) or a notice (a form), read without guessing. Prints nothing: it may hold keys and recipients. */
final class MagpieMessage {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, String> texts;
    private final List<Secret> cards;

    private MagpieMessage(Map<String, String> texts, List<Secret> cards) {
        this.texts = texts;
        this.cards = cards;
    }

    static MagpieMessage ofJson(byte[] body) throws Unreadable {
        JsonNode json;
        try {
            json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            // Without its cause: that quotes the body.
            throw new Unreadable("no strict JSON");
        }
        Map<String, String> texts = new HashMap<>();
        json.properties().forEach(member -> {
            if (member.getValue().isTextual()) {
                texts.put(member.getKey(), member.getValue().textValue());
            }
        });
        List<Secret> cards = new ArrayList<>();
        for (JsonNode card : json.path("cards")) {
            // One that is no text counts as a blank card: a wrong parcel, which is never delivered.
            cards.add(Secret.of(card.isTextual() ? card.textValue() : ""));
        }
        return new MagpieMessage(texts, cards);
    }

    static MagpieMessage ofForm(byte[] body) throws Unreadable {
        Map<String, String> texts = new HashMap<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = field.indexOf('=');
            // A name that comes twice: two readers could see two values.
            if (equals < 1 || texts.put(field.substring(0, equals), decoded(field.substring(equals + 1))) != null) {
                throw new Unreadable("a field has no name, or comes twice");
            }
        }
        return new MagpieMessage(texts, List.of());
    }

    private static String decoded(String value) throws Unreadable {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("a field is not percent-coded");
        }
    }

    /** A form as requests and notices have it. */
    static byte[] form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    String text(String name) throws Unreadable {
        String text = texts.get(name);
        if (text == null) {
            throw new Unreadable("'" + name + "' is missing or no text");
        }
        return text;
    }

    List<Secret> cards() {
        return cards;
    }
}
