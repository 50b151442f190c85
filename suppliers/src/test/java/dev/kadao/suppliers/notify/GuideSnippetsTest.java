package dev.kadao.suppliers.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/notifiers.md shows stands in code that is compiled and tested, line by line. */
class GuideSnippetsTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from: ([A-Za-z]+\\.java) -->\n```java\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void every_snippet_of_the_guide_stands_in_the_code() throws IOException {
        String guide = Files.readString(MODULE.resolve("../docs/notifiers.md"));
        List<MatchResult> snippets = SNIPPET.matcher(guide).results().toList();
        assertThat(snippets).hasSize(5);
        assertThat(guide.split("```java")).as("no other code").hasSize(6);
        for (MatchResult snippet : snippets) {
            Path source = MODULE.resolve("src/test/java/dev/kadao/suppliers/notify/" + snippet.group(1));
            assertThat(unindented(Files.readString(source)))
                    .as(snippet.group(1))
                    .contains(unindented(snippet.group(2)));
        }
    }

    private static String unindented(String code) {
        return String.join("\n", code.lines().map(String::strip).toList());
    }
}
