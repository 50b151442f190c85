package dev.kadao.examples.cardshop.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object, taken out by name and type. What does not fit is a {@link Problem} that names the
 * member, its value and the rule. A member that is null counts as left out; members nobody asks for are ignored.
 */
public final class Members {
    private final ObjectNode object;
    private final String path;

    Members(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    public String text(String name, TextRule rule) {
        return optionalText(name, rule).orElseThrow(() -> missing(name, rule.rule()));
    }

    public Optional<String> optionalText(String name, TextRule rule) {
        @Nullable JsonNode node = member(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw wrongKind(name, node, "a text");
        }
        String text = node.textValue();
        if (!rule.holds().test(text)) {
            String value = rule.secret() ? "not acceptable" : Quoted.of(text);
            throw Problem.badRequest(called(name) + " is " + value + "; it must be " + rule.rule() + ".");
        }
        return Optional.of(text);
    }

    /** A whole number, written without fraction or exponent. */
    public int whole(String name, int least, int most) {
        return optionalWhole(name, least, most)
                .orElseThrow(() -> missing(name, "a whole number from " + least + " to " + most));
    }

    public Optional<Integer> optionalWhole(String name, int least, int most) {
        @Nullable JsonNode node = member(name);
        if (node == null) {
            return Optional.empty();
        }
        String rule = "a whole number from " + least + " to " + most;
        if (!node.isIntegralNumber()) {
            throw wrongKind(name, node, rule);
        }
        if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
            throw Problem.badRequest(
                    called(name) + " is " + Quoted.cut(node.asText(), 20) + "; it must be " + rule + ".");
        }
        return Optional.of(node.intValue());
    }

    public Optional<Boolean> optionalFlag(String name) {
        @Nullable JsonNode node = member(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isBoolean()) {
            throw wrongKind(name, node, "true or false");
        }
        return Optional.of(node.booleanValue());
    }

    /** A moment in ISO 8601, in UTC. */
    public Optional<Instant> optionalTime(String name) {
        Optional<String> text = optionalText(name, TextRule.any());
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw refused(name, text.orElse(""), "a time such as 2026-11-05T08:00:00Z");
        }
    }

    /** Refuses what is not one of these: where a member that nobody reads would change what is meant. */
    public void only(List<String> names) {
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                String whose = path.isEmpty() ? "" : path + ".";
                throw Problem.badRequest("There is no " + Quoted.of(whose + name) + "; it must be one of "
                        + names.stream().map(each -> whose + each).collect(Collectors.joining(", ")) + ".");
            }
        });
    }

    public Optional<Members> optionalObject(String name) {
        @Nullable JsonNode node = member(name);
        if (node == null) {
            return Optional.empty();
        }
        return Optional.of(asMembers(node, name));
    }

    /** An array of {@code least} to {@code most} objects. */
    public List<Members> objects(String name, int least, int most) {
        List<JsonNode> elements = elements(name, "objects", least, most);
        List<Members> objects = new ArrayList<>();
        for (JsonNode element : elements) {
            objects.add(asMembers(element, name + "[" + objects.size() + "]"));
        }
        return List.copyOf(objects);
    }

    /** Says of a member, which is there and of the right type, what is wrong with it. */
    public Problem refused(String name, String value, String rule) {
        return Problem.badRequest(called(name) + " is " + Quoted.of(value) + "; it must be " + rule + ".");
    }

    public Problem missing(String name, String rule) {
        return Problem.badRequest(called(name) + " is missing; it must be " + rule + ".");
    }

    private List<JsonNode> elements(String name, String what, int least, int most) {
        String rule = "an array of " + least + " to " + most + " " + what;
        @Nullable JsonNode node = member(name);
        if (node == null) {
            throw missing(name, rule);
        }
        if (!node.isArray()) {
            throw wrongKind(name, node, rule);
        }
        if (node.size() < least || node.size() > most) {
            throw Problem.badRequest(called(name) + " has " + node.size() + " elements; it must be " + rule + ".");
        }
        List<JsonNode> elements = new ArrayList<>();
        node.forEach(elements::add);
        return elements;
    }

    private Members asMembers(JsonNode node, String name) {
        if (node instanceof ObjectNode members) {
            return new Members(members, path.isEmpty() ? name : path + "." + name);
        }
        throw wrongKind(name, node, "an object");
    }

    private @Nullable JsonNode member(String name) {
        @Nullable JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private Problem wrongKind(String name, JsonNode node, String rule) {
        return Problem.badRequest(called(name) + " is " + StrictJson.kind(node) + "; it must be " + rule + ".");
    }

    private String called(String name) {
        return "'" + (path.isEmpty() ? name : path + "." + name) + "'";
    }
}
