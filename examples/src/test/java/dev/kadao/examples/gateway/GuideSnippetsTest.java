package dev.kadao.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guides show stands in the code that is compiled and tested, line by line. */
class GuideSnippetsTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", ""));
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from: ([A-Za-z]+\\.java) -->\n```java\n(.*?)\n```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"write-a-gateway.md", "write-a-supplier.md"})
    void every_snippet_of_the_guide_stands_in_the_code(String name) throws IOException {
        String guide = Files.readString(EXAMPLES.resolve("../docs").resolve(name));
        List<MatchResult> snippets = SNIPPET.matcher(guide).results().toList();
        assertThat(snippets).hasSizeGreaterThan(5);
        for (MatchResult snippet : snippets) {
            String code = Files.readString(source(snippet.group(1)));
            assertThat(unindented(code)).as(snippet.group(1)).contains(unindented(snippet.group(2)));
        }
    }

    private static Path source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES.resolve("src"))) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    private static String unindented(String code) {
        return String.join("\n", code.lines().map(String::strip).toList());
    }
}
