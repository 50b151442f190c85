package dev.kadao.benchmarks;

import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import java.util.List;
import java.util.stream.Stream;

final class MariaDb implements Server {
    private final TestServer server = TestServers.mariadb();
    private final FreeKeys freeKeys = new MariaDbFreeKeys();

    @Override
    public String title() {
        return "MariaDB";
    }

    @Override
    public String freshUrl() {
        return server.freshUrl();
    }

    @Override
    public void drop(String url) {
        server.execute("DROP DATABASE " + url.replaceAll(".*/", "").replaceAll("\\?.*", ""));
    }

    @Override
    public RowWriter manyRows() {
        return RowWriter.REPEATED;
    }

    @Override
    public FreeKeys freeKeys() {
        return freeKeys;
    }

    @Override
    public Stream<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").matches(".*(mariadbd|mysqld)"));
    }

    @Override
    public List<String> settings() {
        return List.of(
                "SELECT CONCAT('MariaDB ', VERSION())",
                "SELECT CONCAT('innodb_flush_log_at_trx_commit=', @@innodb_flush_log_at_trx_commit)",
                "SELECT CONCAT('innodb_buffer_pool_size=', @@innodb_buffer_pool_size)",
                "SELECT CONCAT('innodb_flush_method=', @@innodb_flush_method)",
                "SELECT CONCAT('log_bin=', @@log_bin)");
    }

    @Override
    public List<String> analyze() {
        return List.of("ANALYZE TABLE kadao_checkout, kadao_journal, kadao_index, kadao_key, kadao_free_key,"
                + " kadao_notice, kadao_reservation");
    }
}
