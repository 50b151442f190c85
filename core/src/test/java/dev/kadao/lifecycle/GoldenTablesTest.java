package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/lifecycle against the walk, byte for byte. */
class GoldenTablesTest {
    private static final String HOW_TO_REWRITE =
            "If that is what you meant, rewrite docs/lifecycle with -Dkadao.golden=write and read the difference.";

    @Test
    void the_pages_of_the_docs_say_what_is_decided() throws IOException {
        Map<String, List<String>> pages = GoldenTables.pages();
        Path folder = repository().resolve("docs").resolve("lifecycle");
        if ("write".equals(System.getProperty("kadao.golden"))) {
            write(folder, pages);
        }
        assertThat(namesIn(folder))
                .as("pages in docs/lifecycle. " + HOW_TO_REWRITE)
                .isEqualTo(new TreeSet<>(pages.keySet()));
        for (Map.Entry<String, List<String>> page : pages.entrySet()) {
            String known = Files.readString(folder.resolve(page.getKey()), StandardCharsets.UTF_8);
            if (!known.equals(text(page.getValue()))) {
                failAtFirstDifference(page.getKey(), List.of(known.split("\n", -1)), page.getValue());
            }
        }
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static void failAtFirstDifference(String page, List<String> known, List<String> decided) {
        String situation = "its beginning";
        for (int i = 0; ; i++) {
            String was = i < known.size() ? known.get(i) : "(nothing)";
            String is = i < decided.size() ? decided.get(i) : "(nothing)";
            if (is.startsWith("## ")) {
                situation = is.substring(3);
            }
            if (!was.equals(is)) {
                fail("docs/lifecycle/%s, line %d, in %s:%n  the page says:  %s%n  decided is:     %s%n%s"
                        .formatted(page, i + 1, situation, was, is, HOW_TO_REWRITE));
            }
        }
    }

    private static void write(Path folder, Map<String, List<String>> pages) throws IOException {
        Files.createDirectories(folder);
        for (String old : namesIn(folder)) {
            Files.delete(folder.resolve(old));
        }
        for (Map.Entry<String, List<String>> page : pages.entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), text(page.getValue()), StandardCharsets.UTF_8);
        }
    }

    private static TreeSet<String> namesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new TreeSet<>();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Path repository() {
        Path directory = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (!Files.exists(directory.resolve("LICENSE"))) {
            directory = directory.getParent();
            assertThat(directory)
                    .as("a directory above core that holds LICENSE")
                    .isNotNull();
        }
        return directory;
    }
}
