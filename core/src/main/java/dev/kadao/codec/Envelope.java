package dev.kadao.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.order.Bytes;
import dev.kadao.order.UnreadableDocumentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands around everything stored: a JSON object that begins with the number of its format. The one place where
 * older formats are read: each is upcast, number by number, to the present one.
 */
final class Envelope {
    private static final String FORMAT = "format";
    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();
    private static final ObjectMapper TREES = JsonMapper.builder(JSON).build();

    private final int current;
    private final int oldest;
    private final Map<Integer, Upcast> upcasts;

    /**
     * Reads {@code current} and everything that the upcasts lead from.
     *
     * @param upcasts by the format they start from; without gaps below {@code current}
     */
    Envelope(int current, Map<Integer, Upcast> upcasts) {
        this.current = current;
        this.upcasts = Map.copyOf(upcasts);
        this.oldest = current - upcasts.size();
        for (int format = oldest; format < current; format++) {
            if (!upcasts.containsKey(format)) {
                throw new IllegalStateException("nothing leads from format " + format + " to " + (format + 1));
            }
        }
    }

    <T> Bytes write(Form.OfObject<T> form, T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeFieldName(FORMAT);
            out.writeNumber(current);
            form.writeMembers(out, value);
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("nothing fails when writing to memory", e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    <T> T read(Upcast.Noun noun, Form.OfObject<T> form, Bytes document) {
        int format = 0;
        try (JsonParser in = JSON.createParser(document.toArray())) {
            format = formatOf(in);
            if (format == current) {
                return onlyOne(in, form.readMembers(in));
            }
            if (format < oldest || format > current) {
                throw unreadable(noun, format, null);
            }
            return readOlder(noun, form, document, format);
        } catch (BadDocument e) {
            throw unreadable(noun, format, e);
        } catch (JsonProcessingException e) {
            // Jackson quotes what it stumbled over, which may be personal: only the place goes on.
            throw unreadable(
                    noun,
                    format,
                    new BadDocument("the JSON is broken at byte "
                            + (e.getLocation() == null ? -1 : e.getLocation().getByteOffset())));
        } catch (IOException e) {
            throw new IllegalStateException("nothing fails when reading from memory", e);
        }
    }

    private <T> T readOlder(Upcast.Noun noun, Form.OfObject<T> form, Bytes document, int format) throws IOException {
        ObjectNode tree = (ObjectNode) TREES.readTree(document.toArray());
        for (int from = format; from < current; from++) {
            Upcast upcast = upcasts.get(from);
            if (upcast != null) {
                upcast.apply(noun, tree);
            }
        }
        tree.remove(FORMAT);
        try (JsonParser in = tree.traverse()) {
            in.nextToken();
            return onlyOne(in, form.readMembers(in));
        }
    }

    private static int formatOf(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT
                || !FORMAT.equals(in.nextFieldName())
                || in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new BadDocument("it does not begin with its format");
        }
        return in.getIntValue();
    }

    private static <T> T onlyOne(JsonParser in, T value) throws IOException {
        if (in.nextToken() != null) {
            throw new BadDocument("something follows its end");
        }
        return value;
    }

    private UnreadableDocumentException unreadable(Upcast.Noun noun, int format, @Nullable BadDocument cause) {
        String known = oldest == current ? "format " + current : "formats " + oldest + " to " + current;
        String found = format == 0 ? "of no known format" : "of format " + format;
        String why = cause == null
                ? (format > current ? "update Kadao to a version that knows it" : "it is no longer read")
                : cause.getMessage();
        return new UnreadableDocumentException(
                noun.words() + " " + found + " cannot be read by a version that knows " + known + ": " + why,
                format,
                oldest,
                current,
                cause);
    }
}
