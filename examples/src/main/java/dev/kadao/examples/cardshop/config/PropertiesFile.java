package dev.kadao.examples.cardshop.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A properties file in UTF-8, in the order of its lines. A name that stands there twice is a problem, not a surprise. */
final class PropertiesFile {
    private PropertiesFile() {}

    static Map<String, String> read(Path file, List<String> problems) {
        try {
            return parse(Files.readAllBytes(file), file.toString(), problems);
        } catch (NoSuchFileException e) {
            problems.add("The file " + file + " of --config does not exist.");
        } catch (AccessDeniedException e) {
            problems.add("The file " + file + " of --config may not be read by this user.");
        } catch (IOException e) {
            problems.add("The file " + file + " of --config cannot be read: " + e.getMessage() + ".");
        }
        return Map.of();
    }

    static Map<String, String> parse(byte[] bytes, String file, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Object put(Object name, Object value) {
                if (values.put((String) name, ((String) value).strip()) != null) {
                    problems.add("The property " + name + " stands in " + file + " twice; keep one of them.");
                }
                return "";
            }
        };
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            properties.load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            problems.add("The file " + file + " is not valid UTF-8; save it as UTF-8.");
        } catch (IllegalArgumentException | IOException e) {
            problems.add("The file " + file + " holds a \\u that is not followed by four hex digits.");
        }
        return values;
    }
}
