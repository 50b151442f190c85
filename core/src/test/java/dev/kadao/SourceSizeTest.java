package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A file that grows past the limit becomes the one that everybody fears: split it by ideas before that. */
class SourceSizeTest {

    private static final int MOST_LINES = 500;
    private static final Set<String> NOT_SOURCES = Set.of(".git", ".idea", "node_modules", "target");

    @Test
    void no_java_file_of_any_module_is_over_500_lines() throws IOException {
        List<Path> sources = javaFilesBelow(repository());
        assertThat(sources).as("Java files in the repository").isNotEmpty();

        List<String> tooLong = new ArrayList<>();
        for (Path source : sources) {
            int lines = Files.readAllLines(source).size();
            if (lines > MOST_LINES) {
                tooLong.add(source + " has " + lines + " lines, the most is " + MOST_LINES);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static Path repository() {
        Path directory = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            assertThat(directory).as("a directory above core that holds mvnw").isNotNull();
        }
        return directory;
    }

    private static List<Path> javaFilesBelow(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NOT_SOURCES.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().endsWith(".java")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
