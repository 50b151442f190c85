package dev.kadao.insight;

import static java.util.Objects.requireNonNull;

import dev.kadao.order.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A properties file in which each key stands once. */
final class MessageFile extends Properties {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, String> messages = new TreeMap<>();
    private final transient List<String> twice = new ArrayList<>();

    private MessageFile() {}

    static Map<String, String> read(String language, Reader reader) {
        MessageFile file = new MessageFile();
        try {
            file.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the texts of " + language + " cannot be read", unreadable);
        }
        if (!file.twice.isEmpty()) {
            throw new InvalidValueException("the texts of " + language + " have twice: " + file.twice);
        }
        return file.messages;
    }

    /** One that comes with the library. */
    static Map<String, String> shipped(String path) {
        try (InputStream bytes = MessageFile.class.getResourceAsStream(path)) {
            return read(path, new InputStreamReader(requireNonNull(bytes, path), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path, unreadable);
        }
    }

    /** What support says beside a diagnosis, by the keys it has among the texts. */
    static Map<String, String> shippedSupport(String language) {
        Map<String, String> messages = new TreeMap<>();
        shipped("/dev/kadao/support/support_" + language + ".properties")
                .forEach((key, message) -> messages.put("support." + key, message));
        return messages;
    }

    @Override
    public synchronized Object put(Object key, Object value) {
        if (messages.put((String) key, (String) value) != null) {
            twice.add((String) key);
        }
        return super.put(key, value);
    }
}
