package dev.kadao.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** H2 within this process, in a file. */
final class H2File implements Server {
    private final Path folder;
    private final FreeKeys freeKeys = new H2FreeKeys();
    private final AtomicInteger count = new AtomicInteger();

    H2File() {
        try {
            Path target = Path.of(System.getProperty("basedir", ""), "target", "benchmark-data");
            folder = Files.createTempDirectory(Files.createDirectories(target.toAbsolutePath()), "h2-");
        } catch (IOException e) {
            throw new UncheckedIOException("there is no room for H2's files", e);
        }
    }

    @Override
    public String title() {
        return "H2 file";
    }

    @Override
    public String freshUrl() {
        return "jdbc:h2:async:" + folder.resolve("run" + count.incrementAndGet()) + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1";
    }

    @Override
    public void drop(String url) {
        try (Connection connection = DriverManager.getConnection(url)) {
            Server.execute(connection, List.of("SHUTDOWN IMMEDIATELY"));
        } catch (SQLException e) {
            throw new IllegalStateException("H2 did not end", e);
        }
        String name = url.replaceAll(".*/(run\\d+);.*", "$1");
        for (String suffix : List.of(".mv.db", ".trace.db")) {
            try {
                Files.deleteIfExists(folder.resolve(name + suffix));
            } catch (IOException e) {
                throw new UncheckedIOException("H2's file stays", e);
            }
        }
    }

    @Override
    public RowWriter manyRows() {
        return RowWriter.SINGLE;
    }

    @Override
    public FreeKeys freeKeys() {
        return freeKeys;
    }

    @Override
    public Stream<ProcessHandle> processes() {
        return Stream.empty();
    }

    @Override
    public List<String> settings() {
        return List.of(
                "SELECT 'H2 ' || H2VERSION()",
                "SELECT SETTING_NAME || '=' || SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                        + " WHERE SETTING_NAME = 'WRITE_DELAY'");
    }

    @Override
    public List<String> analyze() {
        return List.of("ANALYZE");
    }
}
