package dev.kadao.benchmarks;

import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

final class Postgres implements Server {
    private final TestServer server = TestServers.postgres();
    private final FreeKeys freeKeys = new PostgresFreeKeys();
    private final ProcessHandle postmaster;

    Postgres() {
        // It leaves its starter's process tree, so it is found as the parent of one's own backend.
        try (Connection connection = DriverManager.getConnection(server.url())) {
            long backend = Long.parseLong(Server.ask(connection, "SELECT pg_backend_pid()"));
            postmaster = ProcessHandle.of(backend)
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow(() -> new IllegalStateException("the server is on another machine"));
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL cannot be reached", e);
        }
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public String freshUrl() {
        return server.freshUrl();
    }

    @Override
    public void drop(String url) {
        server.execute("DROP DATABASE " + url.replaceAll(".*/", "").replaceAll("\\?.*", "") + " WITH (FORCE)");
    }

    @Override
    public RowWriter manyRows() {
        return RowWriter.ARRAYS;
    }

    @Override
    public FreeKeys freeKeys() {
        return freeKeys;
    }

    @Override
    public Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(postmaster), postmaster.children());
    }

    @Override
    public List<String> settings() {
        return List.of(
                "SELECT version()",
                "SELECT 'fsync=' || current_setting('fsync')",
                "SELECT 'synchronous_commit=' || current_setting('synchronous_commit')",
                "SELECT 'shared_buffers=' || current_setting('shared_buffers')",
                "SELECT 'max_wal_size=' || current_setting('max_wal_size')",
                "SELECT 'commit_delay=' || current_setting('commit_delay')");
    }

    @Override
    public List<String> analyze() {
        return List.of("ANALYZE");
    }

    @Override
    public boolean isPostgres() {
        return true;
    }
}
