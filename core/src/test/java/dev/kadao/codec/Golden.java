package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that hold what was once stored; they change only with {@code -Dkadao.golden=write}, under a reviewer's eyes. */
final class Golden {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "golden");

    private Golden() {}

    static void check(String name, List<String> lines) {
        if ("write".equals(System.getProperty("kadao.golden"))) {
            write(name, lines);
        }
        assertThat(lines)
                .as(
                        "golden/codec/%s: stored bytes changed. Add a format and an upcast, or, if nothing was released"
                                + " with them, rewrite with -Dkadao.golden=write",
                        name)
                .isEqualTo(read(name));
    }

    static List<String> read(String name) {
        try {
            return Files.readAllLines(file(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String name, List<String> lines) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return FOLDER.resolve("codec").resolve(name);
    }
}
