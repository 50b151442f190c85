package dev.kadao.jdbc.servers;

import java.nio.file.Path;

/**
 * The database servers that tests use. They are started at their first use, once for each JVM, on a free port of the
 * loopback interface, and stopped when the JVM ends. Set {@value #POSTGRES_URL} or {@value #MARIADB_URL} to the JDBC URL
 * of a server (with a user that may create databases) and that one is used instead.
 */
public final class TestServers {
    public static final String POSTGRES_URL = "KADAO_TEST_POSTGRES_URL";
    public static final String MARIADB_URL = "KADAO_TEST_MARIADB_URL";

    private TestServers() {}

    public static TestServer postgres() {
        return Postgres.SERVER;
    }

    public static TestServer mariadb() {
        return MariaDb.SERVER;
    }

    /** Where servers keep programs and data: under Maven's build folder. */
    static Path folder() {
        return Path.of(System.getProperty("basedir", ""), "target", "test-servers")
                .toAbsolutePath();
    }

    // A class of its own for each, so that the JVM starts each server when it is first asked for, and once.

    private static final class Postgres {
        static final TestServer SERVER = existing(POSTGRES_URL) ? at(POSTGRES_URL) : EmbeddedPostgresServer.start();
    }

    private static final class MariaDb {
        static final TestServer SERVER = existing(MARIADB_URL) ? at(MARIADB_URL) : EmbeddedMariaDbServer.start();
    }

    private static boolean existing(String variable) {
        String url = System.getenv(variable);
        return url != null && !url.isBlank();
    }

    private static TestServer at(String variable) {
        TestServer server = new TestServer(System.getenv(variable));
        Runtime.getRuntime().addShutdownHook(new Thread(server::dropAll));
        return server;
    }
}
